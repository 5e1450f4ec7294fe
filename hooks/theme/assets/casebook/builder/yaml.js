/* A reading list as YAML, in the one layout that `casebook fmt` writes (hooks/casebook/layout). Values are wrapped in what
   they are: `text`, `long` text, what is always in `quoted`, and what `is` a number or a switch. */

const WIDTH = 100;

const RESERVED = new Set("~ = << null true false yes no on off y n".split(" "));
const NUMERIC =
  /^(?:[-+.]{0,2}[0-9][0-9a-fx_o.,:+\-tz/~?%]*|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}[t \t]+[-0-9:.+z \t]*|[-+]?\.(?:inf|nan))$/i;
const ESCAPES = { "\\": "\\\\", "\"": "\\\"", "\n": "\\n", "\r": "\\r", "\t": "\\t" };

const text = value => ({ kind: "text", value });
const long = value => ({ kind: "long", value });
const quoted = value => ({ kind: "quoted", value });
const is = value => ({ kind: "is", value: String(value) });

/** Characters, as Python counts them. */
const length = value => [...value].length;

/* A value on a line ---------------------------------------------------------------------------------------------- */

const isSound = (value, inFlow) => {
  if (!value || ",[]{}#&*!|>'\"%@`".includes(value[0]) || " \t:".includes(value.at(-1)) || /[\t\n\r]/.test(value)) return false;
  if (/^(?:[-?:](?:\s|$)|---|\.\.\.|\s)/.test(value)) return false;
  if (value.includes(": ") || value.includes(" #")) return false;
  return !(inFlow && ("-?:".includes(value[0]) || /[,[\]{}]/.test(value)));
};

const isTakenForSomething = value =>
  /^[-+.0-9]/.test(value) ? NUMERIC.test(value) : length(value) < 6 && RESERVED.has(value.toLowerCase());

const double = value => `"${value.replace(/[\\"\n\r\t]/g, sign => ESCAPES[sign])}"`;
const inQuotes = value => !/[\t\n\r]/.test(value) && /["\\]/.test(value) && !value.includes("'") ? `'${value}'` : double(value);

const inline = ({ kind, value }, inFlow = false) => {
  if (kind === "is") return value;
  if (kind === "quoted") return double(value);
  return isSound(value, inFlow) && !isTakenForSomething(value) ? value : inQuotes(value);
};

/* A value on several lines ----------------------------------------------------------------------------------------- */

/** Whether line breaks can stand as they are. */
const canBeLiteral = value => {
  if (!value.includes("\n") || value.endsWith("\n\n") || !value.replace(/\n/g, "")) return false;
  const last = value.replace(/\n$/, "").split("\n").at(-1);
  return !/^(?:$|[ \t])/.test(value.split("\n")[0]) && /[^ \t]/.test(last);
};

/** In lines that a folded block joins again with one blank each. */
const fold = (value, width) => {
  if (/^[ \t]|[ \t]$|\n/.test(value)) return [value];
  const lines = [];
  for (const piece of value.split(/(?<=\S) (?=\S)/)) {
    const longer = lines.length ? `${lines.at(-1)} ${piece}` : piece;
    if (lines.length && length(longer) <= width) lines[lines.length - 1] = longer;
    else lines.push(piece);
  }
  return lines;
};

const leafLines = (prefix, leaf, indent) => {
  const margin = " ".repeat(indent);
  if (canBeLiteral(leaf.value)) {
    const lines = leaf.value.replace(/\n$/, "").split("\n").map(line => line && margin + line);
    return [`${prefix} |${leaf.value.endsWith("\n") ? "" : "-"}`, ...lines];
  }
  const single = `${prefix} ${inline(leaf)}`;
  const folded = length(single) > WIDTH && leaf.kind !== "is" ? fold(leaf.value, WIDTH - indent) : [];
  return folded.length > 1 ? [`${prefix} >-`, ...folded.map(line => margin + line)] : [single];
};

/* Lists and fields --------------------------------------------------------------------------------------------------- */

const isLeaf = value => "kind" in value;

/** A list of short values in brackets, where all of it fits on the line. */
const flow = (list, column) => {
  if (!Array.isArray(list) || list.some(item => !isLeaf(item) || item.kind === "long")) return null;
  const written = `[${list.map(item => inline(item, true)).join(", ")}]`;
  return column + 1 + length(written) <= WIDTH ? written : null;
};

const valueLines = (prefix, value, indent) => {
  if (isLeaf(value)) return leafLines(prefix, value, indent + 2);
  const brackets = flow(value, prefix.length);
  return brackets === null ? [prefix, ...branchLines(value, indent + 2)] : [`${prefix} ${brackets}`];
};

const itemLines = (item, indent) => {
  const margin = " ".repeat(indent);
  if (isLeaf(item)) return leafLines(`${margin}-`, item, indent + 2);
  const [first, ...rest] = branchLines(item, indent + 2);
  return [`${margin}- ${first.slice(indent + 2)}`, ...rest];
};

const branchLines = (branch, indent) => {
  if (Array.isArray(branch)) return branch.flatMap(item => itemLines(item, indent));
  const lines = [];
  let before = false;
  Object.entries(branch).forEach(([key, value], index) => {
    const isBlock = indent === 0 && !isLeaf(value) && flow(value, key.length + 1) === null;
    if (index && (isBlock || before)) lines.push("");
    lines.push(...valueLines(`${" ".repeat(indent)}${key}:`, value, indent));
    before = isBlock;
  });
  return lines;
};

/* A reading list, its fields in the order of the model ------------------------------------------------------------------ */

const given = fields => Object.fromEntries(Object.entries(fields).filter(([, value]) =>
  value && (Array.isArray(value) ? value.length : value.value)));
const proseOf = value => value && long(value.includes("\n") ? `${value}\n` : value);
const reference = ({ case: of, id }) => text(`${of}#${id}`);

const itemOf = item => given({
  [item.kind]: text(item.id), sections: item.sections.map(text), why: long(item.why), minutes: is(item.minutes),
  optional: item.optional && is("true"),
});

const ownOf = own => given({
  id: text(own.id), text: long(own.text), evidence: own.evidence.map(reference), minutes: is(own.minutes),
  answer_note: proseOf(own.note),
});

const sessionOf = (session, index) => given({
  n: is(index + 1), title: text(session.title), date: quoted(session.date), time: text(session.time), minutes: is(session.minutes),
  objectives: session.objectives.map(long), items: session.items.map(itemOf), questions: session.asked.map(reference),
  own_questions: session.own.map(ownOf),
});

/** The text of `casefiles/readings/<id>.yml`. */
export const listAsYaml = list => {
  const fields = given({
    id: text(list.id), title: text(list.title), audience: text(list.audience), introduction: proseOf(list.introduction),
    sessions: list.sessions.map(sessionOf), updated: quoted(list.updated), former_ids: list.former.map(text),
  });
  const lines = branchLines(fields, 0);
  return `${["# yaml-language-server: $schema=../.schema/reading-list.json", ...lines].join("\n")}\n`;
};
