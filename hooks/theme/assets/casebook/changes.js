/* What came since the edition in the address. Without this script the page lists every correction, newest first, and the
   reader looks for the day. On a signpost to such a page, the edition is handed on. */
(() => {
  "use strict";

  const signpost = document.querySelector(".kind-redirect .head a[href$='/changes/']");
  if (signpost) signpost.search = location.search;

  const now = document.querySelector(".since");
  const asked = new URLSearchParams(location.search).get("edition");
  if (!now || asked === null) return;

  /* Days ------------------------------------------------------------------------------------------------------- */

  const PARTS = { 4: { year: "numeric" }, 7: { year: "numeric", month: "long" }, 10: { dateStyle: "long" } };

  const readDay = text => {
    const [year, month, day] = text.split("-").map(Number);
    const first = new Date(Date.UTC(year, (month ?? 1) - 1, day ?? 1));
    first.setUTCFullYear(year);                        // Date.UTC takes the years 0 to 99 for 1900 to 1999
    const written = first.toISOString().slice(0, text.length);
    if (written !== text) return null;                 // 31 February
    const last = new Date(first);
    if (day === undefined) last.setUTCMonth(month ? month : 12, 0);
    const words = new Intl.DateTimeFormat("en-GB", { ...PARTS[text.length], timeZone: "UTC" }).format(first);
    return { earliest: first.toISOString().slice(0, 10), latest: last.toISOString().slice(0, 10), words };
  };

  const read = token => {
    const [, day, digest] = /^(\d{4}(?:-\d\d){0,2})-([0-9a-f]{12})$/.exec(token) ?? [];
    const found = day && readDay(day);
    return found ? { ...found, token, digest } : null;
  };

  /* Where a correction stands to an edition -------------------------------------------------------------------- */

  const place = (correction, edition) => {
    if (correction.earliest > edition.latest) return "after";
    return correction.latest < edition.earliest ? "before" : "day";
  };

  const answer = (edition, groups) => {
    if (!edition) return "unreadable";
    if (now.dataset.edition === edition.token) return "same";
    if (now.dataset.edition.endsWith(`-${edition.digest}`)) return "otherday";
    if (edition.earliest > now.dataset.latest) return "newer";
    return groups.after.length ? "after" : groups.day.length ? "day" : "wording";
  };

  /* Show it ---------------------------------------------------------------------------------------------------- */

  const edition = read(asked.trim());
  const groups = { after: [], day: [], before: [] };
  if (edition)
    for (const item of document.querySelectorAll(".since-all > li")) groups[place(item.dataset, edition)].push(item);
  const found = answer(edition, groups);

  now.querySelector(`[data-answer=${found}]`).hidden = false;
  if (edition) {
    now.querySelector(".since-day").textContent = edition.words;
    now.querySelector(".since-token").textContent = edition.token;
    now.querySelector(".since-yours").hidden = false;
  }
  if (found === "unreadable") document.querySelector(".since-hint")?.remove();
  if (!["after", "day", "wording"].includes(found)) return;

  for (const [name, items] of Object.entries(groups)) {
    const group = document.querySelector(`[data-group=${name}]`);
    if (!group || !items.length) continue;
    group.querySelector("ul").append(...items);
    group.hidden = false;
  }
  document.querySelector(".since-hint")?.remove();
  document.querySelector(".since-all")?.remove();
})();
