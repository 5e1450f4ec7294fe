/* The builder: a reading list made in the page and kept in its address, so that reloading, going back and sending the
   address to somebody all do what they should. The list is the fragment's; nothing is stored or sent anywhere else. */

import { casesOf, newList, readAddress, writeAddress } from "./builder/address.js";
import { hasDays, listAsCalendar } from "./builder/calendar.js";
import { Cases } from "./builder/cases.js";
import { counted, make } from "./builder/dom.js";
import { fileName, formOf, sumsOf } from "./builder/form.js";
import { minutesOf, sessionMinutes } from "./builder/reckoning.js";
import { doubts, missing } from "./builder/rules.js";
import { referencesIn, sessionInWords, sheetOf } from "./builder/sheet.js";
import { listAsYaml } from "./builder/yaml.js";

const LONG_ADDRESS = 2000;                             // what some mail programs and browsers of old can take
const TYPING = 250;                                    // ms after the last key until the address follows

const TOLD = {
  newer: "This address was made by a newer version of this page. Reload the page; if this message stays, the list cannot be read here.",
  cut: "The end of this address is missing, as when a mail program cuts it off. What could be read is here; ask for the whole address.",
  odd: "This address holds something that this page does not know. It was left out.",
};

class Builder {
  list = newList();
  open = new Set();
  choosing = null;                                     // the session for which cases are being chosen
  wanted = "";
  #known = new Map();
  #told = [];
  #focus = [];
  #typed = "";
  #timer = 0;
  #isNew = true;
  last = 0;                                            // the newest step in the history
  #shown = null;                                       // the fragment that the page shows

  constructor(box) {
    this.box = box;
    this.root = new URL(box.dataset.root, location.href);
    this.site = box.dataset.site ?? this.root.href;
    this.wordsAMinute = Number(box.dataset.wordsAMinute);
    this.cases = new Cases(this.root, Number(box.dataset.names));
    this.frame();
  }

  /* What the parts ask -------------------------------------------------------------------------------------------- */

