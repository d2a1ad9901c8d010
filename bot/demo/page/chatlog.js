// Owns the running list of messages in one phone: what is new, what was edited, where the eye is.

import { bubble } from "./bubble.js";
import { el } from "./element.js";
import { icon } from "./icons.js";
import { dayKey, dayText } from "./times.js";

const NEAR_END = 90; // pixels: closer than this to the end, a new message is followed

export class ChatLog {
  /** `actions` are the bubble's, and `start()` for the empty chat. */
  constructor(t, actions) {
    this.t = t;
    this.actions = actions;
    this.shown = new Map(); // message id -> {node, key}
    this.days = new Map(); // day and language -> node
    this.list = el("div", { class: "log", role: "log", "aria-live": "polite", tabindex: "0" });
    this.dots = el("div", { class: "dots", hidden: true }, el("i"), el("i"), el("i"));
    this.dots.append(el("span", { class: "unseen" }, t("answering")));
    this.jump = el(
      "button",
      { class: "jump", type: "button", hidden: true, "aria-label": t("newMessages"), onclick: () => this.toEnd() },
      icon("down"),
    );
    this.root = el("div", { class: "log-frame" }, this.list, this.jump);
    this.following = true;
    this.list.addEventListener("scroll", () => this.onScroll(), { passive: true });
    // The list shrinks when buttons open under it; who read the end goes on reading the end.
    new ResizeObserver(() => this.onResize()).observe(this.list);
  }

  /** Empties the list for another person: what comes next is old news, and is not read aloud. */
  clear(label) {
    this.shown.clear();
    this.list.replaceChildren();
    this.list.setAttribute("aria-label", label);
    this.list.setAttribute("aria-busy", "true");
    this.jump.hidden = true;
  }

  answering(on) {
    this.dots.hidden = !on;
    if (on && this.following) this.toEnd();
  }

  /** Shows `messages` as they stand now. Nodes of unchanged messages stay, so focus and reading place stay too. */
  update(messages, words, languageCode) {
    const first = this.list.getAttribute("aria-busy") === "true";
    const follow = first || this.following;
    const known = this.shown.size;
    const before = new Set(this.shown.keys());
    this.forgetGone(messages);
    const nodes = [];
    let day = "";
    for (const message of messages) {
      if (dayKey(message.date) !== day) {
        day = dayKey(message.date);
        nodes.push(this.dayMark(day, message.date, languageCode));
      }
      nodes.push(this.node(message, words));
    }
    if (messages.length === 0) nodes.push(this.startButton(words));
    nodes.push(this.dots);
    this.place(nodes);
    const fresh = messages.filter((message) => !before.has(message.id));
    const own = fresh.some((message) => message.from === "person");
    if (follow || own) this.toEnd();
    else if (known && fresh.length) this.jump.hidden = false;
    this.list.setAttribute("aria-busy", "false");
  }

  forgetGone(messages) {
    const ids = new Set(messages.map((message) => message.id));
    for (const id of this.shown.keys()) if (!ids.has(id)) this.shown.delete(id);
  }

  node(message, words) {
    const key = JSON.stringify(message);
    const old = this.shown.get(message.id);
    if (old?.key === key) return old.node;
    const node = bubble(message, this.actions, words, this.t);
    this.shown.set(message.id, { node, key });
    if (old) this.keepFocus(old.node, node);
    return node;
  }

  /** An edited bubble has new buttons; the keyboard's place passes to the same one, or the last. */
  keepFocus(old, node) {
    const selector = document.activeElement.matches(".reply") ? ".reply" : "button:not(.reply), a";
    const places = (root) => [...root.querySelectorAll(selector)];
    const index = places(old).indexOf(document.activeElement);
    if (index < 0) return;
    const next = places(node);
    queueMicrotask(() => (next[Math.min(index, next.length - 1)] ?? this.list).focus({ preventScroll: true }));
  }

  dayMark(day, iso, languageCode) {
    const id = `${day} ${languageCode}`;
    if (!this.days.has(id)) this.days.set(id, el("div", { class: "day" }, el("bdi", {}, dayText(iso, languageCode))));
    return this.days.get(id);
  }

  /** The same node as long as the words are the same: a button that has the focus keeps it. */
  startButton(words) {
    if (this.empty?.lang === words.lang) return this.empty;
    this.empty = el(
      "div",
      { class: "empty", lang: words.lang },
      el("button", { class: "start", type: "button", onclick: () => this.actions.start() }, words.start),
    );
    return this.empty;
  }

  /** Puts `nodes` in this order and touches only what differs, so that only news is read aloud. */
  place(nodes) {
    const wanted = new Set(nodes);
    for (const child of [...this.list.children]) if (!wanted.has(child)) child.remove();
    nodes.forEach((node, index) => {
      if (this.list.children[index] !== node) this.list.insertBefore(node, this.list.children[index] ?? null);
    });
  }

  onResize() {
    this.height = this.list.clientHeight;
    if (this.following) this.toEnd();
  }

  onScroll() {
    if (this.list.clientHeight !== this.height) return; // not the reader scrolls: the list was resized
    this.following = this.nearEnd();
    if (this.following) this.jump.hidden = true;
  }

  nearEnd() {
    return this.list.scrollHeight - this.list.scrollTop - this.list.clientHeight < NEAR_END;
  }

  toEnd() {
    this.following = true;
    this.list.scrollTop = this.list.scrollHeight;
    this.jump.hidden = true;
  }
}
