/* The form: a list's own fields, its sessions, what is read and asked in each. It is made anew when something is added,
   moved or taken away; while somebody types, nothing of it changes but sums. `desk` is what builder.js offers. */

import { newItem, newSession, prose, words } from "./address.js";
import { counted, make, unseen } from "./dom.js";
import { idFrom, minutesOf, minutesToRead, sessionMinutes } from "./reckoning.js";

const FIRST_CASES = 12;

/* Controls --------------------------------------------------------------------------------------------------------- */

const field = (desk, key, label, value, set, { rows, hint, ...properties } = {}) => {
  const control = make(rows ? "textarea" : "input", { id: `b--${key}`, rows, autocomplete: "off", ...properties });
  control.value = value;
  control.dataset.key = key;
  control.addEventListener("input", () => desk.type(key, () => set(control.value)));
  const told = hint && make("p", { className: "b-hint", id: `b--${key}-hint` }, hint);
  if (told) control.setAttribute("aria-describedby", told.id);
  return make("div", { className: "b-field" }, make("label", { htmlFor: control.id }, label), control, told);
};

const button = (key, label, about, deed, properties = {}) => {
  const made = make("button", { type: "button", className: "b-act", ...properties }, label, about && unseen(`: ${about}`));
  made.dataset.key = key;
  made.addEventListener("click", deed);
  return made;
};

const tick = (key, label, more, checked, deed, properties = {}) => {
  const input = make("input", { type: "checkbox", checked, ...properties });
  input.dataset.key = key;
  input.addEventListener("change", () => deed(input.checked));
  return make("label", { className: "b-tick" }, input, make("span", {}, label), make("span", { className: "n" }, more));
};

/** A part that opens; whether it is open is remembered by its name. */
const fold = (desk, name, label, said, ...content) => {
  const made = make("details", { className: "b-fold", open: desk.open.has(name) },
    make("summary", {}, make("span", { className: "l" }, label), " ", make("span", { className: "v" }, said)), ...content);
  made.firstChild.dataset.key = name;
  const remember = isOpen => desk.open[isOpen ? "add" : "delete"](name);
  // At once: a browser tells of an opening when it finds time, and until then keys may have drawn everything anew.
  made.firstChild.addEventListener("click", () => remember(!made.open));
  // Opened by something else, as by a search in the page. One that is drawn no more has nothing to say.
  made.addEventListener("toggle", () => { if (made.isConnected) remember(made.open); });
  return made;
};

/** Buttons that move the thing at `index` of `things` up and down and take it away. `keys(index)` names its place. */
const acts = (desk, things, index, title, keys, noun) => {
  const move = by => desk.change(() => {
    things.splice(index + by, 0, ...things.splice(index, 1));
  }, {
    say: `${title}: now ${noun} ${index + by + 1} of ${things.length}.`,
    // The button that was pressed, or its neighbour where the thing has come to an end.
    focus: [`${keys(index + by)}.${by < 0 ? "up" : "down"}`, `${keys(index + by)}.${by < 0 ? "down" : "up"}`],
  });
  return make("div", { className: "b-acts" },
    button(`${keys(index)}.up`, "Up", title, () => move(-1), { disabled: index === 0 }),
    button(`${keys(index)}.down`, "Down", title, () => move(1), { disabled: index === things.length - 1 }),
    button(`${keys(index)}.remove`, "Remove", title, () => desk.change(() => { things.splice(index, 1); }, {
      say: `${title}: removed. Undo brings it back.`,
      focus: [`${keys(index)}.remove`, `${keys(index - 1)}.remove`, "undo"],
    })));
};

/* What is read ------------------------------------------------------------------------------------------------------ */

const titleOf = (known, id) => known?.title ?? known?.label ?? id;

const FATES = {
  unknown: id => `There is nothing here with the id “${id}”. It is kept until you remove it.`,
  retired: (id, known) => `This case was taken back. ${known.retired}`,
  failed: () => "This could not be loaded. Reload the page to try again.",
};

