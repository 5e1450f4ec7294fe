/* What a list comes to: minutes of reading and discussion, and what is missing from it before it can be proposed. */

const ID = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** The rule of marks.minutes_to_read: whole minutes, at least one. */
export const minutesToRead = (count, wordsAMinute) => Math.max(1, Math.ceil(count / wordsAMinute));

const number = value => /^\d{1,3}$/.test(value) ? Number(value) : 0;

/** Minutes of an item: as the list says, else counted; `null` where nobody knows. */
export const minutesOf = (item, outline, wordsAMinute) => {
  if (item.minutes) return number(item.minutes);
  if (outline?.state !== "here" || !outline.sections) return null;
  const assigned = outline.sections.filter(({ id }) => !item.sections.length || item.sections.includes(id));
  return minutesToRead(assigned.reduce((sum, { words }) => sum + words, 0), wordsAMinute);
};

/** `{reading, discussion, untimed}` of a session, in minutes and questions. Optional readings are not counted. */
export const sessionMinutes = (session, of, wordsAMinute) => {
  const minutes = session.asked.map(({ case: id, id: local }) =>
    of("case", id)?.questions?.find(question => question.id === local)?.minutes ?? 0);
  minutes.push(...session.own.map(own => number(own.minutes)));
  return {
    reading: session.items.filter(({ optional }) => !optional)
      .reduce((sum, item) => sum + (minutesOf(item, of(item.kind, item.id), wordsAMinute) ?? 0), 0),
    discussion: minutes.reduce((sum, one) => sum + one, 0),
    untimed: minutes.filter(one => !one).length,
  };
};

/** An id made from a title: lower-case letters, digits and single hyphens. */
export const idFrom = title =>
  title.normalize("NFKD").toLowerCase().replace(/[\u0300-\u036f’']/g, "").replace(/[^a-z0-9]+/g, "-")
    .slice(0, 60).replace(/^-+|-+$/g, "");

const isDay = date => DAY.test(date) && !Number.isNaN(Date.parse(`${date}T00:00Z`)) &&
  new Date(`${date}T00:00Z`).toISOString().startsWith(date);

/** What keeps a list from being a casefile: sentences, each with the key of the field that they are about. */
export function* missing(list, of) {
  if (!list.title) yield ["list.title", "The list has no title."];
  if (!list.audience) yield ["list.audience", "The list does not say for whom it is."];
  if (list.title && !list.id && !idFrom(list.title)) yield ["list.id", "The list needs a name in Latin letters for its file."];
  if (list.id && (!ID.test(list.id) || list.id.length > 80))
    yield ["list.id", "The name of the file is made of lower-case letters, digits and single hyphens."];
  for (const [field, name, most] of [["title", "title", 200], ["audience", "audience", 200], ["introduction", "introduction", 60000]])
    if ([...list[field]].length > most) yield [`list.${field}`, `The ${name} has more than ${most} characters.`];
  let before = "";
  for (const [index, session] of list.sessions.entries()) {
    const name = `Session ${index + 1}`;
    yield* missingIn(session, name, of);
    if (isDay(session.date) && before > session.date) yield [`${session.key}.date`, `${name} is dated before an earlier session.`];
    if (isDay(session.date)) before = session.date;
  }
}

function* missingIn(session, name, of) {
  const { key } = session;
  if (!session.title) yield [`${key}.title`, `${name} has no title.`];
  if ([...session.title].length > 200) yield [`${key}.title`, `The title of ${name} has more than 200 characters.`];
  if (session.time && !isDay(session.date)) yield [`${key}.date`, `${name} has a time and no day.`];
  if (session.time && !/^([01]\d|2[0-3]):[0-5]\d$/.test(session.time)) yield [`${key}.time`, `${name}: a time is written as 10:15.`];
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
