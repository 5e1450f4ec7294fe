/* A reading list ⇄ the fragment of an address. The format is described in hooks/casebook/views/list_address.py, which
   writes the same addresses. Everything in a list is text as it was typed; what is wrong with it is another module's affair. */

export const VERSION = "1";

const SIGNS = { "%20": "+", "%2F": "/", "%3A": ":", "%2C": ",", "%40": "@" };
const written = text => encodeURIComponent(text)
  .replace(/[!'()*]/g, sign => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
  .replace(/%(?:20|2F|3A|2C|40)/g, code => SIGNS[code]);

/* What casefiles may not hold, as text_files.FORBIDDEN has it, and halves of characters. */
const FORBIDDEN =
  /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]|\p{Surrogate}/gu;

/** Text of several lines without what a casefile may not hold. */
export const prose = text => text.replace(/\r\n?/g, "\n").replace(FORBIDDEN, "").replace(/[ \t]+$/gm, "").trim();

/** Text of one line. */
export const words = text => prose(text).replace(/\s+/g, " ");

export const newSession = () => ({ title: "", date: "", time: "", minutes: "", objectives: [], asked: [], items: [], own: [] });
export const newList = () =>
  ({ id: "", title: "", audience: "", introduction: "", updated: "", former: [], editions: {}, sessions: [newSession()] });
export const newItem = (kind, id) => ({ kind, id, sections: [], why: "", minutes: "", optional: false });

/** `case-id:local-id` as a pair. */
const pair = text => {
  const at = text.indexOf(":");
  return at < 0 ? { case: text, id: "" } : { case: text.slice(0, at), id: text.slice(at + 1) };
};

/* What each field does to what was begun last. Whatever begins something is in BEGINNINGS. */
const FIELDS = {
  list: {
    id: (list, value) => { list.id = words(value); },
    title: (list, value) => { list.title = words(value); },
    audience: (list, value) => { list.audience = words(value); },
    introduction: (list, value) => { list.introduction = prose(value); },
    updated: (list, value) => { list.updated = words(value); },
    former: (list, value) => { list.former.push(words(value)); },
    edition: (list, value) => { const { case: of, id } = pair(words(value)); list.editions[of] = id; },
  },
  session: {
    date: (session, value) => { session.date = words(value); },
    time: (session, value) => { session.time = words(value); },
    minutes: (session, value) => { session.minutes = words(value); },
    objective: (session, value) => { session.objectives.push(words(value)); },
    ask: (session, value) => { session.asked.push(pair(words(value))); },
  },
  item: {
    sections: (item, value) => { item.sections = words(value).split(",").filter(Boolean); },
    why: (item, value) => { item.why = words(value); },
    minutes: (item, value) => { item.minutes = words(value); },
    optional: (item, value) => { item.optional = value === "1"; },
  },
  own: {
    id: (own, value) => { own.id = words(value); },
    evidence: (own, value) => { own.evidence.push(pair(words(value))); },
    minutes: (own, value) => { own.minutes = words(value); },
    note: (own, value) => { own.note = prose(value); },
  },
};

const BEGINNINGS = {
  session: (list, value) => {
    list.sessions.push({ ...newSession(), title: words(value) });
    return ["session", list.sessions.at(-1)];
  },
  case: (list, value) => begin(list, "items", "item", newItem("case", words(value))),
  source: (list, value) => begin(list, "items", "item", newItem("source", words(value))),
  own: (list, value) => begin(list, "own", "own", { text: words(value), id: "", evidence: [], minutes: "", note: "" }),
};

const begin = (list, place, kind, made) => {
  if (!list.sessions.length) list.sessions.push(newSession());   // an address that somebody typed
  list.sessions.at(-1)[place].push(made);
  return [kind, made];
};

/** The list in a fragment, and what is to be told about the address. `null` where the fragment holds none. */
export const readAddress = fragment => {
  const fields = [...new URLSearchParams(fragment.replace(/^#/, ""))];
  if (fields[0]?.[0] !== "v") return null;
  const list = { ...newList(), editions: Object.create(null), sessions: [] };
  if (fields[0][1] !== VERSION) return { list: newList(), told: ["newer"] };
  const told = [];
  let [kind, begun] = ["list", list];
  for (const [key, value] of fields.slice(1)) {
    if (key === "end") continue;
    if (Object.hasOwn(BEGINNINGS, key)) [kind, begun] = BEGINNINGS[key](list, value);
    else if (Object.hasOwn(FIELDS[kind], key)) FIELDS[kind][key](begun, value);
    else if (!told.includes("odd")) told.push("odd");
  }
  if (fields.at(-1)[0] !== "end") told.unshift("cut");
  if (!list.sessions.length) list.sessions.push(newSession());
  return { list, told };
};

/* The cases that a list names, in the order in which courses.Course.cases has them. */
export const casesOf = list => [...new Set(list.sessions.flatMap(session =>
  [...session.items.filter(({ kind }) => kind === "case"), ...session.asked.map(({ case: id }) => ({ id }))].map(({ id }) => id)))];

function* fieldsOf(list) {
  const given = (key, value) => value ? [[key, value]] : [];
  const reference = ({ case: of, id }) => `${of}:${id}`;
  yield ["v", VERSION];
  for (const key of ["id", "title", "audience", "introduction", "updated"]) yield* given(key, list[key]);
  for (const old of list.former) yield ["former", old];
  for (const id of casesOf(list)) if (list.editions[id]) yield ["edition", `${id}:${list.editions[id]}`];
  for (const session of list.sessions) {
    yield ["session", session.title];
    for (const key of ["date", "time", "minutes"]) yield* given(key, session[key]);
    for (const objective of session.objectives) yield ["objective", objective];
    for (const asked of session.asked) yield ["ask", reference(asked)];
    for (const item of session.items) {
      yield [item.kind, item.id];
      yield* given("sections", item.sections.join(","));
      yield* given("why", item.why);
      yield* given("minutes", item.minutes);
      yield* given("optional", item.optional && "1");
    }
    for (const own of session.own) {
      yield ["own", own.text];
      yield* given("id", own.id);
      for (const evidence of own.evidence) yield ["evidence", reference(evidence)];
      yield* given("minutes", own.minutes);
      yield* given("note", own.note);
    }
  }
}

const EMPTY = [...fieldsOf(newList())].length;

/** The fragment for a list, without its `#`; nothing for a list in which nothing was written. */
export const writeAddress = list => {
  const fields = [...fieldsOf(list)];
  if (fields.length <= EMPTY && !list.sessions[0]?.title) return "";
  return `${fields.map(([key, value]) => `${key}=${written(value)}`).join("&")}&end`;
};
