// Owns making DOM nodes: whatever is text goes in as text, never as markup.

const SVG = "http://www.w3.org/2000/svg";

/**
 * A node of `tag` with its attributes and children. `onclick` and the like take functions; true is a bare
 * attribute; null, undefined and false leave the attribute out. Children are nodes, texts, or lists of them.
 */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
  return node;
}

/** The same for drawings. */
export function svg(tag, attributes = {}, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

/** Words for screen readers only. They keep their own direction, so that they never turn a message round. */
export function unseen(text) {
  return el("span", { class: "unseen", dir: "ltr" }, text);
}
