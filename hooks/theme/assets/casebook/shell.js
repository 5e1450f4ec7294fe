/* What the page's shell does with JavaScript: remember the colour scheme, open the search, mark the section being read.
   Everything on a page can be read without it. */
(() => {
  "use strict";

  const root = document.documentElement;
  // This file lies two folders below the site's root, under whatever path the site is served.
  const site = new URL("../../", document.currentScript.src);

  /* Colour scheme ------------------------------------------------------------------------------------------- */

  // Material's own key and shape, so that a choice survives a change to its stock toggle and back.
  const storage = `${site.pathname}.__palette`;
  const system = matchMedia("(prefers-color-scheme: dark)");

  const remembered = () => {
    try {
      const { scheme } = JSON.parse(localStorage.getItem(storage)).color;
      return scheme === "slate" || scheme === "default" ? scheme : null;
    } catch {
      return null;                                     // nothing stored, or storage refused
    }
  };

  let scheme = remembered();

  const showScheme = () => {
    for (const element of [root, document.body])
      if (element && scheme) element.setAttribute("data-md-color-scheme", scheme);
    const dark = scheme ? scheme === "slate" : system.matches;
    document.querySelector(".cb-scheme")?.setAttribute("aria-pressed", String(dark));
  };

  const switchScheme = () => {
    const dark = scheme ? scheme === "slate" : system.matches;
    scheme = dark ? "default" : "slate";
    showScheme();
    try {
      const media = `(prefers-color-scheme: ${dark ? "light" : "dark"})`;
      localStorage.setItem(storage, JSON.stringify({ index: dark ? 0 : 1, color: { media, scheme } }));
    } catch { /* a choice that cannot be stored still holds for this page */ }
  };

  showScheme();                                        // in the head: before the first paint

  /* Search -------------------------------------------------------------------------------------------------- */

  const setUpSearch = () => {
    const dialog = document.querySelector(".cb-find");
    const toggle = document.getElementById("__search");
    const query = dialog.querySelector(".cb-find__query");
    const status = dialog.querySelector("[role=status]");
    const results = dialog.querySelector("ol");
    const config = document.getElementById("__config");

    // Material's bundle fetches the whole index as it starts, so it is loaded when somebody searches, and once.
    let bundle = null;
    const loadBundle = () => {
      if (bundle) return;
      bundle = document.createElement("script");
      bundle.src = config.dataset.bundle;
      // The bundle takes the address' fragment for a navigation just made, and closes the search: it must not see one.
      const { href, hash, pathname, search } = location;
      if (hash) history.replaceState(history.state, "", pathname + search);
      const restore = () => {
        if (hash && !location.hash) history.replaceState(history.state, "", href);
      };
      bundle.onload = restore;
      bundle.onerror = () => {
        restore();
        bundle.remove();
        bundle = null;                                 // the next opening tries again
        status.textContent = "Search could not be loaded.";
      };
      document.body.append(bundle);
    };

    // The toggle is Material's idea of whether the search is open; the dialog is what the reader sees. They move together.
    const open = () => {
      if (!dialog.open) dialog.showModal();
      query.focus();
      query.select();
      if (!toggle.checked) toggle.click();
      loadBundle();
    };

    toggle.checked = false;                            // some browsers restore it on reload
    toggle.addEventListener("change", () => toggle.checked ? open() : dialog.close());
    dialog.addEventListener("close", () => {
      if (dialog.open) return;                         // opened again before the event came
      if (toggle.checked) toggle.click();
      document.body.style.top = "";                    // else Material scrolls back over the result just followed
    });
    dialog.addEventListener("click", event => {
      if (event.target === dialog) dialog.close();     // the backdrop
    });
    dialog.querySelector(".cb-find__close").addEventListener("click", () => dialog.close());
    query.form.addEventListener("submit", event => event.preventDefault());

    // Material listens for keys, and would miss what is pasted, dictated or composed in Chinese.
    query.addEventListener("input", () => query.dispatchEvent(new Event("keyup")));

    // Material closes its search on Tab and sends every other key to the query. In a modal dialog Tab has to walk through
    // the controls, and Space to press them.
    dialog.addEventListener("keydown", event => {
      if (event.key === "Tab" || event.key === "Shift" || (event.key === " " && event.target !== query))
        event.stopPropagation();
    });
    new MutationObserver(() => {
      for (const link of results.querySelectorAll("[tabindex]")) link.removeAttribute("tabindex");
    }).observe(results, { childList: true });

    for (const button of document.querySelectorAll(".cb-search, .cb-search-open"))
      button.addEventListener("click", open);
    document.addEventListener("keydown", event => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || dialog.open) return;
      if (event.target.closest("input, select, textarea, [contenteditable]")) return;
      if (event.key !== "/" && event.key !== "f") return;
      event.preventDefault();                          // the key opens the search and is not its first letter
      open();
    });
    if (new URLSearchParams(location.search).has("q")) open();
  };

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
        if (target.getBoundingClientRect().top <= line) current = link;
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

  document.addEventListener("DOMContentLoaded", () => {
    showScheme();
    system.addEventListener("change", showScheme);
    document.querySelector(".cb-scheme").addEventListener("click", switchScheme);
    setUpSearch();
    setUpContents();
  });
})();
