// What this casebook adds to Decap CMS: the way to its files, a control for ids, and a place where problems are read.
(async () => {
  "use strict";
  const { CMS, createClass, h } = window;
  const config = await (await fetch("config.json", { cache: "no-store" })).json();
  const isLocal = config.backend.name === "casebook";

  function element(name, text, className) {
    const made = document.createElement(name);
    made.textContent = text;
    made.className = className || "";
    return made;
  }

  // ---- From one entry straight to another, by an address changed by hand, the page is loaded anew: Decap CMS would ----
  // ---- show the first entry's values in the second one's form, and save or delete by them. ----

  const entryAt = address => /#\/collections\/([a-z]+)\/(new|entries\/[^?]+)/.exec(address);
  let shown = entryAt(location.href);
  let justSaved = ""; // Where Decap CMS goes by itself when a new entry was saved.

  function wouldBeMixedUp(next) {
    if (!shown || !next || shown[0] === next[0]) return false;
    if (shown[1] !== next[1]) return true;
    const isOwnWay = shown[2] === "new" && (next[0] === justSaved || !isLocal);
    return next[2] !== "new" && !isOwnWay;
  }

  // Before Decap CMS, which is not told: where the editor stays because of what is not saved, the form stays as it was.
  window.addEventListener("hashchange", event => {
    const next = entryAt(location.href);
    if (wouldBeMixedUp(next)) {
      event.stopImmediatePropagation();
      location.reload();
    } else {
      shown = next;
      justSaved = "";
      leadToPage();
    }
  });

  // ---- The page of the entry. Decap CMS's own link asks for its address before the entry is there, and fails. ----

  const hasSite = config.show_preview_links;
  config.show_preview_links = false;
  const pageLink = element("a", "See it on the site");
  pageLink.id = "page";
  pageLink.target = "_blank";
  document.body.append(pageLink);

  function leadToPage() {
    const [, name, way] = shown || [];
    const id = hasSite && way !== "new" && shown ? way.replace("entries/", "") : "";
    const { preview_path: page } = config.collections.find(collection => collection.name === name) || {};
    pageLink.hidden = !id || !page;
    if (id && page) pageLink.href = new URL(`../${page.replace("{{slug}}", id)}`, location.href).href;
  }

  leadToPage();

  // ---- What the checker says, until the editor puts it away: a notification would be gone before it is read. ----

  const panel = document.createElement("section");
  panel.id = "said";
  panel.setAttribute("role", "alert");
  panel.hidden = true;
  document.body.append(panel);

  function lineOf(problem) {
    const line = element("li", "", problem.severity);
    if (problem.field) line.append(element("strong", problem.field), ": ");
    line.append(problem.hint ? `${problem.message}; ${problem.hint}` : problem.message);
    line.append(" ", element("small", `${problem.code}, ${problem.file}, line ${problem.line}`));
    return line;
  }

  // Many of one code in one file are told in one line, which unfolds; errors have to be mended one by one, and stay unfolded.
  const FEW = 3;

  function linesOf(problems) {
    const kinds = new Map();
    for (const problem of problems) {
      const kind = `${problem.code} ${problem.severity} ${problem.file}`;
      kinds.set(kind, [...(kinds.get(kind) || []), problem]);
    }
    return [...kinds.values()].flatMap(alike => (alike.length > FEW ? [together(alike)] : alike.map(lineOf)));
  }

  function together(alike) {
    const [{ code, file, many, severity }] = alike;
    const line = element("li", "", severity);
    const folded = document.createElement("details");
    folded.open = severity === "error";
    const summary = element("summary", `${alike.length} ${many} `);
    summary.append(element("small", `${code}, ${file}`));
    const list = document.createElement("ul");
    list.append(...alike.map(lineOf));
    folded.append(summary, list);
    line.append(folded);
    return line;
  }

  const putAway = () => { panel.hidden = true; };
  let isAboutSaved = false;
  let entryTold = ""; // The address within the form of the entry that the panel is about.

  function say(heading, problems) {
    isAboutSaved = false;
    entryTold = "";
    const close = element("button", "Close");
    close.type = "button";
    close.addEventListener("click", putAway);
    const list = document.createElement("ul");
    list.append(...linesOf(problems));
    panel.replaceChildren(element("h2", heading), list, close);
    panel.hidden = false;
  }

  function addressOf(path) {
    const [id, kind] = path.replace(/\.yml$/, "").split("/").reverse();
    return `#/collections/${kind}/entries/${id}`;
  }

  function sayAfterSaving(path, problems) {
    if (!problems.length) return;
    const id = addressOf(path).split("/").pop();
    // What came to light in another case, which nobody sees yet, keeps nothing of this one from being published.
    const hasErrors = problems.some(problem => problem.severity === "error" && problem.file === path);
    say(`${id} is saved. ${hasErrors ? "Before it can be published:" : "To look at:"}`, problems);
    isAboutSaved = true;
    entryTold = addressOf(path);
  }

  // A new entry gets its address when it is saved: it is not left by that.
  window.addEventListener("hashchange", () => { if (location.hash !== entryTold) putAway(); });

  // What was said of the saved entry is no longer true of the edited one. Why a save was refused stays to be read meanwhile.
  function noteEdit(before, after) {
    if (!isAboutSaved || panel.hidden || before === after || (isNothing(before) && isNothing(after))) return;
    if (String(before) !== String(after)) putAway();
  }

  // ---- The files, through the server that this page came from. ----

  async function ask(request) {
    const answer = await fetch("api/v1", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(request),
    });
    const said = await answer.json();
    if (answer.ok) return said;
    say(said.error, said.problems || []);
    const refused = new Error(said.error);
    refused.name = "";
    throw refused;
  }

  const entryOf = found => ({ data: found.values, file: { path: found.path, id: found.path } });

  // There is nobody to sign in: whoever sits at this machine may write its files.
  const NoAccount = createClass({
    componentDidMount() { this.props.onLogin({}); },
    render() { return h("p", null, "Opening the casefiles…"); },
  });

  class Files {
    versions = new Map(); // As this page read them: what was saved elsewhere meanwhile is not overwritten.
    init() { return this; }
    isGitBackend() { return false; }
    status() { return Promise.resolve({ auth: { status: true }, api: { status: true, statusPage: "" } }); }
    authComponent() { return NoAccount; }
    restoreUser() { return this.authenticate(); }
    authenticate() { return Promise.resolve({ name: "this computer", login: "" }); }
    logout() { return Promise.resolve(); }
    getToken() { return Promise.resolve(""); }
    getMedia() { return Promise.resolve([]); }
    persistMedia() { return Promise.reject(new Error("Pictures are described in a casefile, not kept.")); }

    async entriesByFolder(folder) {
      return (await ask({ action: "list", folder })).map(entryOf);
    }

    async getEntry(path) {
      const found = await ask({ action: "read", path });
      if (!found) throw new Error(`There is no ${path}.`);
      this.versions.set(path, found.version);
      loadChoices();
      return entryOf(found);
    }

    async persistEntry(entry, options) {
      const { path, raw } = entry.dataFiles[0];
      const version = options.newEntry ? null : this.versions.get(path);
      putAway();
      const saved = await ask({ action: "save", path, values: raw, version });
      this.versions.set(path, saved.version);
      justSaved = addressOf(path);
      sayAfterSaving(path, saved.problems);
      loadChoices();
    }

    async deleteFiles(paths) {
      putAway();
      for (const path of paths) await ask({ action: "delete", path });
    }
  }

  // ---- Ids, found by the words that people know them by. ----

  const lists = document.createElement("div");
  document.body.append(lists);
  let choices = {};

  function option([id, words]) {
    const made = document.createElement("option");
    made.value = id;
    made.label = words;
    return made;
  }

  async function loadChoices() {
    choices = await (await fetch("choices.json", { cache: "no-store" })).json();
    for (const list of lists.children) fill(list);
  }

  const offered = kinds => kinds.flatMap(kind => choices[kind] || []);
  const fill = list => list.replaceChildren(...offered(list.dataset.kinds.split(" ")).map(option));

  function sharedList(kinds) {
    const name = `ids-${kinds.join("-")}`;
    if (!document.getElementById(name)) {
      const list = document.createElement("datalist");
      list.id = name;
      list.dataset.kinds = kinds.join(" ");
      fill(list);
      lists.append(list);
    }
    return name;
  }

  // What stands in the same entry, as it is now in the form.
  const WORDS = [["title"], ["translation", "text"], ["exact"], ["text"], ["describes"], ["heading"]];
  const wordsOf = thing => WORDS.map(way => thing.getIn(way)).find(Boolean);

  function within(entry, kinds) {
    const data = entry.get("data");
    return kinds.flatMap(kind => {
      const things = data.get(kind) || data.getIn(["teaching", kind]) || [];
      return Array.from(things, thing => [thing.get("id"), wordsOf(thing) || kind]);
    }).filter(([id]) => id);
  }

  const Reference = createClass({
    shouldComponentUpdate() { return true; },
    getInitialState() { return { typed: "" }; },

    ids() {
      const { value, field } = this.props;
      if (field.get("multiple")) return value ? Array.from(value) : [];
      return value ? [value] : [];
    },

    change(ids) {
      this.setState({ typed: "" });
      this.props.onChange(ids);
    },

    add() {
      const typed = this.state.typed.trim();
      if (typed && !this.ids().includes(typed)) this.change([...this.ids(), typed]);
      else this.setState({ typed: "" });
    },

    // Chosen from the list: there is no more to type.
    type(typed, known) {
      if (known.some(([id]) => id === typed) && !this.ids().includes(typed)) this.change([...this.ids(), typed]);
      else this.setState({ typed });
    },

    input(settings) {
      const { forID, classNameWrapper, setActiveStyle } = this.props;
      return h("input", {
        id: forID, type: "text", className: classNameWrapper, autoComplete: "off", spellCheck: false,
        onFocus: setActiveStyle, ...settings,
      });
    },

    render() {
      const { field, entry, forID, onChange, setInactiveStyle } = this.props;
      const kinds = Array.from(field.get("kinds"));
      const isLocalKind = kinds[0].startsWith("#");
      const known = isLocalKind ? within(entry, kinds.map(kind => kind.slice(1))) : offered(kinds);
      const list = isLocalKind ? `${forID}-ids` : sharedList(kinds);
      const words = new Map(known);
      const parts = isLocalKind
        ? [h("datalist", { id: list, key: "list" }, known.map(([id, label]) => h("option", { key: id, value: id, label })))]
        : [];
      if (!field.get("multiple")) {
        const { value } = this.props;
        return h("div", { className: "ids" }, ...parts,
          this.input({ value: value || "", list, onChange: event => onChange(event.target.value), onBlur: setInactiveStyle }),
          value && h("p", { className: "known" }, words.get(value) || "not among what there is yet"));
      }
      const chips = this.ids().map(id => h("li", { key: id },
        h("span", { title: words.get(id) || "" }, words.has(id) ? `${words.get(id)} ` : "", h("code", null, id)),
        h("button", {
          type: "button", "aria-label": `Take out ${id}`, onClick: () => this.change(this.ids().filter(other => other !== id)),
        }, "×")));
      return h("div", { className: "ids" }, ...parts, h("ul", null, ...chips),
        this.input({
          value: this.state.typed, list, placeholder: "Type a name or an id",
          onChange: event => this.type(event.target.value, known),
          onKeyDown: event => { if (event.key === "Enter") { event.preventDefault(); this.add(); } },
          onBlur: () => { this.add(); setInactiveStyle(); },
        }));
    },
  });

  // ---- What is missing is said by the checker, which names the field; only a draft may do without where there is none. ----

  const LATER = { toString: () => "" };
  const isDraft = entry => entry && entry.get("collection") === "cases" && entry.getIn(["data", "status"]) === "draft";
  const isNothing = value => value === undefined || value === null || value === "" || value.size === 0 || value.length === 0;

  function mayWait(control) {
    return class extends control {
      getValidateValue() {
        const value = super.getValidateValue ? super.getValidateValue() : this.props.value;
        const { field } = this.props;
        // Without its id an entry has no file. The ids of things within it may wait like everything else.
        const isOfEntry = field.get("name") === "id" && !(this.props.parentIds || []).length;
        return isNothing(value) && !isOfEntry && (isLocal || isDraft(this.props.entry)) ? LATER : value;
      }

      componentDidUpdate(...before) {
        if (super.componentDidUpdate) super.componentDidUpdate(...before);
        noteEdit(before[0].value, this.props.value);
      }
    };
  }

  for (const name of ["string", "text", "select", "number", "list", "object"]) {
    const { control, preview, schema } = CMS.getWidget(name);
    CMS.registerWidget(name, mayWait(control), preview, schema);
  }
  CMS.registerWidget("reference", mayWait(Reference));
  // Saving is not publishing here: a case is published by its status.
  CMS.registerLocale("casebook", {
    editor: {
      editor: {
        onDeletePublishedEntry: "Delete this entry? Only drafts that nothing names can be deleted.",
        onDeleteWithUnsavedChanges: "Delete this entry, with what you have just written? Only drafts that nothing names can be deleted.",
        confirmLoadBackup: "You wrote something here that was not saved. Take it up again?",
      },
      editorToolbar: {
        publishing: "Saving…", publish: "Save", publishNow: "Save", published: "Saved",
        publishAndCreateNew: "Save and write another", publishAndDuplicate: "Save and copy",
      },
    },
    ui: { toast: {
      entrySaved: "Saved", missingRequiredField: "The id is missing: without one nothing can be saved.",
      onFailToPersist: "%{details}", onFailToDelete: "%{details}",
    } },
  });
  CMS.registerMediaLibrary({ name: "none", init: () => ({ show() {}, hide() {}, enableStandalone: () => false }) });

  // Fields left empty are left out; on this machine the server sees to it.
  function filled(value) {
    if (!value || !value.toJS) return value;
    return value.map(filled).filter(inner => !isNothing(inner));
  }

  if (isLocal) {
    CMS.registerBackend("casebook", Files);
    config.locale = "casebook";
  } else {
    CMS.registerEventListener({ name: "preSave", handler: ({ entry }) => filled(entry.get("data")) });
  }
  await loadChoices();
  CMS.init({ config });
})();
