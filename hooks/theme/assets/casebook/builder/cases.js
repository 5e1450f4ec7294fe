/* What the casebook knows: outlines of cases, labels of sources, and the cases to choose from. Everything is fetched when
   it is first wanted and kept for as long as the page is open; what could not be fetched is asked for again. */

const ID = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

/** The file in which an id's name stands, as views.builder.part_of_name has it. */
const partOfName = (id, parts) => [...id].reduce((number, sign) => (number * 31 + sign.charCodeAt(0)) % 65521, 0) % parts;

/** What a place answers: its content, `null` where there is nothing. Throws when it cannot be reached. */
const fetched = async (address, read) => {
  const answer = await fetch(address);
  if (answer.status === 404) return null;
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return read(answer);
};

export class Cases {
  #kept = new Map();

  constructor(root, names) {
    this.root = root;
    this.names = names;                                // in how many files the names stand
  }

  /** Calls once for each key; again after a failure. */
  #once(key, work) {
    if (!this.#kept.has(key))
      this.#kept.set(key, work().catch(error => { this.#kept.delete(key); throw error; }));
    return this.#kept.get(key);
  }

  /** `here` with an outline; or what became of the case: `moved`, `retired`, `unknown`; or `failed`. */
  async case(id) {
    if (!ID.test(id)) return { state: "unknown" };
    try {
      const found = await this.#once(`case ${id}`, () =>
        fetched(new URL(`cases/${id}/outline.json`, this.root), answer => answer.json()));
      if (!found) return { state: "unknown" };
      if (found.now) return { state: "moved", now: found.now };
      if ("retired" in found) return { state: "retired", ...found };
      return { state: "here", ...found };
    } catch {
      return { state: "failed" };
    }
  }

  /** The same for a source: its label is the heading of its page. */
  async source(id) {
    if (!ID.test(id)) return { state: "unknown" };
    try {
      const page = await this.#once(`source ${id}`, () =>
        fetched(new URL(`sources/${id}/`, this.root), async answer =>
          new DOMParser().parseFromString(await answer.text(), "text/html")));
      if (!page) return { state: "unknown" };
      const target = page.querySelector(".kind-redirect main .dek a");
      if (target) return { state: "moved", now: target.getAttribute("href").split("/").filter(Boolean).at(-1) };
      return { state: "here", label: page.querySelector("h1").textContent.trim() };
    } catch {
      return { state: "failed" };
    }
  }

  /** What an id in prose is called, and where its page is. */
  async name(id) {
    if (!ID.test(id)) return { state: "unknown" };
    try {
      const part = partOfName(id, this.names);
      const names = await this.#once(`names ${part}`, () =>
        fetched(new URL(`teach/builder/names-${part}.json`, this.root), answer => answer.json()));
      const [uri, label] = names && Object.hasOwn(names, id) ? names[id] : [];
      return uri ? { state: "here", uri, label } : { state: "unknown" };
    } catch {
      return { state: "failed" };
    }
  }

  #part(number) {
    return this.#once(`part ${number}`, () =>
      fetched(new URL(`teach/builder/cases-${number}.json`, this.root), answer => answer.json()));
  }

  /** The newest cases, and how many there are in all. */
  async newest() {
    const { cases, total } = await this.#part(1);
    return { cases, total };
  }

  /** Cases in which all these words are found, those with the words in their title first. */
  async find(wanted) {
    const { parts } = await this.#part(1);
    const all = (await Promise.all(Array.from({ length: parts }, (_, n) => this.#part(n + 1)))).flatMap(({ cases }) => cases);
    const words = wanted.toLowerCase().split(/\s+/).filter(Boolean);
    const has = text => words.every(word => text.toLowerCase().includes(word));
    const found = all.filter(one => has([one.title, ...one.people, ...one.about, ...one.names, one.when].join(" ")));
    return { cases: [...found.filter(({ title }) => has(title)), ...found.filter(({ title }) => !has(title))], total: all.length };
  }
}
