/* What the checker would have to say of a list: what keeps it from being a casefile (`missing`), and what it would ask
   about (`doubts`). Each is a sentence with the key of the field that it is about. */

import { idFrom, number, sessionMinutes } from "./reckoning.js";
import { referencesIn } from "./sheet.js";

const ID = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const CLOCK = /^([01]\d|2[0-3]):[0-5]\d$/;

const isDay = date => DAY.test(date) && !Number.isNaN(Date.parse(`${date}T00:00Z`)) &&
  new Date(`${date}T00:00Z`).toISOString().startsWith(date);

/** What keeps a list from being a casefile. */
export function* missing(list, of) {
  if (!list.title) yield ["list.title", "The list has no title."];
  if (!list.audience) yield ["list.audience", "The list does not say for whom it is."];
  if (list.title && !list.id && !idFrom(list.title)) yield ["list.title", "The title needs a word in Latin letters, from which the file gets its name."];
  if (list.id && (!ID.test(list.id) || list.id.length > 80))
    yield ["list.title", `“${list.id}” cannot be the name of a file here: start again, or open a list with another id.`];
  for (const [field, most] of [["title", 200], ["audience", 200], ["introduction", 60000]])
    if ([...list[field]].length > most) yield [`list.${field}`, `This has more than ${most.toLocaleString("en")} characters: ${field}.`];
  yield* missingInProse(list.introduction, "list.introduction", "The introduction", of);
  let last = null;
  for (const [index, session] of list.sessions.entries()) {
    const name = `Session ${index + 1}`;
    yield* missingIn(session, name, of);
    if (!isDay(session.date)) continue;
    if (last && last.date > session.date) yield [`${session.key}.date`, `${name} is dated before an earlier session.`];
    else if (last && beginsTooEarly(session, last)) yield [`${session.key}.time`, `${name} begins before the session of the same day is over.`];
    if (!last || session.date >= last.date) last = session;
  }
}

const minute = clock => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));
const beginsTooEarly = (session, last) => session.date === last.date && CLOCK.test(session.time) && CLOCK.test(last.time) &&
  minute(session.time) < minute(last.time) + (number(last.minutes) || 1);

