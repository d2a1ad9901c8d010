// Owns the foot of a phone: the message field, the reply keyboard, the menus of commands and attachments.

import { el } from "./element.js";
import { icon } from "./icons.js";
import { Menu } from "./menu.js";
import { quote } from "./quote.js";
import { direction } from "./strings.js";

const KINDS = [
  ["voice", "🎤"],
  ["photo", "🖼️"],
  ["sticker", "🦆"],
  ["contact", "👤"],
  ["poll", "📊"],
  ["dice", "🎲"],
  ["video", "🎬"],
  ["audio", "🎵"],
  ["document", "📄"],
  ["animation", "🎞️"],
  ["video_note", "⏺️"],
  ["venue", "📌"],
  ["forwarded", "↪️"],
  ["edited", "✏️"],
];

let serial = 0;

function iconButton(name, label, attributes = {}) {
  return el("button", { type: "button", class: "icon-button", title: label, "aria-label": label, ...attributes }, icon(name));
}

export class Composer {
  /**
   * `actions`: `say(text, replyTo)` (whether it arrived; `replyTo` is a message's id, or undefined), `media(kind)`,
   * `location(place)`, `unblock()`. `places` are the towns of the demo.
   */
  constructor(t, places, actions) {
    serial += 1;
    this.t = t;
    this.places = places;
    this.actions = actions;
    this.commands = [];
    this.answered = null; // the message that is being replied to
    this.field = el("textarea", { class: "field", rows: "1", maxlength: "4096", enterkeyhint: "send" });
    this.send = iconButton("send", t("send"), { type: "submit", class: "icon-button send" });
    this.menuButton = iconButton("menu", t("commands"));
    this.attachButton = iconButton("attach", t("attach"));
    this.keysButton = iconButton("keyboard", t("keyboard"), { "aria-expanded": "true", hidden: true });
    this.keys = el("div", { class: "keys", role: "group", "aria-label": t("keyboardLabel"), hidden: true });
    this.form = el("form", { class: "compose" }, this.menuButton, this.field, this.keysButton, this.attachButton, this.send);
    this.blocked = el("div", { class: "blocked", hidden: true });
    this.quoted = el("div", { class: "quoted", id: `quoted-${serial}`, hidden: true });
    this.root = el("div", { class: "foot" }, this.keys, this.quoted, this.form, this.blocked);
    this.menu = new Menu(this.menuButton, this.root, t("commands"), () => this.commandItems());
    this.attachMenu = new Menu(this.attachButton, this.root, t("attach"), () => this.attachItems());
    this.listen();
  }

  listen() {
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    this.field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.submit();
    });
    this.field.addEventListener("input", () => this.turn());
    this.root.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.answered && !event.isComposing) this.dropReply(true);
    });
    this.keysButton.addEventListener("click", () => {
      this.keys.hidden = !this.keys.hidden;
      this.keysButton.setAttribute("aria-expanded", String(!this.keys.hidden));
    });
  }

  /** Sends what is written. What did not arrive comes back into the field, unless more was written meanwhile. */
  async submit() {
    const text = this.field.value.trim();
    if (!text) return;
    const { answered } = this;
    this.field.value = "";
    this.turn();
    this.dropReply();
    const arrived = await this.actions.say(text, answered?.id);
    if (arrived || this.field.value) return;
    this.field.value = text;
    this.turn();
    if (answered) this.showReply(answered);
    else this.dropReply();
  }

  /** Begins a reply to `message`: what is written next goes to it. */
  reply(message) {
    this.showReply(message);
    this.field.focus();
  }

  showReply(message) {
    this.answered = message;
    const drop = iconButton("close", this.t("dropReply"), { onclick: () => this.dropReply(true) });
    const line = quote(message, this.t);
    line.id = `${this.quoted.id}-line`;
    this.quoted.replaceChildren(line, drop);
    this.quoted.hidden = false;
    this.field.setAttribute("aria-describedby", line.id);
  }

  /** Takes the reply back; what was written stays. `giveBack` puts the keyboard's place into the field. */
  dropReply(giveBack = false) {
    this.answered = null;
    this.quoted.hidden = true;
    this.quoted.replaceChildren();
    this.field.removeAttribute("aria-describedby");
    if (giveBack) this.field.focus();
  }

  /** What is replied to may be edited meanwhile, or be gone: a message that is not there takes no reply. */
  followReply(messages) {
    if (!this.answered) return;
    const now = messages.find((message) => message.id === this.answered.id);
    if (!now) this.dropReply(this.quoted.contains(document.activeElement));
    else if (JSON.stringify(now) !== JSON.stringify(this.answered)) this.showReply(now);
  }

  /** An empty field reads as its app does, a filled one as its words do. */
  turn() {
    this.field.dir = this.field.value ? "auto" : this.emptyDirection;
  }

  /** Shows what the chat offers now. */
  update(chat, words) {
    this.commands = chat.commands ?? [];
    this.emptyDirection = direction(chat.language_code);
    this.field.placeholder = words.write;
    this.field.lang = words.lang;
    this.field.setAttribute("aria-label", words.write);
    this.turn();
    this.followReply(chat.messages);
    this.form.hidden = chat.blocked;
    this.blocked.hidden = !chat.blocked;
    if (chat.blocked) this.showBlocked(words);
    this.showKeys(chat.blocked ? null : chat.keyboard);
  }

  showBlocked(words) {
    this.blocked.replaceChildren(
      el("span", { lang: words.lang }, words.blocked),
      el("button", { type: "button", lang: words.lang, onclick: () => this.actions.unblock() }, words.unblock),
    );
  }

  showKeys(keyboard) {
    const key = JSON.stringify(keyboard ?? null);
    if (key === this.shownKeys) return;
    this.shownKeys = key;
    this.keysButton.hidden = !keyboard;
    this.keys.hidden = !keyboard;
    this.keysButton.setAttribute("aria-expanded", String(Boolean(keyboard)));
    const rows = (keyboard ?? []).map((row) => el("div", { class: "keys-row" }, row.map((button) => this.keyNode(button))));
    this.keys.replaceChildren(...rows);
  }

  keyNode(button) {
    const onclick = () => {
      if (button.request_location) this.attachMenu.open(this.placeItems(button.text));
      else if (button.request_contact) this.actions.media("own_number");
      else this.actions.say(button.text);
    };
    return el("button", { type: "button", class: "key", onclick }, el("bdi", {}, button.text));
  }

  commandItems() {
    if (this.commands.length === 0) return [{ text: this.t("noCommands") }];
    return this.commands.map(({ command, description }) => ({
      text: `/${command}`,
      hint: description,
      run: () => this.actions.say(`/${command}`),
    }));
  }

  attachItems() {
    return [
      { text: this.t("locationOf"), sign: "📍", run: () => this.placeItems() },
      ...KINDS.map(([kind, sign]) => ({ text: this.t(`kinds.${kind}`), sign, run: () => this.actions.media(kind) })),
      { text: this.t("longText"), sign: "📜", run: () => this.actions.say("Hej! ".repeat(820).slice(0, 4096)) },
      { text: this.t("onlyEmoji"), sign: "🙂", run: () => this.actions.say("🙂🙏⚽") },
    ];
  }

  /** The towns to be in. A computer has no location: there the words of the button are sent instead. */
  placeItems(label) {
    const words = label ? [{ text: this.t("noLocation"), sign: "💻", run: () => this.actions.say(label) }] : [];
    const towns = this.places.map((place) => ({ text: place.name, sign: "📍", run: () => this.actions.location(place) }));
    return [{ text: this.t("asked") }, ...towns, ...words];
  }
}
