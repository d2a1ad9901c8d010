// Owns how one message looks: its words, what is attached to it, its mark of time, its buttons.

import { el, unseen } from "./element.js";
import { link, rich } from "./entities.js";
import { icon } from "./icons.js";
import { quote } from "./quote.js";
import { textDirection } from "./strings.js";
import { timeText } from "./times.js";
import { venueCard } from "./venue.js";

const PICTURES = {
  voice: "🎤",
  photo: "🖼️",
  sticker: "🦆",
  contact: "👤",
  poll: "📊",
  dice: "🎲",
  video: "🎬",
  audio: "🎵",
  document: "📄",
  animation: "🎞️",
  video_note: "⏺️",
  location: "📍",
  venue: "📍",
};

const SHOWN_AS_FILES = ["document", "photo"];

function size(bytes) {
  if (!bytes) return "";
  return bytes < 1024 ? `${bytes} B` : `${Math.round(bytes / 1024)} kB`;
}

function fileCard(file, t) {
  if (file.mime?.startsWith("image/")) return el("img", { class: "picture", src: file.url, alt: file.name });
  return el(
    "a",
    { class: "file", href: file.url, download: file.name },
    unseen(t("download")),
    el("span", { class: "file-sign" }, icon("file")),
    el("span", { class: "file-name" }, el("bdi", {}, file.name), el("small", { dir: "ltr" }, size(file.size))),
  );
}

function attachment(message, t) {
  const place = message.venue ?? message.location;
  if (place) return venueCard(place);
  if (message.file && SHOWN_AS_FILES.includes(message.kind)) return fileCard(message.file, t);
  if (!(message.kind in PICTURES)) return null;
  const about = message.contact?.first_name ?? message.poll?.question ?? message.dice?.value ?? "";
  return el(
    "div",
    { class: "medium" },
    el("span", { "aria-hidden": "true" }, PICTURES[message.kind]),
    el("span", {}, el("bdi", {}, t(`kinds.${message.kind}`)), el("small", { dir: "auto" }, String(about))),
  );
}

function meta(message, words, t) {
  return el(
    "span",
    { class: "meta" },
    message.silent ? el("span", { title: t("silent") }, "🔕", unseen(t("silent"))) : null,
    message.protected ? el("span", { title: t("protected") }, "🔒", unseen(t("protected"))) : null,
    message.edited ? el("bdi", { class: "edited", lang: words.lang }, words.edited) : null,
    el("time", { datetime: message.date }, timeText(message.date)),
  );
}

// A colour is never the only sign: a label that has no sign of its own is given one by the style sheet.
function hasSign(label) {
  return !/^[\s\u2066-\u2069\u200e\u200f]*[\p{L}\p{N}]/u.test(label);
}

function inlineButton(button, message, actions) {
  const label = el("bdi", {}, button.text);
  const attributes = { class: "inline-button", "data-style": button.style, "data-sign": hasSign(button.text) };
  if (button.url) return link(button.url, label, actions, attributes);
  const onclick = (event) => actions.tap(button, message, event.currentTarget);
  return el("button", { ...attributes, type: "button", "data-data": button.data, onclick }, label);
}

function buttonRows(message, actions) {
  if (!message.buttons?.length) return null;
  return el(
    "div",
    { class: "inline-buttons" },
    message.buttons.map((row) =>
      el("div", { class: "inline-row" }, row.map((button) => inlineButton(button, message, actions))),
    ),
  );
}

function replyButton(message, actions, t) {
  const label = t("reply");
  const onclick = () => actions.reply(message);
  return el("button", { class: "reply", type: "button", title: label, "aria-label": label, onclick }, icon("reply"));
}

/** A deep link's secret goes to the bot; a messenger shows its sender the bare command. */
function shownText(message, own) {
  const text = message.text || message.caption || "";
  return own ? text.replace(/^\/start \S+$/, "/start") : text;
}

/**
 * The node for `message`. `actions`: `tap(button, message, node)`, `reply(message)`, `say(text)`, `wouldOpen(url)`.
 * `words` are the app's.
 * The direction of the text is found from the text itself; the mark of time and the sender stand outside that search.
 */
export function bubble(message, actions, words, t) {
  const own = message.from === "person";
  const text = shownText(message, own);
  const attached = attachment(message, t);
  const forwarded = message.forwarded ? el("small", { class: "forwarded" }, "↪ ", t("kinds.forwarded")) : null;
  return el(
    "div",
    { class: `message ${own ? "from-person" : "from-bot"}`, "data-id": message.id, "data-kind": message.kind },
    el(
      "div",
      { class: "bubble" },
      own ? null : unseen(t("brobot")),
      forwarded,
      message.reply_to ? quote(message.reply_to, t) : null,
      attached,
      el(
        "div",
        { class: "text", dir: text ? textDirection(text) : null },
        text ? rich(text, message.entities, actions) : null,
        meta(message, words, t),
      ),
      message.reaction ? el("span", { class: "reaction" }, message.reaction) : null,
      own || message.kind === "service" ? null : replyButton(message, actions, t),
    ),
    buttonRows(message, actions),
  );
}
