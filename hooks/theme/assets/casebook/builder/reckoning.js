/* What a list comes to: minutes of reading and of discussion, and the name of its file. */

/** The rule of marks.minutes_to_read: whole minutes, at least one. */
export const minutesToRead = (count, wordsAMinute) => Math.max(1, Math.ceil(count / wordsAMinute));

export const number = value => /^\d{1,3}$/.test(value) ? Number(value) : 0;

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
