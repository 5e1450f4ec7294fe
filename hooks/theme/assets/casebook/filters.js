/* Filters over a listing. What is chosen stands in the address (?person=lei-jun&year=2024), so that it can be shared and
   survives going back. Several values of one facet mean any of them; several facets mean all of them.
   A listing of one page holds its rows' values itself. A longer one has an index, fetched when somebody filters; then the
   pages with matches are fetched and the matching rows taken out of them. */
(() => {
  "use strict";

  const form = document.querySelector("form.filters");
  if (!form) return;

  const { noun, nouns, index: indexAddress } = form.dataset;
  const ROWS_AT_ONCE = 100, PAGES_AT_ONCE = 8;
  const main = document.querySelector("main");
  const extent = document.querySelector(".extent");
  const number = value => value.toLocaleString("en");

  const make = (name, properties, ...children) => {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
  };

  /* What stands on the page ---------------------------------------------------------------------------------- */

  class Facet {
    constructor(details) {
      this.details = details;
      this.id = details.dataset.facet;
      this.label = details.querySelector(".l").textContent;
      this.said = details.querySelector(".v");
      this.box = details.querySelector("fieldset");
      this.find = this.box.querySelector(".find");
      this.options = new Map();
      for (const option of this.box.querySelectorAll(".opt")) this.add(option);
    }

    add(option) {
      const input = option.querySelector("input");
      this.options.set(input.value, { option, input, words: option.children[1].textContent, count: option.lastElementChild });
    }

    /** What the chosen values are called. An address can ask for anything, and its words are not the casebook's. */
    words(values) {
      return [...new Set([...values].map(value => this.options.get(value)?.words ?? "not listed"))];
    }

    /** Put in the options that the form left out, in their order. */
    complete(values) {
      if (this.options.size === values.length) return;
      for (const [value, words] of values) {
        if (!this.options.has(value)) {
          const input = make("input", { type: "checkbox", name: this.id, value });
          this.add(make("label", { className: "opt" }, input, make("span", { textContent: words }), " ", make("span", { className: "n" })));
        }
        this.box.append(this.options.get(value).option);
      }
      this.search();
    }

    search() {
      const wanted = this.find?.value.trim().toLowerCase() ?? "";
      for (const { option, words } of this.options.values()) option.hidden = !words.toLowerCase().includes(wanted);
    }

    show(chosen, counts) {
      for (const [value, { input, option, count }] of this.options) {
        const of = counts.get(value) ?? 0;
        input.checked = chosen.has(value);
        option.classList.toggle("none", of === 0);
        count.textContent = number(of);
      }
      this.said.textContent = chosen.size ? this.words(chosen).join(", ") : "All";
      this.details.classList.toggle("chosen", chosen.size > 0);
    }
  }

  const facets = new Map([...form.querySelectorAll(".facet")].map(details => [details.dataset.facet, new Facet(details)]));
  const rowsHere = [...main.querySelectorAll("[data-f]")];
  const sectionsHere = [...new Set(rowsHere.map(row => row.closest("section")))];
  const pager = main.querySelector(".pager");
  const lists = [...document.querySelectorAll(".toc ol")].map(list => [list, [...list.children]]);
  const extentHere = extent.textContent;
  const end = make("p", { className: "filters-more", hidden: true });
  const clear = make("button", { type: "button", className: "filters-clear", textContent: "Clear", hidden: true });
  const status = make("span", {}, extentHere);
  const nothing = make("p", { className: "filters-none", hidden: true },
    `No ${noun} has all of this. `, make("button", { type: "button", className: "filters-clear", textContent: "Clear the filters" }));
  const onPaper = make("p", { className: "filters-said rec", hidden: true });
  const more = make("button", { type: "button", textContent: "Show more" });

  status.setAttribute("role", "status");
  extent.replaceChildren(status, " ", clear);
  extent.after(onPaper);
  end.append(more);
  sectionsHere.at(-1).after(end);
  sectionsHere[0].before(nothing);

  /* The rows' values ----------------------------------------------------------------------------------------- */

  /** Rows as lists of values by facet: of this page, or of the index. */
  const rowsOfPage = () => rowsHere.map(row => {
    const values = Object.fromEntries([...facets.keys()].map(id => [id, []]));
    for (const token of row.dataset.f.split(" ")) {
      const at = token.indexOf(":");
      values[token.slice(0, at)]?.push(token.slice(at + 1));
    }
    return values;
  });

  const rowsOfIndex = index => {
    const rows = Array.from({ length: index.total }, () => ({}));
    for (const [id, { values, rows: numbers }] of Object.entries(index.facets))
      numbers.forEach((of, n) => { rows[n][id] = [of].flat().map(value => values[value][0]); });
    return rows;
  };

  const fetched = async (address, read) => {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
    return read(answer);
  };

  /** Calls once; again after a failure. */
  const once = work => {
    let promise = null;
    return () => promise ??= work().catch(error => { promise = null; throw error; });
  };

  let size = Infinity;
  const loadRows = once(async () => {
    if (!indexAddress) return rowsOfPage();
    const index = await fetched(indexAddress, answer => answer.json());
    size = index.size;
    for (const [id, { values }] of Object.entries(index.facets)) facets.get(id)?.complete(values);
    return rowsOfIndex(index);
  });

  /** The rows that match, and for each option how many there are under what is chosen in the other facets. */
  const count = (rows, chosen) => {
    const counts = new Map([...facets.keys()].map(id => [id, new Map()]));
    const matches = [];
    const add = (row, id) => {
      for (const value of row[id]) counts.get(id).set(value, (counts.get(id).get(value) ?? 0) + 1);
    };
    rows.forEach((row, n) => {
      const failing = [...chosen].filter(([id, values]) => !row[id].some(value => values.has(value)));
      if (!failing.length) {
        matches.push(n);
        for (const id of facets.keys()) add(row, id);
      } else if (failing.length === 1) add(row, failing[0][0]);
    });
    return { matches, counts };
  };

  /* The address ---------------------------------------------------------------------------------------------- */

  /** Facet → chosen values; facets in which nothing is chosen are left out. */
  const readAddress = () => {
    const query = new URLSearchParams(location.search);
    const chosen = new Map();
    for (const id of facets.keys()) {
      const values = query.getAll(id).flatMap(value => value.split(",")).filter(Boolean);
      if (values.length) chosen.set(id, new Set(values));
    }
    return chosen;
  };

  const writeAddress = chosen => {
    const address = new URL(location.href);
    for (const id of facets.keys()) {
      address.searchParams.delete(id);
      for (const value of chosen.get(id) ?? []) address.searchParams.append(id, value);
    }
    address.hash = "";
    history.pushState(null, "", address);
  };

  /* What is shown -------------------------------------------------------------------------------------------- */

  const showContents = sections => {
    for (const [list, entries] of lists) {
      const entryOf = new Map(entries.map(entry => [entry.querySelector("a")?.hash, entry]));
      list.replaceChildren(...(sections ?? []).map(section => {
        const link = make("a", { href: `#${section.id}`, textContent: section.querySelector("h2").textContent });
        return entryOf.get(`#${section.id}`) ?? make("li", {}, link);
      }));
      if (!sections) list.append(...entries);
    }
  };

  /** On a page that holds all rows: hide the others, and headings with nothing left under them. */
  const showHere = matches => {
    const shown = new Set(matches);
    rowsHere.forEach((row, n) => { row.hidden = !shown.has(n); });
    for (const section of sectionsHere)
      section.hidden = !rowsHere.some(row => !row.hidden && section.contains(row));
    showContents(sectionsHere.filter(section => !section.hidden));
  };

  const pages = new Map();
  /** A page of this listing, with addresses that hold wherever its rows are shown. */
  const loadPage = n => {
    if (!pages.has(n)) pages.set(n, once(async () => {
      const address = new URL(n === 1 ? "" : `pages/${n}/`, form.action);
      const page = new DOMParser().parseFromString(await fetched(address, answer => answer.text()), "text/html");
      for (const link of page.querySelectorAll("main [href]:not([href^='#'])"))
        link.setAttribute("href", new URL(link.getAttribute("href"), address));
      return page;
    }));
    return pages.get(n)();
  };

  /** What a section holds besides rows: rows of two pages go under one heading only where it is the same. */
  const frameOf = section => {
    const copy = section.cloneNode(true);
    for (const row of copy.querySelectorAll("[data-f]")) row.remove();
    return copy.innerHTML.replace(/\s+/g, "");
  };

  /** A page's sections with nothing in them but these of its rows. */
  const sectionsOf = (page, places) => {
    const rows = [...page.querySelectorAll("main [data-f]")];
    const wanted = new Set(places.map(place => rows[place]));
    const sections = new Set([...wanted].map(row => row?.closest("section")));
    for (const row of rows) row.toggleAttribute("data-wanted", wanted.has(row));
    return [...sections].filter(Boolean).map(section => {
      const copy = document.importNode(section, true);
      for (const row of copy.querySelectorAll("[data-f]:not([data-wanted])")) row.remove();
      return copy;
    });
  };

  let found = { matches: [], sections: [], shown: 0 };
  let standing = sectionsHere;                         // the sections in the document now

  const stand = sections => {
    for (const section of standing) section.remove();
    end.before(...sections);
    standing = sections;
  };

  /** The next matches: at most so many rows, from at most so many pages. */
  const nextMatches = () => {
    const byPage = new Map();
    for (const row of found.matches.slice(found.shown, found.shown + ROWS_AT_ONCE)) {
      const page = Math.floor(row / size) + 1;
      if (!byPage.has(page) && byPage.size === PAGES_AT_ONCE) break;
      byPage.set(page, [...byPage.get(page) ?? [], row % size]);
    }
    return byPage;
  };

  const showNext = async () => {
    const of = found;
    const wanted = nextMatches();
    const loaded = await Promise.all([...wanted.keys()].map(loadPage));
    if (of !== found) return null;                     // something else was chosen meanwhile
    if (standing !== of.sections) stand(of.sections);
    pager.hidden = true;
    let first = null;
    [...wanted.values()].forEach((places, n) => {
      for (const section of sectionsOf(loaded[n], places)) {
        const rows = [...section.querySelectorAll("[data-f]")];
        const last = found.sections.at(-1);
        first ??= rows[0];
        if (last && frameOf(last) === frameOf(section)) [...last.querySelectorAll("[data-f]")].at(-1).after(...rows);
        else {
          if (found.sections.some(({ id }) => id === section.id)) section.removeAttribute("id");
          end.before(section);
          found.sections.push(section);
        }
      }
      found.shown += places.length;
    });
    showContents(found.sections.filter(({ id }) => id));
    end.hidden = found.shown >= found.matches.length;
    return first;
  };

  /** On a page of several: take the rows of this page away, and show what is found in all of them. */
  const showFound = async matches => {
    found = { matches, sections: [], shown: 0 };
    await showNext();
  };

  const showAll = () => {
    found = { matches: [], sections: [], shown: 0 };
    if (standing !== sectionsHere) stand(sectionsHere);
    for (const part of [...rowsHere, ...sectionsHere]) part.hidden = false;
    if (pager) pager.hidden = false;
    end.hidden = true;
    showContents(null);
  };

  const extentOf = (shown, matching, total) => {
    if (!matching) return `None of the ${number(total)} ${nouns}`;
    if (shown < matching) return `Showing the first ${number(shown)} of ${number(matching)} matching ${nouns}, of ${number(total)}`;
    return `Showing ${number(matching)} of ${number(total)} ${total === 1 ? noun : nouns}`;
  };

  const sayExtent = total => {
    const shown = indexAddress ? found.shown : found.matches.length;
    status.textContent = extentOf(shown, found.matches.length, total);
  };

  const sayOnPaper = chosen => {
    const said = [...chosen].map(([id, values]) => `${facets.get(id).label}: ${facets.get(id).words(values).join(" or ")}`);
    onPaper.textContent = `Filtered. ${said.join("; ")}.`;
    onPaper.hidden = !said.length;
  };

  const showChosen = async (rows, chosen) => {
    const { matches, counts } = count(rows, chosen);
    for (const [id, facet] of facets) facet.show(chosen.get(id) ?? new Set(), counts.get(id));
    sayOnPaper(chosen);
    clear.hidden = !chosen.size;
    nothing.hidden = matches.length > 0 || !chosen.size;
    if (!chosen.size) {
      showAll();
      status.textContent = extentHere;
      return;
    }
    if (indexAddress) await showFound(matches);
    else {
      found = { matches, sections: [], shown: matches.length };
      showHere(matches);
    }
    sayExtent(rows.length);
  };

  let latest = 0;
  const apply = async chosen => {
    const mine = ++latest;
    main.classList.add("filters-busy");
    try {
      const rows = await loadRows();
      if (mine === latest) await showChosen(rows, chosen);
    } catch {
      if (mine === latest) {
        showAll();
        status.textContent = `The filter could not be loaded. ${extentHere}`;
      }
    }
    if (mine === latest) main.classList.remove("filters-busy");
  };

  /* What the reader does ------------------------------------------------------------------------------------- */

  form.addEventListener("submit", event => event.preventDefault());
  form.addEventListener("change", ({ target }) => {
    if (target.type !== "checkbox") return;
    const chosen = readAddress();
    const values = chosen.get(target.name) ?? new Set();
    if (target.checked) values.add(target.value);
    else values.delete(target.value);
    if (values.size) chosen.set(target.name, values);
    else chosen.delete(target.name);
    writeAddress(chosen);
    shownAddress = location.search;
    apply(chosen);
  });

  main.addEventListener("click", event => {
    if (!event.target.closest(".filters-clear")) return;
    writeAddress(new Map());
    shownAddress = location.search;
    apply(new Map());
    [...form.querySelectorAll("summary")].find(summary => summary.offsetParent)?.focus();
  });

  more.addEventListener("click", async () => {
    more.disabled = true;
    try {
      const first = await showNext();
      sayExtent((await loadRows()).length);
      first?.querySelector("a")?.focus();
    } catch {
      status.textContent = "More could not be loaded.";
    }
    more.disabled = false;
  });

  let shownAddress = location.search;
  addEventListener("popstate", () => {
    if (location.search === shownAddress) return;      // a link to a section of this page
    shownAddress = location.search;
    apply(readAddress());
  });

  /* Lists of options: where they lie over the page, they close as menus do. */
  const liesOver = matchMedia("(min-width: 60em)");
  for (const facet of facets.values()) {
    const { details, find } = facet;
    const summary = details.querySelector("summary");
    details.addEventListener("toggle", () => {
      if (details.open && "more" in details.dataset) loadRows().catch(() => {});
    });
    details.addEventListener("keydown", event => {
      if (event.key !== "Escape" || !details.open) return;
      details.open = false;
      summary.focus();
    });
    details.addEventListener("focusout", event => {
      if (liesOver.matches && event.relatedTarget && !details.contains(event.relatedTarget)) details.open = false;
    });
    find?.addEventListener("input", () => facet.search());
  }
  document.addEventListener("pointerdown", event => {
    if (!liesOver.matches) return;
    for (const { details } of facets.values()) if (!details.contains(event.target)) details.open = false;
  });

  const asked = readAddress();
  const answered = () => delete document.documentElement.dataset.asked;
  if (asked.size) apply(asked).then(answered);
  else answered();
})();
