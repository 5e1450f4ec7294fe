/* Sets a remembered colour scheme before the first paint, and so stands in the head, not deferred. shell.js does the rest.
   An address that asks for something is marked, so that a listing does not show all its rows before filters.js has come. */
(() => {
  "use strict";

  if (location.search) document.documentElement.dataset.asked = "";

  // Several sites may share a host, and so its storage. This file lies two folders below the site's root, under whatever
  // path the site is served.
  const key = `${new URL("../../", document.currentScript.src).pathname}.__scheme`;
  try {
    const scheme = localStorage.getItem(key);
    if (scheme === "dark" || scheme === "light") document.documentElement.dataset.scheme = scheme;
  } catch { /* storage refused */ }
})();
