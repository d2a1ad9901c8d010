// Owns turning a message's text and entities into nodes, as a messenger shows them.

import { el } from "./element.js";

const TAGS = {
  bold: "strong",
  italic: "em",
  underline: "u",
  strikethrough: "s",
  code: "code",
  pre: "code",
  blockquote: "q",
  spoiler: "span",
};

/** Whether a link stays on this computer, and so may be opened from the demo. */
export function staysHere(url) {
  try {
    const target = new URL(url, document.baseURI);
    const web = target.protocol === "http:" || target.protocol === "https:";
    return web && ["127.0.0.1", "localhost", "[::1]"].includes(target.hostname);
  } catch {
    return false;
  }
}

/** A link that opens when it stays on this computer, and otherwise only tells where it would lead. */
export function link(url, content, actions, attributes = {}) {
  if (staysHere(url)) {
    return el("a", { ...attributes, href: url, target: "_blank", rel: "noopener noreferrer" }, content);
  }
  const plain = { ...attributes, type: "button", title: url };
  return el("button", { ...plain, onclick: () => actions.wouldOpen(url) }, content);
}

function wrap(entity, content, covered, actions) {
  if (entity.type === "text_link") return link(entity.url, content, actions, { class: "link" });
  if (entity.type === "url") {
    const url = /^[a-z]+:/i.test(covered) ? covered : `https://${covered}`;
    return link(url, content, actions, { class: "link" });
  }
  if (entity.type === "bot_command") {
    return el("button", { type: "button", class: "link", onclick: () => actions.say(covered) }, content);
  }
  const tag = TAGS[entity.type];
  return el(tag ?? "span", { class: `entity-${entity.type}` }, content);
}

/** The nodes for `text`. Offsets count UTF-16 units, which is how this language counts too. */
export function rich(text, entities, actions) {
  const marks = [...(entities ?? [])].sort((a, b) => b.length - a.length);
  const cuts = new Set([0, text.length]);
  for (const mark of marks) cuts.add(mark.offset).add(mark.offset + mark.length);
  const edges = [...cuts].filter((cut) => cut <= text.length).sort((a, b) => a - b);
  return edges.slice(1).map((end, index) => {
    const start = edges[index];
    let node = document.createTextNode(text.slice(start, end));
    // The longest mark ends outermost.
    for (const mark of marks.slice().reverse()) {
      if (mark.offset > start || mark.offset + mark.length < end) continue;
      node = wrap(mark, node, text.substr(mark.offset, mark.length), actions);
    }
    return node;
  });
}