const sectionTicks = (desk, item, known) => {
  const all = known.sections.map(({ id }) => id);
  const isAssigned = id => !item.sections.length || item.sections.includes(id);
  const gone = item.sections.filter(id => !all.includes(id));
  const set = (id, on) => desk.change(() => {
    const chosen = new Set(item.sections.length ? item.sections : all);
    chosen[on ? "add" : "delete"](id);
    const kept = [...all.filter(one => chosen.has(one)), ...[...chosen].filter(one => !all.includes(one))];
    item.sections = kept.length === all.length && all.every(one => chosen.has(one)) ? [] : kept;
  }, { say: `${desk.sums()}`, focus: [`${item.key}.sections.${id}`] });
  const last = all.filter(isAssigned).length + gone.length === 1;
  const rows = known.sections.map(({ id, heading, words: count }) =>
    tick(`${item.key}.sections.${id}`, heading, `${minutesToRead(count, desk.wordsAMinute)} min`, isAssigned(id), on => set(id, on),
      { disabled: last && isAssigned(id) }));
  rows.push(...gone.map(id => tick(`${item.key}.sections.${id}`, `“${id}”: no longer a section of this case`, "", true,
    on => set(id, on), { disabled: last })));
  const said = item.sections.length ? `${item.sections.length} of ${all.length}` : `all ${all.length}`;
  return fold(desk, `${item.kind}:${item.id}:sections`, "Sections", said,
    make("fieldset", {}, make("legend", { className: "vh" }, `Sections of ${known.title}`), rows));
};

const questionTicks = (desk, session, item, known) => {
  const isAsked = id => session.asked.some(asked => asked.case === item.id && asked.id === id);
  const rows = known.questions.map(({ id, text, minutes }) =>
    tick(`${item.key}.ask.${id}`, text, minutes ? `${minutes} min` : "", isAsked(id), on => desk.change(() => {
      if (on) session.asked.push({ case: item.id, id });
      else session.asked = session.asked.filter(asked => asked.case !== item.id || asked.id !== id);
    }, { say: () => desk.sums(), focus: [`${item.key}.ask.${id}`] })));
  const said = `${known.questions.filter(({ id }) => isAsked(id)).length} of ${known.questions.length}`;
  return fold(desk, `${item.kind}:${item.id}:questions`, "Questions", said,
    make("fieldset", {}, make("legend", { className: "vh" }, `Questions of ${known.title}`), rows));
};

const sourceTicks = (desk, session, item, known) => {
  const isRead = id => session.items.some(one => one.kind === "source" && one.id === id);
  const rows = known.sources.map(({ id, label }) =>
    tick(`${item.key}.source.${id}`, label, "", isRead(id), on => desk.change(() => {
      if (on) session.items.splice(session.items.indexOf(item) + 1, 0, newItem("source", id));
      else session.items = session.items.filter(one => one.kind !== "source" || one.id !== id);
    }, { say: on ? `${label}: added to what is read.` : `${label}: removed.`, focus: [`${item.key}.source.${id}`] })));
  const said = `${known.sources.filter(({ id }) => isRead(id)).length} of ${known.sources.length}`;
  return fold(desk, `${item.kind}:${item.id}:sources`, "Sources to read as well", said,
    make("fieldset", {}, make("legend", { className: "vh" }, `Sources of ${known.title}`), rows));
};

/** Which text of the case the list was made from, where that is not the one that stands here now. */
const editionOf = (desk, item, known) => {
  const token = desk.list.editions[item.id];
  if (!token || token === known.edition) return null;
  const link = make("a", { href: desk.at(`cases/${item.id}/changes/?edition=${encodeURIComponent(token)}`) }, "see what changed");
  return make("p", { className: "b-warn rec" }, `The case has changed since this list was made (edition ${token}): `, link, ". ",
    button(`${item.key}.edition`, "Take today’s text", known.title, () => desk.change(() => {
      desk.list.editions[item.id] = known.edition;
    }, { say: "The list is now made from today’s text.", focus: [`${item.key}.why`] })));
};

const moveTo = (desk, session, item, title) => {
  if (desk.list.sessions.length < 2) return null;
  const select = make("select", { id: `b--${item.key}.to` }, desk.list.sessions.map((one, index) =>
    make("option", { value: index, selected: one === session }, `Session ${index + 1}`)));
  select.dataset.key = `${item.key}.to`;
  select.addEventListener("change", () => {
    const to = desk.list.sessions[select.value];
    desk.change(() => {
      session.items.splice(session.items.indexOf(item), 1);
      to.items.push(item);
      if (item.kind !== "case") return;
      // Its questions go with it, unless the case is read in the old session as well.
      if (session.items.some(one => one.kind === "case" && one.id === item.id)) return;
      to.asked.push(...session.asked.filter(({ case: of, id }) =>
        of === item.id && !to.asked.some(asked => asked.case === of && asked.id === id)));
      session.asked = session.asked.filter(({ case: of }) => of !== item.id);
    }, {
      say: `${title}: moved to session ${Number(select.value) + 1}.`,
      focus: [`s${select.value}.i${to.items.length}.to`],
    });
  });
  return make("span", { className: "b-to" }, make("label", { htmlFor: select.id, className: "vh" }, `Session of ${title}`), select);
};