  of = (kind, id) => this.#known.get(`${kind}:${id}`);
  /** Where a page is, for a link; and as it is printed. */
  at = uri => new URL(uri, this.root).href;
  shown = uri => `${this.site}${uri}`.replace(/^https?:\/\//, "");

  sums() {
    let [reading, discussion] = [0, 0];
    for (const session of this.list.sessions) {
      const minutes = sessionMinutes(session, this.of, this.wordsAMinute);
      [reading, discussion] = [reading + minutes.reading, discussion + minutes.discussion];
    }
    return `${counted(this.list.sessions.length, "session")}, ${reading} min of reading, ${discussion} min of discussion`;
  }

  /* Changes --------------------------------------------------------------------------------------------------------- */

  /** Something was added, moved or taken away. `focus` names where to go on, the first that can be. */
  change(deed, { say = "", focus = [] } = {}) {
    this.flush();
    deed();
    this.#focus = focus;
    this.#date();
    this.#save("push");
    this.render();
    this.say(typeof say === "function" ? say() : say);
  }

  /** Somebody types in a field: the address follows when they pause, and one field is one step to go back. */
  type(key, deed) {
    if (this.#typed && this.#typed !== key) this.flush();
    deed();
    this.#typed = key;
    if (this.#steps !== key) this.#follows();          // the first key at once
    else {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#follows(), TYPING);
    }
    this.refresh();
  }

  #steps = "";                                         // the field whose step is already in the history

  #follows() {
    clearTimeout(this.#timer);
    if (!this.#typed) return;
    this.#date();
    this.#save(this.#steps === this.#typed ? "replace" : "push");
    this.#steps = this.#typed;
    // No more than this: a field is left by pressing something, and what is pressed may not be drawn anew meanwhile.
    this.showSteps();
  }

  flush() {
    this.#follows();
    this.#typed = this.#steps = "";
  }

  /** The list is of the day on which somebody changes it; to open it is no change. */
  #date() {
    if (this.list.updated) this.list.updated = new Date(Date.now() - new Date().getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
  }

  #save(how) {
    for (const id of casesOf(this.list)) this.list.editions[id] ??= this.of("case", id)?.edition;
    const fragment = writeAddress(this.list);
    if (fragment === this.#shown) return;
    this.#shown = fragment;
    const step = history.state?.step ?? 0;
    const address = fragment ? `#${fragment}` : location.pathname + location.search;
    if (how === "push") {
      history.pushState({ step: step + 1 }, "", address);
      this.#isNew = true;                              // what was undone before cannot be made again
    } else history.replaceState({ step }, "", address);
  }

  /** Take over what the address holds. */
  read() {
    const found = readAddress(location.hash);
    this.list = found?.list ?? newList();
    this.#told = (found?.told ?? []).map(name => TOLD[name]);
    this.#shown = location.hash.slice(1);
    this.#typed = this.#steps = "";
    if (!found) this.choosing = "s0";
    else if (!this.list.sessions[Number(this.choosing?.slice(1))]) this.choosing = null;
    this.render();
  }

  choose(key, focus) {
    this.flush();
    this.choosing = key;
    this.wanted = "";
    this.#focus = focus;
    this.render();
  }

  /* What the casebook knows of it ----------------------------------------------------------------------------------- */

  #loading = new Set();

  /** Ask for what is named and not known; when the answers are there, everything is drawn once more. */
  async load() {
    const named = [...casesOf(this.list).map(id => ["case", id]),
      ...this.list.sessions.flatMap(({ items }) => items.filter(({ kind }) => kind === "source").map(({ id }) => ["source", id]))];
    named.push(...[this.list.introduction, ...this.list.sessions.flatMap(({ own }) => own.map(({ note }) => note))].flatMap(referencesIn).map(id => ["name", id]));
    const wanted = named.filter(([kind, id]) => !this.#known.has(`${kind}:${id}`) && !this.#loading.has(`${kind}:${id}`));
    if (!wanted.length) return;
    for (const [kind, id] of wanted) this.#loading.add(`${kind}:${id}`);
    const answers = await Promise.all(wanted.map(([kind, id]) => this.cases[kind](id)));
    answers.forEach((answer, n) => {
      const [kind, id] = wanted[n];
      this.#known.set(`${kind}:${id}`, answer);
      this.#loading.delete(`${kind}:${id}`);
    });
    this.#followMoved();
    if (writeAddress(this.list)) this.#save("replace");
    this.#focus = [document.activeElement?.dataset?.key].filter(Boolean);
    this.render();
  }

  /** Ids that have changed since: the list goes with them, and says so. */
  #followMoved() {
    for (const session of this.list.sessions) {
      for (const item of session.items) {
        const known = this.of(item.kind, item.id);
        if (known?.state === "moved") {
          this.#tell(`“${item.id}” is now called “${known.now}”.`);
          if (item.kind === "case") this.#moveCase(item.id, known.now);
          item.id = known.now;
        }
        item.sections = item.sections.map(id => this.#moved(known, id, known?.sections));
      }
      for (const one of [...session.asked, ...session.own.flatMap(({ evidence }) => evidence)]) {
        const known = this.of("case", one.case);
        if (known?.state === "moved") {
          this.#moveCase(one.case, known.now);
          one.case = known.now;
        }
        one.id = this.#moved(known, one.id, known?.questions);
      }
    }
  }

  #moveCase(old, now) {
    this.list.editions[now] ??= this.list.editions[old];
  }

  #moved(known, id, present) {
    const now = known?.moved?.[id];
    if (!now || present?.some(one => one.id === id)) return id;
    this.#tell(`“${id}” of “${known.title}” is now called “${now}”.`);
    return now;
  }

  #tell(words) {
    if (!this.#told.includes(words)) this.#told.push(words);
  }

  /* What is shown ----------------------------------------------------------------------------------------------------- */

  frame() {
    const act = (key, label, deed, properties = {}) => {
      const made = make("button", { type: "button", className: "b-act", ...properties }, label);
      made.dataset.key = key;
      made.addEventListener("click", deed);
      return made;
    };
    this.undo = act("undo", "Undo", () => { this.flush(); history.back(); });
    this.redo = act("redo", "Redo", () => { this.flush(); history.forward(); });
    const again = act("again", "Start again", () => this.change(() => { this.list = newList(); this.choosing = "s0"; this.#told = []; },
      { say: "The list is empty. Undo brings it back.", focus: ["list.title"] }));
    this.total = make("p", { className: "rec" });
    this.status = make("p", { className: "vh", role: "status" });
    this.told = make("div", { className: "b-told", role: "status" });
    this.form = make("form", { className: "b-form", autocomplete: "off", "aria-label": "Your reading list" });
    this.form.addEventListener("submit", event => event.preventDefault());
    this.form.addEventListener("focusout", () => this.flush());
    this.address = make("input", { type: "text", readOnly: true, id: "b--address" });
    this.address.addEventListener("focus", () => this.address.select());
    this.length = make("p", { className: "b-hint", id: "b--address-hint" });
    this.address.setAttribute("aria-describedby", this.length.id);
    this.lacking = make("div", { className: "b-lacking" });
    this.code = make("code");
    this.pre = make("pre", { className: "code", tabIndex: 0, role: "region", "aria-label": "The list as YAML" }, this.code);
    this.files = make("div", { className: "b-row b-files" },
      act("copy-yaml", "Copy the file", () => this.copy(this.code.textContent, "The file was copied.")),
      act("save-yaml", "Download the file", () => this.save(`${fileName(this.list)}.yml`, "application/yaml", this.code.textContent)));
    this.calendar = act("save-calendar", "Download a calendar", () => this.saveCalendar());
    this.name = make("p", { className: "rec" });
    this.sheet = make("div", { className: "b-sheet" });
    this.paper = make("section", { className: "b-paper", "aria-labelledby": "b--paper" },
      make("p", { className: "caps noprint", id: "b--paper" }, "As it is printed"), this.sheet);
    this.box.replaceChildren(
      make("div", { className: "b-tool noprint" },
        make("div", { className: "b-bar" }, this.total, make("div", { className: "b-acts" }, this.undo, this.redo, again)),
        this.status, this.told, this.form,
        make("section", { className: "b-take", "aria-labelledby": "b--take" }, make("h3", { id: "b--take" }, "Take it with you"),
          make("div", { className: "b-field" }, make("label", { htmlFor: this.address.id }, "The address of this list"), this.address, this.length),
          make("div", { className: "b-row b-files" }, act("copy", "Copy the address", () => this.copy(location.href, "The address was copied.", this.address)),
            act("print", "Print", () => { this.flush(); print(); }), this.calendar),
          make("h4", {}, "As a file, to be proposed"),
          make("p", { className: "rec" }, "A list that others could use can become part of the casebook: ",
            make("a", { href: `${this.at("contribute/how-to/")}#write-a-reading-list` }, "how a file is proposed"), ": on the project's code host, in an issue or a pull request."),
          this.name, this.lacking, this.pre, this.files)),
      this.paper);
    this.box.hidden = false;
    this.box.nextElementSibling?.remove();             // what is said to those without scripts
  }

  /** Everything, anew. */
  render() {
    this.list.sessions.forEach((session, n) => {
      session.key = `s${n}`;
      session.items.forEach((item, at) => { item.key = `s${n}.i${at}`; });
      session.own.forEach((own, at) => { own.key = `s${n}.o${at}`; });
    });
    this.form.replaceChildren(...formOf(this).flat());
    this.told.replaceChildren(...this.#told.map(words => make("p", { className: "b-warn" }, words)));
    this.refresh();
    this.refocus();
    this.load();
  }

  /** Sums, address, file and sheet: what follows from the fields and holds no field itself. */
  refresh() {
    this.showSteps();
    this.total.textContent = this.sums();
    for (const session of this.list.sessions) {
      this.form.querySelector(`[data-sum="${session.key}"]`)?.replaceChildren(...sumsOf(this, session).filter(Boolean));
      for (const item of session.items) {
        const minutes = minutesOf(item, this.of(item.kind, item.id), this.wordsAMinute);
        const place = this.form.querySelector(`[data-minutes="${item.key}"]`);
        if (place && minutes) place.textContent = `${minutes} min`;
      }
    }
    this.showFile();
    this.sheet.replaceChildren(...sheetOf(this, casesOf(this.list)));
    this.paper.hidden = !writeAddress(this.list);
    document.title = [this.list.title, "Build a reading list"].filter(Boolean).join(" · ");
  }

  /** Where the list stands in its history, and its address there. */
  showSteps() {
    const step = history.state?.step ?? 0;
    this.last = this.#isNew ? step : Math.max(this.last, step);
    this.#isNew = false;
    this.undo.disabled = step === 0;
    this.redo.disabled = step >= this.last;
    this.address.value = location.href;
    const characters = location.href.length;
    this.length.textContent = !this.#shown ? "As soon as there is something in the list, it is in the address."
      : characters > LONG_ADDRESS
        ? `${characters.toLocaleString("en")} characters. Browsers keep it, but some mail programs cut addresses off after about ${LONG_ADDRESS.toLocaleString("en")}: try the link after sending it, or put it into a document. Shorter texts make it shorter.`
        : `${counted(characters, "character")}. It holds the whole list: ${/^(localhost|127\.0\.0\.1|\[::1\])$/.test(location.hostname) ? "save it. It opens on this machine only; a list made on the published site can be sent" : "save it, send it, open it anywhere"}. What follows the # is sent to no server.`;
    this.length.classList.toggle("b-warn", characters > LONG_ADDRESS);
  }

  showFile() {
    const lacks = [...missing(this.list, this.of)];
    const asked = [...doubts(this.list, this.of, this.wordsAMinute)];
    const isWhole = !lacks.length;
    this.name.textContent = isWhole ? `casefiles/readings/${fileName(this.list)}.yml` : "Before it can be proposed as a file:";
    const sentences = (list, words) => list.length > 0 && [words && make("p", { className: "rec" }, words), make("ul", {}, list.map(([key, text]) => {
      const link = make("a", { href: `#b--${key}` }, text);
      link.addEventListener("click", event => { event.preventDefault(); this.goTo(key); });
      return make("li", {}, link);
    }))];
    this.lacking.replaceChildren(...[sentences(lacks, ""), sentences(asked, "Who reads the proposal will ask about this:")].flat().filter(Boolean));
    this.pre.hidden = this.files.hidden = !isWhole;
    this.code.textContent = isWhole ? listAsYaml({ ...this.list, id: fileName(this.list) }) : "";
    this.calendar.hidden = !hasDays(this.list);
  }

  /** The field that a sentence is about: itself, or the first thing of its kind. */
  goTo(key) {
    const part = [...this.box.querySelectorAll("[data-key]")].find(one => one.dataset.key === key || one.dataset.key.startsWith(`${key}.`));
    for (let fold = part?.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    part?.focus();
  }

  refocus() {
    const parts = new Map([...this.box.querySelectorAll("[data-key]")].map(part => [part.dataset.key, part]));
    const part = this.#focus.map(key => parts.get(key)).find(one => one && !one.disabled);
    if (!part) return;
    this.#focus = [];
    part.focus();
  }

  say(words) {
    this.status.textContent = "";
    if (words) requestAnimationFrame(() => { this.status.textContent = words; });
  }

  /* Taking it away -------------------------------------------------------------------------------------------------------- */

  async copy(text, words, field = null) {
    this.flush();
    try {
      await navigator.clipboard.writeText(field ? location.href : text);
      this.say(words);
    } catch {
      field?.focus();
      this.say("The browser does not let this page copy. Select the text and copy it yourself.");
    }
  }

  save(name, type, text) {
    const address = URL.createObjectURL(new Blob([text], { type }));
    make("a", { href: address, download: name }).click();
    URL.revokeObjectURL(address);
    this.say(`${name} was saved.`);
  }

  saveCalendar() {
    this.flush();
    const text = listAsCalendar(this.list, { id: fileName(this.list), now: new Date(), describe: session => sessionInWords(this, session) });
    this.save(`${fileName(this.list)}.ics`, "text/calendar", text);
  }
}

const box = document.querySelector(".builder");
if (box) {
  const builder = new Builder(box);
  addEventListener("popstate", () => {
    if (location.hash && !location.hash.startsWith("#v=")) return;      // a heading of this page
    builder.read();
    builder.say("The list is as it was.");
  });
  document.addEventListener("visibilitychange", () => builder.flush());
  // Headings of this page are gone to without the fragment, which is the list's.
  document.addEventListener("click", event => {
    const link = event.target.closest?.("a[href^='#']");
    const target = link && document.getElementById(link.getAttribute("href").slice(1));
    if (!target || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    target.scrollIntoView();
    target.tabIndex = target.tabIndex < 0 ? -1 : target.tabIndex;
    target.focus({ preventScroll: true });
  });
  builder.read();
}
