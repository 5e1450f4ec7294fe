/* Sets a remembered colour scheme before the first paint, and so stands in the head, not deferred. shell.js does the rest.
   An address that asks for something is marked, so that a listing does not show all its rows before filters.js has come. */
(() => {
  "use strict";

  if (location.search) document.documentElement.dataset.asked = "";

  // Material's own key and shape, so that a choice survives a change to its stock toggle and back. This file lies two
  // folders below the site's root, under whatever path the site is served.
  const key = `${new URL("../../", document.currentScript.src).pathname}.__palette`;
  try {
    const { scheme } = JSON.parse(localStorage.getItem(key)).color;
    if (scheme === "slate" || scheme === "default") document.documentElement.dataset.mdColorScheme = scheme;
  } catch { /* nothing stored, or storage refused */ }
})();
