/* Elements, and the words that stand with numbers. */

/** An element with properties or attributes, and children; nothing stands where a child is null or false. */
export const make = (name, properties = {}, ...children) => {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (key in element) element[key] = value;
    else element.setAttribute(key, value);
  }
  element.append(...children.flat(Infinity).filter(child => child !== null && child !== undefined && child !== false));
  return element;
};

/** Words for those who listen, where the place on the page says it to the others. */
export const unseen = words => make("span", { className: "vh" }, words);

export const counted = (count, noun) => `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;