function* missingInProse(text, key, name, of) {
  if (/<[A-Za-z/!?]/.test(text)) yield [key, `${name} holds HTML: write Markdown, or a blank after the sign “<”.`];
  if (/!\[/.test(text)) yield [key, `${name} holds a picture: describe it instead.`];
  if (/^ {0,3}(?:#{1,6}(?:\s|$)|=+\s*$|-+\s*$)/m.test(text)) yield [key, `${name} holds a heading: write paragraphs.`];
  for (const id of referencesIn(text))
    if (of("name", id)?.state === "unknown") yield [key, `${name} refers to “${id}”, and nothing here has that id.`];
}

function* missingIn(session, name, of) {
  const { key } = session;
  if (!session.title) yield [`${key}.title`, `${name} has no title.`];
  if ([...session.title].length > 200) yield [`${key}.title`, `The title of ${name} has more than 200 characters.`];
  if (session.time && !isDay(session.date)) yield [`${key}.date`, `${name} has a time and no day.`];
  if (session.time && !CLOCK.test(session.time)) yield [`${key}.time`, `${name}: a time is written as 10:15.`];
  if (session.minutes && !(number(session.minutes) >= 10 && number(session.minutes) <= 600))
    yield [`${key}.minutes`, `${name}: a class lasts from 10 to 600 minutes.`];
  if (!session.items.length) yield [`${key}.add`, `${name} has nothing to read.`];
  for (const item of session.items) yield* missingFrom(item, name, of(item.kind, item.id));
  for (const [at, asked] of session.asked.entries()) {
    const outline = of("case", asked.case);
    if (outline?.state === "here" && !outline.questions.some(({ id }) => id === asked.id))
      yield [`${key}.q${at}.remove`, `${name} asks a question that “${outline.title}” does not ask.`];
    else yield* missingCase(outline, `${key}.q${at}.remove`, name, asked.case);
  }
  for (const own of session.own) {
    yield* missingInProse(own.note, `${own.key}.note`, `${name}: the answer note`, of);
    if (!own.text) yield [`${own.key}.text`, `${name}: a question of your own has no words.`];
    if (!own.evidence.length) yield [`${own.key}.evidence`, `${name}: a question of your own names no section to which a class can point.`];
    if (own.minutes && !(number(own.minutes) >= 1 && number(own.minutes) <= 240))
      yield [`${own.key}.minutes`, `${name}: a question takes from 1 to 240 minutes.`];
  }
}

function* missingCase(known, key, name, id) {
  if (known?.state === "unknown") yield [key, `${name}: there is nothing here with the id “${id}”.`];
  else if (known?.state === "retired") yield [key, `${name}: “${known.title}” was taken back.`];
  else if (known?.state === "failed") yield [key, `${name}: “${id}” could not be loaded.`];
  else if (!known) yield [key, `${name}: “${id}” is still being loaded.`];
}

function* missingFrom(item, name, known) {
  const title = known?.title ?? known?.label ?? item.id;
  yield* missingCase(known, `${item.key}.why`, name, item.id);
  if (!item.why) yield [`${item.key}.why`, `${name} does not say what to read “${title}” for.`];
  if ([...item.why].length > 2000) yield [`${item.key}.why`, `${name}: what “${title}” is read for has more than 2,000 characters.`];
  if (item.minutes && !(number(item.minutes) >= 1 && number(item.minutes) <= 600))
    yield [`${item.key}.minutes`, `${name}: reading “${title}” takes from 1 to 600 minutes.`];
  if (known?.state === "here" && known.sections)
    for (const id of item.sections)
      if (!known.sections.some(section => section.id === id))
        yield [`${item.key}.sections`, `${name}: “${title}” has no section “${id}” any more.`];
}

/** What the checker would ask about: nothing of it keeps a list from being a casefile. */
export function* doubts(list, of, wordsAMinute) {
  const given = new Map();                             // case → whether it had to be read
  for (const [index, session] of list.sessions.entries()) {
    const name = `Session ${index + 1}`;
    const { discussion } = sessionMinutes(session, of, wordsAMinute);
    if (number(session.minutes) && discussion > number(session.minutes))
      yield [`${session.key}.minutes`, `${name}: the questions take ${discussion} minutes, and the class lasts ${session.minutes}.`];
    for (const { kind, id, optional } of session.items) if (kind === "case") given.set(id, given.get(id) || !optional);
    yield* twice(session, name, of);
    for (const [key, id] of asksAbout(session)) {
      const title = of("case", id)?.title ?? id;
      if (!given.has(id)) yield [key, `${name} asks about “${title}”, which is not assigned by then.`];
      else if (!given.get(id)) yield [key, `${name} asks about “${title}”, which is optional up to then.`];
    }
  }
}

const asksAbout = session => [...new Map([
  ...session.asked.map(({ case: id }, at) => [`${session.key}.q${at}.remove`, id]),
  ...session.own.flatMap(own => own.evidence.map(({ case: id }) => [`${own.key}.evidence`, id])),
].map(([key, id]) => [id, [key, id]])).values()];

function* twice(session, name, of) {
  for (const [at, item] of session.items.entries())
    if (session.items.slice(0, at).some(other => isAgain(item, other))) {
      const known = of(item.kind, item.id);
      yield [`${item.key}.remove`, `${name} assigns “${known?.title ?? known?.label ?? item.id}” twice: name other sections, or make one of them optional.`];
    }
  for (const [at, asked] of session.asked.entries())
    if (session.asked.slice(0, at).some(other => other.case === asked.case && other.id === asked.id))
      yield [`${session.key}.q${at}.remove`, `${name} asks the same question twice.`];
}

const isAgain = (item, other) => {
  if (item.kind !== other.kind || item.id !== other.id) return false;
  if ([...item.sections].sort().join() === [...other.sections].sort().join()) return true;
  const shares = !item.sections.length || !other.sections.length || item.sections.some(id => other.sections.includes(id));
  return shares && !item.optional && !other.optional;
};
