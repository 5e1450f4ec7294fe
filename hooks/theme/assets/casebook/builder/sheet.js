/* The list as a class gets it: what is printed, and on the screen what will be. */

import { counted, make } from "./dom.js";
import { minutesOf, sessionMinutes } from "./reckoning.js";

const DAY = new Intl.DateTimeFormat("en-GB", { weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });

export const dayInWords = date => /^\d{4}-\d{2}-\d{2}$/.test(date) && !Number.isNaN(Date.parse(`${date}T00:00Z`))
  ? DAY.format(new Date(`${date}T00:00Z`)) : date;

export const whenInWords = ({ date, time, minutes }) =>
  [date && dayInWords(date), time, minutes && `${minutes} minutes`].filter(Boolean).join(", ");

/** `¶ 3–7` */
const numbers = ([first, last]) => last < first ? "" : first === last ? `¶ ${first}` : `¶ ${first}–${last}`;

/** An address as it is read on paper, led to on the screen. */
const place = (desk, uri, words) => make("li", {}, words, words && " ", make("a", { href: desk.at(uri) }, desk.shown(uri)));

const readingPart = (desk, item) => {
  const known = desk.of(item.kind, item.id);
  const title = known?.title ?? known?.label ?? item.id;
  const minutes = minutesOf(item, known, desk.wordsAMinute);
  const page = `${item.kind}s/${item.id}/`;
  const sections = (known?.sections ?? []).filter(({ id }) => item.sections.includes(id));
  const places = sections.length
    ? sections.map(({ id, heading, paragraphs }) => place(desk, `${page}#${id}`, `${heading}, ${numbers(paragraphs)}:`))
    : [place(desk, page, "")];
  return make("li", {}, make("p", {}, make("strong", {}, title), ". ", item.why),
    make("p", { className: "rec" }, [minutes && `${minutes} min`, item.optional && "optional"].filter(Boolean).join(", ")),
    known?.state === "here" && make("ul", { className: "rec" }, places));
};

const questionPart = (text, minutes, title) =>
  make("li", {}, make("p", {}, text), make("p", { className: "rec" }, [minutes && `${minutes} min`, title].filter(Boolean).join(" · ")));

const sessionPart = (desk, session, index) => {
  const { reading } = sessionMinutes(session, desk.of, desk.wordsAMinute);
  const asked = session.asked.map(({ case: of, id }) => {
    const known = desk.of("case", of);
    const question = known?.questions?.find(one => one.id === id);
    return question && questionPart(question.text, question.minutes, known.title);
  });
  const questions = [...asked, ...session.own.map(({ text, minutes }) => text && questionPart(text, minutes, ""))].filter(Boolean);
  return make("section", { className: "b-sheet-session" },
    make("h4", {}, `${index + 1}. ${session.title || `Session ${index + 1}`}`),
    whenInWords(session) && make("p", { className: "rec" }, whenInWords(session)),
    session.objectives.length > 0 && [make("p", { className: "caps" }, "Objectives"), make("ul", { className: "plain" }, session.objectives.map(one => make("li", {}, one)))],
    session.items.length > 0 && [make("p", { className: "caps" }, `Read, ${counted(reading, "minute")}`), make("ol", { className: "b-sheet-read" }, session.items.map(item => readingPart(desk, item)))],
    questions.length > 0 && [make("p", { className: "caps" }, "Discuss"), make("ol", { className: "b-sheet-ask" }, questions)]);
};

/* The introduction, as far as its Markdown is needed to read it: references, links, emphasis. The rest stands as typed. */

const REFERENCE = /\[\[([^\[\]|]*)(?:\|([^\[\]]*))?\]\]/;
const MARKS = new RegExp(`${REFERENCE.source}|\\[([^\\[\\]]+)\\]\\((https?://[^\\s()]+)\\)|\\*\\*([^*]+)\\*\\*|\\*([^*\\s][^*]*)\\*`, "g");

/** Ids that a prose text names, without those inside a case. */
export const referencesIn = text =>
  [...new Set([...text.matchAll(new RegExp(REFERENCE, "g"))].map(([, id]) => id.trim().split("#")[0]).filter(Boolean))];

const referred = (desk, target, words) => {
  const [id, local] = target.trim().split("#");
  const known = desk.of("name", id);
  const label = words || known?.label || id;
  return known?.state === "here" ? make("a", { href: desk.at(known.uri + (local ? `#${local}` : "")) }, label) : label;
};

const inProse = (desk, text) => {
  const parts = [];
  let end = 0;
  for (const found of text.matchAll(MARKS)) {
    const [all, target, words, label, address, strong, emphasis] = found;
    parts.push(text.slice(end, found.index));
    if (target !== undefined) parts.push(referred(desk, target, words));
    else if (address) parts.push(make("a", { href: address }, label));
    else parts.push(make(strong ? "strong" : "em", {}, strong ?? emphasis));
    end = found.index + all.length;
  }
  return [...parts, text.slice(end)];
};

const introduction = (desk, text) => text.split(/\n\s*\n/).filter(Boolean).map(part => make("p", {}, inProse(desk, part)));

const editions = (desk, ids) => {
  const known = ids.map(id => [id, desk.of("case", id), desk.list.editions[id]]).filter(([, found, token]) => found?.state === "here" && token);
  if (!known.length) return null;
  return make("section", { className: "b-sheet-editions" }, make("p", { className: "caps" }, "The texts that were assigned, and what changed since"),
    make("ul", { className: "rec" }, known.map(([id, { title }, token]) => place(desk, `cases/${id}/changes/?edition=${token}`, `${title}:`))));
};

export const sheetOf = (desk, ids) => {
  const { list } = desk;
  return [
    make("h3", { className: "b-sheet-title" }, list.title || "A reading list"),
    list.audience && make("p", { className: "dek" }, `For ${list.audience}`),
    introduction(desk, list.introduction),
    list.sessions.map((session, index) => sessionPart(desk, session, index)),
    editions(desk, ids),
  ].flat().filter(Boolean);
};

/** The same of one session in plain words, for a calendar. */
export const sessionInWords = (desk, session) => [
  ...session.items.map(item => {
    const known = desk.of(item.kind, item.id);
    return `Read: ${known?.title ?? known?.label ?? item.id}${item.optional ? " (optional)" : ""}. ${item.why} ${desk.shown(`${item.kind}s/${item.id}/`)}`;
  }),
  ...session.asked.map(({ case: of, id }) => desk.of("case", of)?.questions?.find(one => one.id === id)?.text).filter(Boolean).map(text => `Discuss: ${text}`),
  ...session.own.filter(({ text }) => text).map(({ text }) => `Discuss: ${text}`),
].join("\n");
