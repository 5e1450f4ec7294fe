/* Previews: resting on a link inside the site, with the mouse or the keyboard, shows what stands at its end. The words are
   lifted out of the page that it leads to; nothing is made for previews alone. The link itself works as ever. */
(() => {
  "use strict";

  const INTENT = 300;                                  // ms of rest before anything is shown
  const GRACE = 200;                                   // ms to cross from the link to the panel
  const SHORT = 220;                                   // characters that a screen reader may read out with the link
  const KEPT = 24;                                     // pages kept for the next preview
  const LINES = 320;                                   // characters of running text

  const main = document.getElementById("content");
  const site = new URL("../../", document.currentScript.src);
  if (!main || !HTMLElement.prototype.showPopover) return;

  /* What is previewed --------------------------------------------------------------------------------------- */

  // Lists of ways through the site explain themselves, and numbers of paragraphs lead to where they stand. The first part of
  // a case tells nothing that came later, and pages about people do.
  const PLAIN = ".kind-so-far, nav, dialog, form, .cb-toc-m, .pn, .permalink, .edit, .copy, [download], [data-no-preview]";

  const destination = link => {
    const address = new URL(link.getAttribute("href"), document.baseURI);
    const isPage = address.origin === site.origin && address.pathname.startsWith(site.pathname) && /\/(index\.html)?$/.test(address.pathname);
    return isPage && !address.search ? address : null;
  };

  const isHere = address => address.pathname === location.pathname;

  const isInView = element => {
    const { top, bottom } = element.getBoundingClientRect();
    return top >= 0 && bottom <= innerHeight;
  };

  const savesData = () => navigator.connection?.saveData || matchMedia("(prefers-reduced-data: reduce)").matches;

  /* Fetching ------------------------------------------------------------------------------------------------ */

  const pages = new Map();                             // path → promise of the parsed page

  const pageAt = address => {
    const path = address.pathname;
    if (!pages.has(path)) {
      pages.set(path, parse(path).catch(error => { pages.delete(path); throw error; }));
      if (pages.size > KEPT) pages.delete(pages.keys().next().value);
    }
    return pages.get(path);
  };

  let fetching = null;                                 // what was asked for and is not wanted any more is given up

  const parse = async path => {
    fetching?.abort();
    fetching = new AbortController();
    const response = await fetch(path, { signal: fetching.signal });
    if (!response.ok) throw new Error(response.statusText);
    return new DOMParser().parseFromString(await response.text(), "text/html");
  };

  /* Lifting words out of a page ------------------------------------------------------------------------------ */

  const DROPPED = "script, style, template, svg, button, input, select, details, table, .pn, .permalink, .suggest, .cite, .sn, " +
    ".vh, .noprint, .footnotes, .footnote-ref, [hidden]";
  const KEPT_TAGS = new Set(["em", "strong", "i", "b", "cite", "q"]);

  // A copy with nothing in it but words, emphasis and language; its length is cut at a word.
  const lift = (source, limit = LINES) => {
    let room = limit;
    const copy = (from, to) => {
      for (const node of from.childNodes) {
        if (room <= 0) return;
        if (node.nodeType === Node.TEXT_NODE) {
          const text = node.data.replace(/\s+/g, " ");
          to.append(text.length <= room ? text : `${text.slice(0, room).replace(/\s+\S*$/, "")} …`);
          room -= text.length;
        } else if (node.nodeType === Node.ELEMENT_NODE && !node.matches(DROPPED)) {
          const tag = KEPT_TAGS.has(node.localName) ? node.localName : node.lang ? "span" : "";
          const into = tag ? to.appendChild(document.createElement(tag)) : to;
          if (node.lang) into.lang = node.lang;
          if (/^(?:li|p|h\d|div|dt|dd|br)$/.test(node.localName)) to.append(" ");
          copy(node, into);
        }
      }
    };
    const out = document.createDocumentFragment();
    if (source) copy(source, out);
    return out;
  };

  const line = (className, source, limit) => {
    if (!source) return [];
    const element = document.createElement("p");
    element.className = className;
    element.append(typeof source === "string" ? source : lift(source, limit));
    if (source.lang) element.lang = source.lang;
    return element.textContent.trim() ? [element] : [];
  };

  const texts = elements => [...elements].map(element => element.textContent.trim()).filter(Boolean);

  // One shape for each thing that has an address: a label, a title, words.
  const SHAPES = [
    [".tl > li", item => [
      line("label", texts(item.querySelectorAll(".when > *")).join(", ").replace(/\s+/g, " ")),
      line("name", item.querySelector("h3, h4")),
      line("words", item.querySelector(".what > p:not(.rec)")),
    ]],
    [".quotes > li", item => [
      line("label", ["Quote", ...texts(item.querySelectorAll(".badge"))].join(" · ")),
      line("said", item.querySelector(".orig")),
      line("words", item.querySelector(".tr")),
      line("label", item.querySelector(".who")),
    ]],
    [".claim, .ledger tr", item => [
      line("label", ["Claim", ...texts([...item.querySelectorAll(".st")].slice(0, 1))].join(" · ")),
      line("name", item.querySelector("h3, h4, th")),
      line("words", item.querySelector(":scope > p")),
    ]],
    [".src > li", item => [line("label", "Source"), line("words", item)]],
    [".lessons > li", item => [
      line("label", ["Lesson", ...texts(item.querySelectorAll(".rel")).map(text => text.replace(/^[+~−-]\s*/, ""))].join(" · ")),
      line("name", item.querySelector("h3, h4")),
      line("words", item.querySelector("h3 + p, h4 + p")),
    ]],
    [".qs > li", item => [line("label", "Question"), line("words", item.querySelector("p"))]],
    [".reading", item => [
      line("label", item.querySelector(".rec")),
      line("name", item.querySelector("h3, h4")),
      line("words", item.querySelector("p:not(.rec)")),
    ]],
    [".versus tr", item => [
      line("label", "Disputed"), line("name", item.querySelector("th")), line("words", item.querySelector("td:last-child")),
    ]],
    [".issue", item => [
      line("label", "Competing readings"),
      line("name", item.querySelector("h3")),
      line("words", texts(item.querySelectorAll(".holder")).join(", ")),
    ]],
    [".kind-glossary section", item => [
      line("label", "Glossary"), line("name", item.querySelector("h2")), line("words", item.querySelector("p")),
    ]],
    ["section, article", item => [
      line("name", item.querySelector("h1, h2, h3")),
      line("words", item.querySelector(":scope > p:not(.rec, .key), :scope > ul > li, :scope > ol > li, :scope li p")),
    ]],
    ["h2, h3, h4", item => [
      line("name", item), line("words", item.parentElement.querySelector(`#${CSS.escape(item.id)} + :is(p, ul, ol)`)),
    ]],
    ["main p:has(> .pn)", item => [line("label", `Paragraph ${item.querySelector(".pn").textContent}`), line("words", item)]],
  ];

  const KINDS = { case: "Case", teach: "Teaching note", lesson: "Lesson", source: "Source", reading: "Reading list" };

  const ofPage = page => {
    if (page.body.matches(".kind-redirect, .kind-retired")) return [];
    const head = page.querySelector("main .head") ?? page.querySelector("main");
    const kind = [...page.body.classList].map(name => KINDS[name.replace("kind-", "")]).find(Boolean);
    const date = page.querySelector(".kind-case .particulars :is(time, .date)");
    const published = [...page.querySelectorAll(".kind-source .facts > div")]
      .filter(fact => /^(?:Published in|Date)$/.test(fact.querySelector("dt").textContent))
      .map(fact => fact.querySelector("dd"));
    const label = [kind ?? texts([...head.querySelectorAll(":scope > .rec")].slice(0, 1))[0], ...date ? texts([date]) : [],
      ...texts(published).filter(text => text !== "not known")];
    const particulars = texts(head.querySelectorAll(".particulars > *")).join(" · ");
    return [
      line("label", label.filter(Boolean).join(" · ")),
      line("name", head.querySelector("h1")),
      line("words", head.querySelector(".dek") ?? (particulars || head.querySelector("h1 ~ p")) ?? page.querySelector("main p:not([class])")),
    ].flat();
  };

  const ofPart = (page, anchor) => {
    const target = page.getElementById(anchor);
    if (!target) return [];
    const [, shape] = SHAPES.find(([selector]) => target.matches(selector)) ?? [];
    return (shape ? shape(target) : [line("words", target)]).flat();
  };

  const linesFor = async address => {
    const anchor = decodeURIComponent(address.hash.slice(1));
    if (isHere(address)) {
      const target = anchor && document.getElementById(anchor);
      return target && !isInView(target) ? ofPart(document, anchor) : [];
    }
    if (savesData()) return [];
    const page = await pageAt(address);
    return anchor ? ofPart(page, anchor) : ofPage(page);
  };

  /* The panel ----------------------------------------------------------------------------------------------- */

  const panel = document.createElement("div");
  panel.className = "cb-preview noprint";
  panel.id = "cb-preview";
  panel.popover = "manual";
  document.body.append(panel);

  let wanted = null;                                   // the link that is rested on
  let shown = null;                                    // the link whose preview is open
  let timer = 0;

  const place = (link, x) => {
    const gap = 8;
    // A link may be broken over two lines: its panel belongs to the one pointed at.
    const boxes = [...link.getClientRects()];
    const box = boxes.find(({ left, right }) => x >= left && x <= right) ?? boxes[0];
    const { clientWidth: width, clientHeight: height } = document.documentElement;
    const left = Math.max(gap, Math.min(x ?? box.left, width - panel.offsetWidth - gap));
    const below = height - box.bottom - gap;
    const isAbove = panel.offsetHeight > below && box.top > below;
    panel.style.left = `${left + scrollX}px`;
    panel.style.top = `${(isAbove ? box.top - gap - panel.offsetHeight : box.bottom + gap) + scrollY}px`;
  };

  const show = async (link, x) => {
    const lines = await linesFor(destination(link)).catch(() => []);
    if (link !== wanted || !lines.length || !link.isConnected) return;
    hide();
    panel.replaceChildren(...lines);
    describe(link);
    panel.showPopover();
    shown = link;
    place(link, x);
  };

  // What is short, such as a word of the glossary, is read out with the link. More than that would stand in the way of
  // whoever listens, and can be read at the link's end.
  const describe = link => {
    const isShort = panel.textContent.length <= SHORT;
    panel.toggleAttribute("aria-hidden", false);
    panel.removeAttribute("role");
    if (isShort) {
      panel.setAttribute("role", "tooltip");
      link.setAttribute("aria-describedby", panel.id);
    } else panel.setAttribute("aria-hidden", "true");
  };

  const hide = () => {
    if (!shown) return;
    panel.hidePopover();
    shown.removeAttribute("aria-describedby");
    shown = null;
  };

  const later = (ms, deed) => {
    clearTimeout(timer);
    timer = setTimeout(deed, ms);
  };

  const leave = () => {
    wanted = null;
    later(GRACE, hide);
  };

  const rest = (link, x) => {
    if (link === shown) {
      clearTimeout(timer);
      wanted = link;
      return;
    }
    wanted = link;
    later(INTENT, () => show(link, x));
  };

  const linkOf = event => {
    const link = event.target.closest?.("main a[href]");
    return link && !link.closest(PLAIN) && destination(link) ? link : null;
  };

  document.addEventListener("pointerover", event => {
    if (event.pointerType === "touch") return;
    if (panel.contains(event.target)) return clearTimeout(timer);
    const link = linkOf(event);
    if (link) rest(link, event.clientX);
    else if (wanted || shown) leave();
  });
  document.documentElement.addEventListener("pointerleave", leave);
  document.addEventListener("focusin", event => {
    const link = linkOf(event);
    if (link?.matches(":focus-visible")) rest(link);
    else if (wanted || shown) leave();
  });
  document.addEventListener("focusout", event => {
    if (event.target === wanted || event.target === shown) leave();
  });
  // Once a link is followed, or something else is done, nothing more is to come.
  const end = () => {
    clearTimeout(timer);
    wanted = null;
    hide();
  };
  document.addEventListener("click", event => { if (!panel.contains(event.target)) end(); });
  document.addEventListener("keydown", event => { if (event.key === "Escape") end(); });
  addEventListener("pagehide", end);
})();
