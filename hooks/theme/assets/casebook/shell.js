/* What the page's shell does with JavaScript: switch the colour scheme, mark the section being read.
   Everything on a page can be read without it. */
(() => {
  "use strict";

  const root = document.documentElement;
  const site = new URL("../../", document.currentScript.src);

  /* Colour scheme ------------------------------------------------------------------------------------------- */

  const storage = `${site.pathname}.__palette`;        // read by scheme.js
  const system = matchMedia("(prefers-color-scheme: dark)");
  const button = document.querySelector(".cb-scheme");
  const colours = document.querySelectorAll("meta[name=theme-color]");

  const isDark = () => root.dataset.mdColorScheme ? root.dataset.mdColorScheme === "slate" : system.matches;

  const showScheme = () => {
    button.setAttribute("aria-pressed", String(isDark()));
    if (root.dataset.mdColorScheme)
      for (const meta of colours) meta.content = getComputedStyle(document.body).backgroundColor;
  };

  button.addEventListener("click", () => {
    const dark = isDark();
    const scheme = dark ? "default" : "slate";
    root.dataset.mdColorScheme = scheme;
    showScheme();
    try {
      const media = `(prefers-color-scheme: ${dark ? "light" : "dark"})`;
      localStorage.setItem(storage, JSON.stringify({ index: dark ? 0 : 1, color: { media, scheme } }));
    } catch { /* a choice that cannot be stored still holds for this page */ }
  });
  system.addEventListener("change", showScheme);
  showScheme();

  /* Contents: which section is being read ------------------------------------------------------------------- */

  const setUpContents = () => {
    const links = new Map();
    for (const link of document.querySelectorAll(".cb-toc a[href^='#']")) {
      const target = document.getElementById(decodeURIComponent(link.hash.slice(1)));
      if (target) links.set(target, link);
    }
    if (!links.size) return;
    const mark = () => {
      const line = innerHeight * .3;
      let current = null;
      for (const [target, link] of links)
        if (target.getClientRects().length && target.getBoundingClientRect().top <= line) current = link;
      for (const link of links.values())
        if (link !== current) link.removeAttribute("aria-current");
      current?.setAttribute("aria-current", "location");
    };
    let waiting = false;
    const soon = () => {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(() => { waiting = false; mark(); });
    };
    addEventListener("scroll", soon, { passive: true });
    addEventListener("resize", soon, { passive: true });
    mark();
  };

  setUpContents();
})();