const itemPart = (desk, session, item, index) => {
  const known = desk.of(item.kind, item.id);
  const title = titleOf(known, item.id);
  const isHere = known?.state === "here";
  const minutes = minutesOf(item, known, desk.wordsAMinute);
  const heading = make("h5", { className: "b-title" },
    isHere ? make("a", { href: desk.at(`${item.kind}s/${item.id}/`) }, title) : title,
    known?.status && make("span", { className: "draft" }, ` (${known.status})`));
  const bar = acts(desk, session.items, index, title, at => `${session.key}.i${at}`, "reading");
  bar.prepend(moveTo(desk, session, item, title) ?? "");
  const more = fold(desk, `${item.kind}:${item.id}:more`, "Minutes, optional",
    [item.optional && "optional", item.minutes && `${item.minutes} min`].filter(Boolean).join(", "),
    make("div", { className: "b-row" },
      field(desk, `${item.key}.minutes`, "Minutes to read, if not as counted", item.minutes, value => { item.minutes = words(value); },
        { inputMode: "numeric", maxLength: 3 }),
      tick(`${item.key}.optional`, "Optional: the session can do without it", "", item.optional, on =>
        desk.change(() => { item.optional = on; }, { say: () => desk.sums(), focus: [`${item.key}.optional`] }))));
  return make("li", { className: "b-item" },
    make("div", { className: "b-head" }, heading,
      make("p", { className: "rec b-minutes", "data-minutes": item.key }, minutes ? `${minutes} min` : known ? "" : "loading"), bar),
    known && !isHere && make("p", { className: "b-warn rec" }, FATES[known.state]?.(item.id, known) ?? ""),
    isHere && item.kind === "case" && editionOf(desk, item, known),
    field(desk, `${item.key}.why`, "What to read it for", item.why, value => { item.why = words(value); }, { rows: 2, maxLength: 2000 }),
    make("div", { className: "b-folds" }, isHere && item.kind === "case" && [sectionTicks(desk, item, known),
      questionTicks(desk, session, item, known), sourceTicks(desk, session, item, known)], more));
};

/* What is asked ------------------------------------------------------------------------------------------------------ */

const askedPart = (desk, session, asked, index) => {
  const known = desk.of("case", asked.case);
  const question = known?.questions?.find(({ id }) => id === asked.id);
  const gone = known && known.state !== "failed" && !question;
  const text = question?.text ?? (gone ? `“${asked.id}” of “${titleOf(known, asked.case)}”: no longer asked there. It is kept until you remove it.` : asked.id);
  const bar = acts(desk, session.asked, index, text, at => `${session.key}.q${at}`, "question");
  return make("li", { className: gone ? "b-asked b-warn" : "b-asked" },
    make("p", {}, text), make("p", { className: "rec" }, [question?.minutes && `${question.minutes} min`, titleOf(known, asked.case)].filter(Boolean).join(" · ")), bar);
};

