// Owns one phone: who holds it, its head, and what its holder does.

import * as api from "./api.js";
import { ChatLog } from "./chatlog.js";
import { Composer } from "./composer.js";
import { el } from "./element.js";
import { icon } from "./icons.js";
import { appWords, direction } from "./strings.js";

const TOAST_MS = 4000;
let serial = 0;

export class Phone {
  /**
   * `page` is what all phones share: `t`, `places`, `people`, `status`, `news` (an EventTarget), `taps`, `settled()`.
   * `onClose`, where given, adds a button that takes the phone away; `onHolder` is told of another
   * holder, `onNews` of a new message from the bot.
   */
  constructor(page, id, { onClose, onHolder, onNews } = {}) {
    serial += 1;
    this.page = page;
    this.onHolder = onHolder;
    this.onNews = onNews;
    this.log = new ChatLog(page.t, {
      tap: (button, message, node) => this.tap(button, message, node),
      reply: (message) => this.composer.reply(message),
      say: (text) => this.say(text),
      start: () => this.say("/start"),
      wouldOpen: (url) => this.toast(page.t("wouldOpen", { url })),
    });
    this.composer = new Composer(page.t, page.places, {
      say: (text, replyTo) => this.say(text, replyTo),
      media: (kind) => this.act(() => api.media(this.id, kind)),
      location: (place) => this.act(() => api.location(this.id, place.lat, place.lon)),
      unblock: () => this.act(() => api.fault("unblock", { id: this.id })),
    });
    this.build(onClose);
    this.show(id);
  }

  build(onClose) {
    const { t } = this.page;
    this.avatar = el("span", { class: "avatar", "aria-hidden": "true" });
    this.holder = el("select", { class: "holder", "aria-label": t("whoHolds") });
    this.holder.addEventListener("change", () => this.show(Number(this.holder.value)));
    this.about = el("span", { class: "about" });
    this.toastNode = el("div", { class: "toast", role: "status", hidden: true });
    const close = onClose
      ? el("button", { type: "button", class: "icon-button", title: t("closePhone"), "aria-label": t("closePhone") }, icon("close"))
      : null;
    close?.addEventListener("click", onClose);
    this.head = el("div", { class: "phone-head" }, this.avatar, el("div", { class: "who" }, this.holder, this.about), close);
    this.root = el("section", { class: "phone", id: `phone-${serial}` }, this.head, this.log.root, this.toastNode, this.composer.root);
  }

  /** Gives the phone to person `id`. */
  show(id) {
    this.id = id;
    this.chat = null;
    this.lastToast = null;
    this.toastNode.hidden = true;
    this.log.answering(false);
    this.composer.dropReply();
    this.setPeople();
    this.log.clear(this.page.t("messages", { name: this.person?.name ?? "" }));
    this.onHolder?.();
    this.refresh();
  }

  get person() {
    return this.page.people.find((person) => person.id === this.id);
  }

  /** Shows the people as they are now: names to choose from, and this holder's head. */
  setPeople() {
    const { people, t } = this.page;
    this.holder.replaceChildren(...people.map(({ id, name }) => el("option", { value: id }, name)));
    this.holder.value = String(this.id);
    const person = this.person;
    if (!person) return;
    const words = appWords(person.language_code);
    this.avatar.textContent = [...person.name][0];
    this.avatar.dataset.tone = String(people.indexOf(person) % 6);
    this.about.replaceChildren(el("bdi", {}, t(person.role)), " · ", el("bdi", { lang: words.lang }, words.name));
    this.root.dir = direction(person.language_code);
    this.root.dataset.person = person.name;
    this.root.dataset.role = person.role;
    this.root.setAttribute("aria-label", t("phoneOf", { name: person.name }));
  }

  /** Fetches the chat anew. Calls that come while one runs are answered by one more, not by many. */
  /** Its person is no more: what it still waits for is not asked for. */
  leave() {
    this.hasLeft = true;
  }

  async refresh() {
    if (this.hasLeft || this.page.isEmptied) return;
    if (this.fetching) {
      this.again = true;
      return;
    }
    this.fetching = true;
    const id = this.id;
    try {
      const chat = await api.chat(id);
      if (id === this.id) this.render(chat);
    } catch (error) {
      this.page.status.fail(error);
    } finally {
      this.fetching = false;
    }
    if (this.again || id !== this.id) {
      this.again = false;
      await this.refresh();
    }
  }

  render(chat) {
    const words = appWords(chat.language_code);
    const last = chat.messages.at(-1);
    const isNews = last?.from === "bot" && last.id !== this.chat?.messages.at(-1)?.id;
    if (isNews) this.log.answering(false);
    if (isNews && this.chat) this.onNews?.();
    const isNew = this.answered || (Boolean(this.chat) && chat.toast !== this.lastToast);
    this.answered = false;
    this.chat = chat;
    this.root.classList.toggle("is-blocked", chat.blocked);
    this.log.update(chat.messages, words, chat.language_code);
    this.composer.update(chat, words);
    if (chat.toast && isNew) this.toast(chat.toast, chat.alert);
    this.lastToast = chat.toast;
    this.page.news.dispatchEvent(new CustomEvent("chat", { detail: chat }));
  }

  say(text, replyTo) {
    return this.act(() => api.say(this.id, text, replyTo));
  }

  async tap(button, message, node) {
    if (!button.data) {
      this.toast(this.page.t("wouldOpen", { url: button.text })); // sharing and the like: the app's own windows
      return;
    }
    const twice = this.page.taps.take();
    this.page.news.dispatchEvent(new CustomEvent("tap", { detail: { id: this.id, button, message } }));
    this.waits = true;
    node.setAttribute("aria-busy", "true");
    await this.act(() => api.tap(this.id, { data: button.data, message_id: message.id, ...(twice && { twice }) }));
    node.removeAttribute("aria-busy");
  }

  /** Does something as this person, and tells whether it arrived. */
  async act(deed) {
    try {
      await deed();
    } catch (error) {
      this.page.status.fail(error);
      return false;
    }
    this.awaitAnswer();
    return true;
  }

  /** Shows that the bot is at it until it has nothing left to do. */
  async awaitAnswer() {
    const id = this.id;
    this.log.answering(true);
    await this.refresh();
    await this.page.settled();
    await this.refresh();
    if (id === this.id) this.log.answering(false);
  }

  /** The bot has answered a tap, it is not said whose: the same words as last time are news again. */
  tapAnswered() {
    if (!this.waits) return;
    this.waits = false;
    this.answered = true;
    this.refresh();
  }

  /** Shows a short word over the chat; one that asks for attention stays until it is put away. */
  toast(text, stays = false) {
    const hide = () => (this.toastNode.hidden = true);
    this.toastNode.replaceChildren(el("span", { dir: "auto" }, text));
    if (stays) this.toastNode.append(el("button", { type: "button", onclick: hide }, "OK"));
    this.toastNode.hidden = false;
    clearTimeout(this.toastTimer);
    if (!stays) this.toastTimer = setTimeout(hide, TOAST_MS);
  }
}
