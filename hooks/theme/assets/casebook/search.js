/* Search: a dialog of ours before the search worker of Material for MkDocs (lunr). The index and the worker are fetched
   when somebody first searches. Results stand under headings by kind, the kind of the best result first. */
(() => {
  "use strict";

  const dialog = document.querySelector(".cb-find");
  const query = dialog.querySelector(".cb-find__query");
  const status = dialog.querySelector("[role=status]");
  const results = dialog.querySelector(".cb-find__result");
  const { index: indexAddress, worker: workerAddress, base } = dialog.dataset;
  const root = new URL(base, location.href);

  const SHOWN = 5;                                     // results of a kind before the rest is asked for
  const EXCERPT = 180;                                 // characters

  /* The query ----------------------------------------------------------------------------------------------- */

  // The index leaves these out, so they cannot be demanded.
  const SMALL = new Set(("a an and are as at be but by for from had has have he her him his i in into is it its not of on " +
    "or she so than that the their them then there these they this to was we were what when where which while who whom " +
    "why will with you your").split(" "));

  let separator;                                       // the index's own rule for where words end

  const words = text => [...new Set(text.toLowerCase().split(separator).filter(Boolean))];

  // All words, each as a beginning; whole words weigh more. Without `all`, some of them will do.
  const lunrQuery = (text, all) => {
    const found = words(text).filter(word => !/^[+\-~^*]+$/.test(word)).map(word => word.replace(/[+~^*\\]/g, ""));
    const wanted = found.filter(word => !SMALL.has(word));
    // The worker itself adds the asterisk to a word without a sign.
    return (wanted.length ? wanted : found).map(word => `${all ? `+${word}*` : word} ${word}^3`).join(" ");
  };

  /* The worker ---------------------------------------------------------------------------------------------- */

  const SETUP = 0, READY = 1, QUERY = 2, RESULT = 3;

  let worker = null;                                   // a promise of the worker, once the index is wanted
  let asked = 0;                                       // answers to any but the last question are dropped

  const loadWorker = async () => {
    const { config, docs } = await (await fetch(indexAddress)).json();
    separator = new RegExp(config.separator, "g");
    const made = new Worker(workerAddress);
    await answer(made, READY, { type: SETUP, data: { config, docs, options: { suggest: false } } });
    return made;
  };

  const answer = (of, type, message) => new Promise((resolve, reject) => {
    const listen = ({ data }) => {
      if (data.type !== type) return;
      of.removeEventListener("message", listen);
      resolve(data.data);
    };
    of.addEventListener("message", listen);
    of.addEventListener("error", reject, { once: true });
    of.postMessage(message);
  });

  // How much of a title was asked for: of two that hold the words, the shorter one is meant. A name beside it in the
  // other script does not make it longer.
  const titleShare = ({ title }, text) => {
    const all = words(title.replace(/<[^>]+>/g, "")).filter(word => isChinese(word) === isChinese(text));
    return all.length ? (title.match(/<mark>/g)?.length ?? 0) / all.length : 0;
  };

  // Questions wait for each other, since an answer does not say to which of them it belongs.
  let last = Promise.resolve();
  const inTurn = deed => last = last.then(deed, deed);

  const ask = async (text, all) => {
    const { items } = await answer(await worker, RESULT, { type: QUERY, data: lunrQuery(text, all) });
    const hits = [];
    for (const pages of items) {
      const page = pages.find(hit => !hit.location.includes("#"));
      for (const hit of pages) if (hit.score > 0) hits.push({ ...hit, page, score: hit.score * (1 + 2 * titleShare(hit, text)) });
    }
    return hits.sort((a, b) => b.score - a.score);
  };

  const search = async () => {
    const text = query.value.trim();
    const turn = ++asked;
    try {
      worker ??= loadWorker();
      await worker;
      if (turn !== asked) return;
      if (!text) return show([], "Type to search");
      let hits = await inTurn(() => turn === asked ? ask(text, true) : []);
      if (turn !== asked) return;
      if (hits.length) return show(hits, hits.length === 1 ? "1 result" : `${hits.length} results`);
      hits = await inTurn(() => turn === asked ? ask(text, false) : []);
      if (turn !== asked) return;
      show(hits, hits.length ? `Nothing holds all of these words. ${hits.length} with some of them:` : "Nothing found");
    } catch {
      worker = null;                                   // the next key tries again
      show([], "Search could not be loaded.");
    }
  };

  /* Results ------------------------------------------------------------------------------------------------- */

  const make = (tag, className, ...children) => {
    const element = document.createElement(tag);
    if (className) element.className = className;
    element.append(...children);
    return element;
  };

  const isChinese = text => /[\u3400-\u9fff]/.test(text);

  // What the worker returns is HTML: escaped words, between them marks. Nothing else of it is taken over.
  const pieces = html => {
    const found = [];
    const { body } = new DOMParser().parseFromString(html, "text/html");
    const walk = node => {
      for (const child of node.childNodes)
        if (child.nodeType === Node.TEXT_NODE) found.push([child.data, child.parentElement.closest("mark") !== null]);
        else walk(child);
    };
    walk(body);
    return found;
  };

  const marked = html => pieces(html).map(([text, isMark]) => isMark ? make("mark", "", text) : text);

  // The words around the first mark; from the beginning where nothing is marked.
  const excerpt = html => {
    const all = pieces(html);
    const first = Math.max(0, all.findIndex(([, isMark]) => isMark));
    const before = all.slice(0, first).map(([text]) => text).join("");
    const room = EXCERPT / 3;
    const lead = before.length > room ? `… ${before.slice(-room).replace(/^[a-z0-9’']*[^a-z0-9’']*/i, "")}` : before;
    const out = [lead];
    let length = lead.length;
    for (const [text, isMark] of all.slice(first)) {
      if (length + text.length > EXCERPT && !isMark) {
        out.push(`${text.slice(0, EXCERPT - length).replace(/\s+\S*$/, "")} …`);
        break;
      }
      out.push(isMark ? make("mark", "", text) : text);
      length += text.length;
    }
    return out;
  };

  const resultOf = hit => {
    const title = make("span", "cb-find__title", ...marked(hit.title));
    if (isChinese(title.textContent) && !/[a-z]{3}/i.test(title.textContent)) title.lang = "zh-Hans";
    const link = make("a", "", title);
    link.href = new URL(hit.location, root);
    const text = make("span", "cb-find__text", ...excerpt(hit.text));
    if (text.textContent.trim()) link.append(" ", text);
    if (hit.page && hit.location.includes("#"))
      link.append(" ", make("span", "cb-find__where", "in ", ...pieces(hit.page.title).map(([words]) => words)));
    return make("li", "", link);
  };

  const groupOf = (kind, hits, number) => {
    const heading = make("h2", "cb-find__kind", kind, " ", make("span", "", String(hits.length)));
    heading.id = `find--${number}`;                      // no id of the casebook holds two hyphens
    const list = make("ol", "", ...hits.slice(0, SHOWN).map(resultOf));
    const group = make("div", "cb-find__group", heading, list);
    group.setAttribute("role", "group");
    group.setAttribute("aria-labelledby", heading.id);
    const rest = hits.slice(SHOWN);
    if (rest.length) {
      const more = make("button", "cb-find__more", `${rest.length} more`, make("span", "vh", ` under ${kind}`));
      more.type = "button";
      more.addEventListener("click", () => {
        const added = rest.map(resultOf);
        list.append(...added);
        more.remove();
        added[0].querySelector("a").focus();
      });
      group.append(more);
    }
    return group;
  };

  const show = (hits, words) => {
    let number = 0;
    results.replaceChildren(...[...grouped(hits)].map(([kind, some]) => groupOf(kind, some, ++number)));
    results.parentElement.scrollTop = 0;
    status.textContent = words;
  };

  const kindOf = hit => hit.kind ?? "Pages";           // hand-written pages come without one

  const grouped = hits => {
    const groups = new Map();
    for (const hit of hits) groups.set(kindOf(hit), [...groups.get(kindOf(hit)) ?? [], hit]);
    return groups;
  };

  /* The dialog ---------------------------------------------------------------------------------------------- */

  const open = (words = null) => {
    if (words !== null) query.value = words;
    if (!dialog.open) dialog.showModal();
    query.focus();
    query.select();
    search();
  };

  dialog.addEventListener("click", event => {
    const link = event.target.closest("a");
    // The backdrop, or a result opened in this window, which may stand on this page.
    if (event.target === dialog || (link && !(event.ctrlKey || event.metaKey || event.shiftKey))) dialog.close();
  });
  dialog.querySelector(".cb-find__close").addEventListener("click", () => dialog.close());
  query.form.addEventListener("submit", event => {
    event.preventDefault();
    results.querySelector("a")?.click();
  });
  query.addEventListener("input", search);

  const step = by => {
    const stops = [query, ...results.querySelectorAll("a, button")];
    const at = stops.indexOf(document.activeElement);
    stops[(Math.max(at, 0) + by + stops.length) % stops.length].focus();
  };

  dialog.addEventListener("keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      step(event.key === "ArrowDown" ? 1 : -1);
    } else if (results.contains(event.target) && /^\S$/u.test(event.key)) {
      query.focus();                                   // a letter typed on a result goes on with the query
    }
  });

  for (const button of document.querySelectorAll(".cb-search")) button.addEventListener("click", () => open());

  /* Keys that open it --------------------------------------------------------------------------------------- */

  const storage = `${root.pathname}.__keys`;
  const choice = dialog.querySelector(".cb-find__single");
  const opener = document.querySelector(".cb-search");

  const showKeys = () => {
    opener.querySelector("kbd").hidden = !choice.checked;
    opener.setAttribute("aria-keyshortcuts", `${choice.checked ? "/ " : ""}Control+K Meta+K`);
  };

  try {
    choice.checked = localStorage.getItem(storage) !== "off";
  } catch { /* storage refused: as it stands */ }
  showKeys();
  choice.addEventListener("change", () => {
    showKeys();
    try {
      localStorage.setItem(storage, choice.checked ? "on" : "off");
    } catch { /* the choice still holds for this page */ }
  });

  document.addEventListener("keydown", event => {
    if (event.isComposing || dialog.open || event.altKey || event.shiftKey && event.key !== "/") return;
    const withControl = event.ctrlKey || event.metaKey;
    if (withControl ? event.key.toLowerCase() !== "k" : event.key !== "/" || !choice.checked) return;
    // Just after the dialog was closed its fields may still be the target, though nobody types into them.
    const isTyping = event.target.closest?.("input, select, textarea, [contenteditable]") && !dialog.contains(event.target);
    if (!withControl && isTyping) return;
    event.preventDefault();                            // the key opens the search and is not its first letter
    open();
  });

  /* Ways in from an address ---------------------------------------------------------------------------------- */

  const readable = path => {
    try {
      return decodeURIComponent(path);
    } catch {
      return path.replace(/%[0-9a-f]{0,2}/gi, " ");      // not text in UTF-8
    }
  };

  const lost = document.querySelector(".cb-lost");
  if (lost) {
    // What the mistyped address was about: its words, without the site's own path.
    const path = readable(location.pathname.slice(root.pathname.length));
    const last = path.split("/").filter(part => part && !/^index\.\w+$/.test(part)).pop() ?? "";
    lost.elements.q.value = last.replace(/\.\w+$/, "").replace(/[-_+.\s]+/g, " ").trim();
    lost.hidden = false;
    lost.addEventListener("submit", event => {
      event.preventDefault();
      open(lost.elements.q.value);
    });
  }
  const wanted = new URLSearchParams(location.search).get("q");
  if (wanted !== null) open(wanted);
})();