const ownPart = (desk, session, own, index) => {
  const bar = acts(desk, session.own, index, own.text || "Your question", at => `${session.key}.o${at}`, "question");
  const cases = [...new Set(session.items.filter(({ kind }) => kind === "case").map(({ id }) => id))];
  const isEvidence = (of, id) => own.evidence.some(one => one.case === of && one.id === id);
  const change = (of, id, on) => desk.change(() => {
    if (on) own.evidence.push({ case: of, id });
    else own.evidence = own.evidence.filter(one => one.case !== of || one.id !== id);
  }, { focus: [`${own.key}.evidence.${of}.${id}`] });
  const offered = cases.flatMap(of => (desk.of("case", of)?.sections ?? []).map(({ id, heading }) => ({ of, id, heading })));
  const others = own.evidence.filter(one => !offered.some(({ of, id }) => of === one.case && id === one.id))
    .map(({ case: of, id }) => ({ of, id, heading: `${of}#${id}` }));
  const rows = [...offered, ...others].map(({ of, id, heading }) =>
    tick(`${own.key}.evidence.${of}.${id}`, heading, titleOf(desk.of("case", of), of), isEvidence(of, id), on => change(of, id, on)));
  const evidence = fold(desk, `own:${own.id}:evidence`, "What a class can point to", counted(own.evidence.length, "place"),
    make("fieldset", {}, make("legend", { className: "vh" }, "Sections that a class can point to"), rows));
  evidence.firstChild.dataset.key = `${own.key}.evidence`;
  return make("li", { className: "b-asked b-own" },
    field(desk, `${own.key}.text`, "A question of your own", own.text, value => { own.text = words(value); },
      { rows: 2, maxLength: 2000, hint: "It needs at least one place in a case as evidence before there is a file." }),
    field(desk, `${own.key}.minutes`, "Minutes", own.minutes, value => { own.minutes = words(value); }, { inputMode: "numeric", maxLength: 3 }),
    evidence,
    fold(desk, `own:${own.id}:note`, "Answer note, for the teacher", own.note ? "written" : "none",
      field(desk, `${own.key}.note`, "What a good discussion reaches", own.note, value => { own.note = prose(value); }, { rows: 3 })),
    bar);
};

const addOwn = (desk, session, index) => button(`${session.key}.ask`, "Ask a question of your own", `session ${index + 1}`, () => {
  const taken = new Set(desk.list.sessions.flatMap(({ own }) => own.map(({ id }) => id)));
  let number = 1;
  while (taken.has(`q-${number}`)) number += 1;
  desk.change(() => { session.own.push({ text: "", id: `q-${number}`, evidence: [], minutes: "", note: "" }); },
    { say: "A question was added.", focus: [`${session.key}.o${session.own.length}.text`] });
});

/* Choosing cases ------------------------------------------------------------------------------------------------------- */

const some = names => names.slice(0, 3).join(", ") + (names.length > 3 ? " and others" : "");

const caseTick = (desk, session, one) => {
  const isIn = session.items.some(({ kind, id }) => kind === "case" && id === one.id);
  const about = [one.when, some(one.people), `${one.minutes} min`, counted(one.questions, "question")].filter(Boolean).join(" · ");
  return make("li", {}, tick(`${session.key}.case.${one.id}`,
    make("span", {}, one.title, one.status && ` (${one.status})`, make("small", {}, about)), "", isIn, on => desk.change(() => {
      if (on) session.items.push(newItem("case", one.id));
      else {
        session.items = session.items.filter(({ kind, id }) => kind !== "case" || id !== one.id);
        session.asked = session.asked.filter(asked => asked.case !== one.id);
      }
    }, { say: on ? `${one.title}: added.` : `${one.title}: removed.`, focus: [`${session.key}.case.${one.id}`] })));
};

const chooser = (desk, session, index) => {
  const input = make("input", { type: "search", id: `b--${session.key}.find`, autocomplete: "off", value: desk.wanted });
  input.dataset.key = `${session.key}.find`;
  const results = make("ul", { className: "b-cases" });
  const status = make("p", { className: "rec", role: "status" });
  let turn = 0;
  const show = async () => {
    const mine = ++turn;
    desk.wanted = input.value;
    const wanted = input.value.trim();
    try {
      const { cases, total } = await (wanted ? desk.cases.find(wanted) : desk.cases.newest());
      if (mine !== turn) return;
      const shown = cases.slice(0, FIRST_CASES);
      results.replaceChildren(...shown.map(one => caseTick(desk, session, one)));
      if (wanted) status.textContent = cases.length ? `${shown.length} of ${counted(cases.length, "case")} with these words` : "No case has all of these words.";
      else status.textContent = total > shown.length ? `The newest ${shown.length} of ${counted(total, "case")}: type to find others` : counted(total, "case");
      desk.refocus();
    } catch {
      if (mine === turn) status.textContent = "The cases could not be loaded. Type again to try once more.";
    }
  };
  input.addEventListener("input", show);
  show();
  const close = () => desk.choose(null, [`${session.key}.add`]);
  const made = make("div", { className: "b-chooser" },
    make("div", { className: "b-field" }, make("label", { htmlFor: input.id }, "Find a case: a title, a person, a theme"), input),
    status, make("fieldset", {}, make("legend", { className: "vh" }, `Cases for session ${index + 1}`), results),
    button(`${session.key}.done`, "Done", "choosing cases", close));
  made.addEventListener("keydown", event => { if (event.key === "Escape") close(); });
  return made;
};

