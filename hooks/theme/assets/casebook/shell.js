/* What the page's shell does with JavaScript: switch the colour scheme, mark the section being read.
   Everything on a page can be read without it. */
(() => {
  "use strict";

  const root = document.documentElement;
  const site = new URL("../../", document.currentScript.src);

  /* Colour scheme ------------------------------------------------------------------------------------------- */

  const storage = `${site.pathname}.__scheme`;         // read by scheme.js
  const system = matchMedia("(prefers-color-scheme: dark)");
  const button = document.querySelector(".cb-scheme");
  const colours = document.querySelectorAll("meta[name=theme-color]");

  const isDark = () => root.dataset.scheme ? root.dataset.scheme === "dark" : system.matches;

  const showScheme = () => {
    button.setAttribute("aria-pressed", String(isDark()));
    if (root.dataset.scheme)
      for (const meta of colours) meta.content = getComputedStyle(document.body).backgroundColor;
  };

  button.addEventListener("click", () => {
    root.dataset.scheme = isDark() ? "light" : "dark";
    showScheme();
    try {
      localStorage.setItem(storage, root.dataset.scheme);
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
    // An observer, and no reading of positions: asking for one makes the browser lay out the whole of a long page at once.
    const begun = new Set();                           // sections whose top has passed the line at a third of the window
    const observer = new IntersectionObserver(entries => {
      for (const { target, isIntersecting } of entries)
        begun[isIntersecting ? "add" : "delete"](target);
      let current = null;
      for (const [target, link] of links) {
        link.removeAttribute("aria-current");
        if (begun.has(target)) current = link;
      }
      current?.setAttribute("aria-current", "location");
    }, { rootMargin: "9999999px 0px -70% 0px" });
    for (const target of links.keys()) observer.observe(target);
  };

  setUpContents();
})();
