// Owns "Make it hard": the buttons that block, flood, cut the line, tap twice and crash the bot.

import * as api from "./api.js";
import { el } from "./element.js";

// What each button asks the server for; numbers are what the words promise.
const FAULTS = {
  flood: { count: 5, seconds: 2 },
  outage: { seconds: 15 },
  drop: { count: 1 },
  error: { count: 1 },
  crash: {},
  restart: {},
};

/** Whether the next tap is sent twice. */
export class Taps {
  constructor() {
    this.twice = false;
    this.onChange = () => {};
  }

  arm(on) {
    this.twice = on;
    this.onChange(on);
  }

  /** Reads and uses up the arming. */
  take() {
    const twice = this.twice;
    if (twice) this.arm(false);
    return twice;
  }
}

export class Faults {
  constructor(page) {
    this.page = page;
    const { t } = page;
    this.who = el("select", { id: "fault-who" });
    this.who.addEventListener("change", () => this.setPeople());
    this.blocking = el("button", { type: "button", "data-fault": "block", onclick: () => this.toggleBlock() });
    this.twice = el("button", { type: "button", "aria-pressed": "false", "data-fault": "twice" }, t("faults.twice"));
    this.twice.addEventListener("click", () => page.taps.arm(!page.taps.twice));
    page.taps.onChange = (on) => {
      this.twice.setAttribute("aria-pressed", String(on));
      page.status.tell(t(on ? "faultDone.twice" : "faultDone.onceAgain"));
    };
    const others = Object.keys(FAULTS).map((kind) =>
      el("button", { type: "button", "data-fault": kind, onclick: () => this.make(kind, FAULTS[kind]) }, t(`faults.${kind}`)),
    );
    this.root = el(
      "section",
      { class: "panel hard", "aria-labelledby": "hard-title" },
      el("h2", { id: "hard-title" }, t("hard")),
      el("div", { class: "who-row" }, el("label", { for: "fault-who" }, t("who")), this.who, this.blocking),
      el("div", { class: "fault-buttons" }, this.twice, others),
    );
  }

  get person() {
    const { people } = this.page;
    return people.find(({ id }) => String(id) === this.who.value) ?? people[0];
  }

  setPeople() {
    const { people, t } = this.page;
    const chosen = this.who.value;
    this.who.replaceChildren(...people.map(({ id, name }) => el("option", { value: id }, name)));
    if (people.some(({ id }) => String(id) === chosen)) this.who.value = chosen;
    const person = this.person;
    this.blocking.disabled = !person;
    if (!person) return;
    this.blocking.textContent = t(person.blocked ? "faults.unblock" : "faults.block", { name: person.name });
  }

  async toggleBlock() {
    const { id, name, blocked } = this.person;
    await this.make(blocked ? "unblock" : "block", { id }, { name });
    await this.page.refreshPeople();
  }

  async make(kind, details, values = {}) {
    const { status, t } = this.page;
    try {
      await api.fault(kind, details);
      status.tell(t(`faultDone.${kind}`, values));
    } catch (error) {
      status.fail(error);
    }
  }
}