/* Sessions --------------------------------------------------------------------------------------------------------------- */

export const sumsOf = (desk, session) => {
  const { reading, discussion, untimed } = sessionMinutes(session, desk.of, desk.wordsAMinute);
  const parts = [`Reading ${reading} min`, `discussion ${discussion}${session.minutes ? ` of ${session.minutes}` : ""} min`];
  if (untimed) parts.push(`${counted(untimed, "question")} without minutes`);
  const over = Number(session.minutes) > 0 && discussion > Number(session.minutes);
  return [parts.join(", "), over && make("strong", { className: "b-warn" }, `. The questions take ${discussion - session.minutes} min more than the class has.`)];
};

const sessionPart = (desk, session, index) => {
  const name = `Session ${index + 1}`;
  const set = key => value => { session[key] = words(value); };
  const isChoosing = desk.choosing === session.key;
  const bar = desk.list.sessions.length > 1 && acts(desk, desk.list.sessions, index, name, at => `s${at}`, "session");
  return make("section", { className: "b-session", "aria-labelledby": `b--${session.key}` },
    make("div", { className: "b-head" }, make("h3", { id: `b--${session.key}` }, name), bar),
    field(desk, `${session.key}.title`, "Subject", session.title, set("title"), { maxLength: 200 }),
    make("div", { className: "b-row" },
      field(desk, `${session.key}.date`, "Day", session.date, set("date"), /^(?:\d{4}-\d{2}-\d{2})?$/.test(session.date) ? { type: "date" } : {}),
      field(desk, `${session.key}.time`, "Begins at", session.time, set("time"), { type: "time" }),
      field(desk, `${session.key}.minutes`, "Minutes of class", session.minutes, set("minutes"), { inputMode: "numeric", maxLength: 3 })),
    fold(desk, `${session.key}:objectives`, "Objectives", session.objectives.length ? String(session.objectives.length) : "none",
      field(desk, `${session.key}.objectives`, "What students can do afterwards", session.objectives.join("\n"),
        value => { session.objectives = value.split("\n").map(words).filter(Boolean); }, { rows: 3, hint: "One on each line." })),
    make("h4", {}, "Read"),
    session.items.length > 0 && make("ol", { className: "b-items" }, session.items.map((item, at) => itemPart(desk, session, item, at))),
    isChoosing ? chooser(desk, session, index)
      : button(`${session.key}.add`, session.items.length ? "Add or remove cases" : "Choose cases", name.toLowerCase(), () => desk.choose(session.key, [`${session.key}.find`]), { className: "b-act b-add" }),
    make("h4", {}, "Discuss"),
    session.asked.length + session.own.length === 0 && make("p", { className: "rec" }, "Tick questions under a case, or ask your own."),
    make("ol", { className: "b-questions" }, session.asked.map((asked, at) => askedPart(desk, session, asked, at)),
      session.own.map((own, at) => ownPart(desk, session, own, at))),
    addOwn(desk, session, index),
    make("p", { className: "b-sum rec", "data-sum": session.key }, sumsOf(desk, session)));
};

/** The whole form, in the order in which it is filled in. */
export const formOf = desk => {
  const { list } = desk;
  const add = button("add-session", "Add a session", "", () => desk.change(() => { list.sessions.push(newSession()); },
    { say: `Session ${list.sessions.length + 1} was added.`, focus: [`s${list.sessions.length}.title`] }), { className: "b-act b-add" });
  return [
    field(desk, "list.title", "Title", list.title, value => { list.title = words(value); }, { maxLength: 200 }),
    field(desk, "list.audience", "For whom", list.audience, value => { list.audience = words(value); },
      { maxLength: 200, hint: "For example: second-year undergraduates." }),
    field(desk, "list.introduction", "Introduction", list.introduction, value => { list.introduction = prose(value); },
      { rows: 4, hint: "What holds the sessions together. An empty line begins a new paragraph. It may stay empty." }),
    list.sessions.map((session, index) => sessionPart(desk, session, index)),
    add,
  ];
};

/** The name of the file: as it was given, else from the title. */
export const fileName = list => list.id || idFrom(list.title) || "reading-list";
