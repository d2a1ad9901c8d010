// Owns which phones stand on the page, and on a narrow screen which one is seen.

import { el, unseen } from "./element.js";
import { icon } from "./icons.js";
import { Phone } from "./phone.js";

const ROLES = ["newcomer", "volunteer", "coordinator"];

export class Stage {
  /** `guide` is what stands beside the phones: on a narrow screen it has a tab as they have. */
  constructor(page, guide) {
    this.page = page;
    this.guide = guide;
    this.phones = [];
    this.news = new Set(); // phones with a message not yet seen
    this.row = el("div", { class: "phones", role: "group", tabindex: "-1", "aria-label": page.t("phones") });
    this.tabs = el("nav", { class: "tabs", "aria-label": page.t("choosePhone") });
  }

  /** Takes all phones away: their people are no more. */
  clear() {
    this.phones.forEach((phone) => phone.leave());
    this.phones = [];
    this.news.clear();
    this.row.replaceChildren();
    this.renderTabs();
  }

  /** Shows the people as they are now: phones of those who are gone go, and each role has at least one phone. */
  setPeople() {
    const { people } = this.page;
    const gone = this.phones.filter((phone) => !phone.person);
    gone.forEach((phone) => this.remove(phone));
    this.phones.forEach((phone) => phone.setPeople());
    for (const role of ROLES) {
      const person = people.find((one) => one.role === role);
      const held = this.phones.some((phone) => phone.person.role === role);
      if (person && !held && this.phones.length < ROLES.length) this.add(person.id);
    }
    if (this.phones.length && !this.isThere(this.shown)) this.show(this.phones[0]);
    this.renderTabs();
  }

  isThere(what) {
    return what === this.guide || this.phones.includes(what);
  }

  /** Another phone, for person `id`. It can be taken away again; the first three stay. */
  add(id) {
    const close = () => {
      this.remove(phone);
      this.row.focus();
    };
    const onClose = this.phones.length < ROLES.length ? undefined : close;
    const phone = new Phone(this.page, id, {
      onClose,
      onHolder: () => this.renderTabs(),
      onNews: () => this.hasNews(phone),
    });
    this.phones.push(phone);
    this.row.append(phone.root);
    this.renderTabs();
    return phone;
  }

  remove(phone) {
    this.phones = this.phones.filter((one) => one !== phone);
    phone.root.remove();
    if (this.phones.length) this.show(this.phones.at(-1));
  }

  hasNews(phone) {
    if (phone !== this.shown) this.news.add(phone);
    this.renderTabs();
  }

  /** Brings `what` (a phone, or the guide) to the front where only one fits. */
  show(what) {
    this.shown = what;
    this.news.delete(what);
    for (const one of [...this.phones, this.guide]) one.root.classList.toggle("is-shown", one === what);
    this.renderTabs();
    if (what instanceof Phone) what.log.toEnd();
  }

  renderTabs() {
    const all = [...this.phones, this.guide];
    const had = [...this.tabs.children].indexOf(document.activeElement);
    this.tabs.replaceChildren(...all.map((what) => this.tab(what)));
    if (had >= 0) this.tabs.children[had]?.focus();
  }

  tab(what) {
    const name = what === this.guide ? this.page.t("guide") : (what.person?.name ?? "?");
    const current = what === this.shown ? "true" : null;
    return el(
      "button",
      { type: "button", "aria-current": current, onclick: () => this.show(what) },
      what === this.guide ? icon("check") : null,
      el("bdi", {}, name),
      this.news.has(what) ? el("span", { class: "tab-news" }, unseen(this.page.t("unread"))) : null,
    );
  }

  /** Fetches anew the chat of person `id`, or all. */
  refresh(id) {
    this.phones.filter((phone) => id === undefined || phone.id === id).forEach((phone) => phone.refresh());
  }

  /** The bot answered a tap on one of the phones. */
  tapAnswered() {
    this.phones.forEach((phone) => phone.tapAnswered());
  }
}
