// Owns how a message is quoted in one line: over the field while a reply is written, and in the reply itself.

import { el, unseen } from "./element.js";
import { textDirection } from "./strings.js";

const LONGEST = 120; // characters, as the server cuts them; a screen reader reads the line whole

/** Words of the message, or what it is where it has none; a message that was deleted has neither. */
function shortText(message, t) {
  if (!message.kind) return t("deleted");
  const text = message.text || message.caption || t(`kinds.${message.kind}`);
  const letters = [...text.replace(/\s+/g, " ")];
  return letters.length > LONGEST ? `${letters.slice(0, LONGEST - 1).join("")}…` : letters.join("");
}

/** The line for `message`: a message, or what the server tells of one that was replied to. */
export function quote(message, t) {
  const text = shortText(message, t);
  return el(
    "div",
    { class: "quote" },
    unseen(t("replyTo")),
    message.name ? el("strong", {}, el("bdi", {}, message.name)) : null,
    el("span", { class: "quote-text", dir: textDirection(text) }, text),
  );
}
