/* Reading comfort on generated pages: links to paragraphs, events, quotes and claims that are copied when they are
   followed, buttons that copy what stands beside them, and a correction suggested where it belongs. */
(() => {
  "use strict";

  const main = document.getElementById("content");

  /* What was done is said to those who do not see it ---------------------------------------------------------- */

  const said = document.createElement("p");
  said.className = "cb-said noprint";
  said.setAttribute("role", "status");
  document.body.append(said);

  let timer = 0;
  const say = words => {
    said.textContent = "";                             // the same words twice are two messages
    requestAnimationFrame(() => { said.textContent = words; });
    clearTimeout(timer);
    timer = setTimeout(() => { said.textContent = ""; }, 4000);
  };

  const copy = async (text, words) => {
    try {
      await navigator.clipboard.writeText(text);
      say(words);
    } catch { /* no clipboard here: the link still leads where it should */ }
  };

  /* Permanent addresses --------------------------------------------------------------------------------------- */

  const THINGS = [[".tl > li", "event"], [".quotes > li", "quote"], [".claim", "claim"], [".qs > li", "question"],
    [".lessons > li", "lesson"], [".reading", "reading"]];

  for (const [selector, word] of THINGS)
    for (const item of main.querySelectorAll(`:is(${selector})[id]`)) {
      if (item.querySelector(".permalink")) continue;
      const link = document.createElement("a");
      link.className = "permalink noprint";
      link.href = `#${item.id}`;
      link.textContent = "#";
      link.setAttribute("aria-label", `Link to this ${word}`);
      item.classList.add("has-permalink");
      item.append(link);
    }

  main.addEventListener("click", event => {
    const link = event.target.closest("a.pn, a.permalink");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    copy(link.href, "Link copied");
  });

  /* Copy buttons: <button class="copy" data-copy="#id" hidden> -------------------------------------------------- */

  for (const button of document.querySelectorAll("button.copy[data-copy]")) {
    const source = document.querySelector(button.dataset.copy);
    if (!source || !navigator.clipboard) continue;
    button.hidden = false;
    button.addEventListener("click", () => copy(source.innerText.trim(), "Copied"));
  }

  /* Corrections ------------------------------------------------------------------------------------------------ */

  const template = document.querySelector("meta[name=casebook-corrections]")?.content;
  const foot = document.querySelector(".edit .suggest");

  const suggestion = (anchor, title) => {
    const root = new URL(document.querySelector(".cb-find").dataset.base, location.href);
    const address = new URL(anchor, document.querySelector("link[rel=canonical]")?.href ?? location.href);
    const values = { page: location.pathname.slice(root.pathname.length) + anchor, address: address.href, title };
    return template.replace(/\{(page|address|title)\}/g, (_, name) => encodeURIComponent(values[name]));
  };

  if (template && foot) {
    const title = document.querySelector("h1").textContent.trim();
    if (!document.querySelector("link[rel=canonical]")) foot.href = suggestion("", title);
    for (const number of main.querySelectorAll("a.pn")) {
      const words = `paragraph ${number.textContent}`;
      const link = document.createElement("a");
      link.className = "suggest noprint";
      link.href = suggestion(number.hash, `${title}, ${words}`);
      link.textContent = `Suggest a correction to ${words}`;
      number.parentElement.append(link);
    }
  }
})();
