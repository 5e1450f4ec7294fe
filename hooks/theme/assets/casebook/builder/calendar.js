/* The dated sessions as iCalendar (RFC 5545). Times float: they are by the clock of the place where the class meets. */

const DAY = /^\d{4}-\d{2}-\d{2}$/;

const escaped = value => value.replace(/\\/g, "\\\\").replace(/;/g, "\\;").replace(/,/g, "\\,").replace(/\n/g, "\\n");

/** A line of at most 75 octets; what is longer goes on in lines that begin with a blank. */
const folded = line => {
  const encoder = new TextEncoder();
  const lines = [];
  let room = 75, part = "";
  for (const sign of line) {
    const octets = encoder.encode(sign).length;
    if (octets > room) {
      lines.push(part);
      [part, room] = [" ", 74];
    }
    part += sign;
    room -= octets;
  }
  return [...lines, part].join("\r\n");
};

const compact = value => value.replace(/[-:]/g, "");
const dayAfter = date => {
  const next = new Date(`${date}T00:00Z`);
  next.setUTCDate(next.getUTCDate() + 1);
  return next.toISOString().slice(0, 10);
};

const whenOf = ({ date, time, minutes }) => time
  ? [`DTSTART:${compact(date)}T${compact(time)}00`, ...(minutes ? [`DURATION:PT${Number(minutes)}M`] : [])]
  : [`DTSTART;VALUE=DATE:${compact(date)}`, `DTEND;VALUE=DATE:${compact(dayAfter(date))}`];

export const hasDays = list => list.sessions.some(({ date }) => DAY.test(date));

/** `describe(session)` gives the words of an event, `now` its moment, `id` what makes it known again. */
export const listAsCalendar = (list, { id, describe, now }) => {
  const stamp = `${now.toISOString().slice(0, 19).replace(/[-:]/g, "")}Z`;
  const events = list.sessions.map((session, index) => ({ ...session, n: index + 1 })).filter(({ date }) => DAY.test(date));
  const lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//The Founder Casebook//Builder//EN",
    ...events.flatMap(session => ["BEGIN:VEVENT", `UID:${id}-${session.n}@founder-casebook`, `DTSTAMP:${stamp}`, ...whenOf(session),
      `SUMMARY:${escaped([list.title, session.title].filter(Boolean).join(": "))}`, `DESCRIPTION:${escaped(describe(session))}`,
      "END:VEVENT"]),
    "END:VCALENDAR"];
  return `${lines.map(folded).join("\r\n")}\r\n`;
};
