// Owns the demo's clock in the top bar: the time it is, and the buttons that move it.

import * as api from "./api.js";
import { el } from "./element.js";
import { icon } from "./icons.js";
import { dayText, fieldValue, fromField, momentText, timeText, tomorrowAtNine } from "./times.js";

const SOON_MS = 400;

export class Clock {
  /** `page`: `t`, `lang`, `status`, `news` (told each new `now`). `onReset` starts everything over. */
  constructor(page, onReset) {
    this.page = page;
    const { t } = page;
    this.now = null;
    this.face = el("time", { class: "clock-face" });
    this.next = this.button(t("next"), () => this.move({ next: true }), { class: "main" });
    this.controls = el(
      "div",
      { class: "clock-controls", id: "clock-controls" },
      this.button(t("hour"), () => this.move({ advance: "PT1H" }), { "aria-label": `${t("hour")}: ${t("hourLabel")}` }),
      this.next,
      this.button(t("tomorrow"), () => this.move({ to: tomorrowAtNine(this.now) })),
      this.picker(),
      this.button(t("reset"), onReset, { title: t("resetLabel") }),
    );
    this.toggle = el(
      "button",
      { type: "button", class: "clock-toggle", "aria-expanded": "false", "aria-controls": "clock-controls", "aria-label": t("showClock") },
      icon("down"),
    );
    this.toggle.addEventListener("click", () => this.open(this.toggle.getAttribute("aria-expanded") !== "true"));
    this.root = el("div", { class: "clock", role: "group", "aria-label": t("clock") }, icon("clock"), this.face, this.toggle, this.controls);
    this.root.addEventListener("keydown", (event) => event.key === "Escape" && this.open(false));
  }

  button(text, onclick, attributes = {}) {
    return el("button", { type: "button", ...attributes, onclick }, text);
  }

  /** On a narrow screen the buttons hide behind one. */
  open(on) {
    this.toggle.setAttribute("aria-expanded", String(on));
    this.root.classList.toggle("is-open", on);
    this.details.open = false;
  }

  /** A date and a time. Browsers show such a field in their own order, so what it means is said beside it. */
  picker() {
    const { t, lang } = this.page;
    this.field = el("input", { type: "datetime-local", id: "clock-field", required: true });
    this.meant = el("output", { for: "clock-field" });
    const means = () => (this.meant.textContent = this.field.value ? momentText(fromField(this.field.value), lang) : "");
    this.field.addEventListener("input", means);
    const form = el(
      "form",
      { class: "picker" },
      el("label", { for: "clock-field" }, t("pickLabel")),
      this.field,
      this.meant,
      el("button", { class: "main" }, t("go")),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.details.open = false;
      this.move({ to: fromField(this.field.value) });
    });
    this.details = el("details", { class: "picker-frame" }, el("summary", {}, t("pick")), form);
    this.details.addEventListener("toggle", () => {
      if (!this.details.open || !this.now) return;
      this.field.value = fieldValue(this.now);
      means();
      this.field.focus();
    });
    this.details.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !this.details.open) return;
      event.stopPropagation();
      this.details.open = false;
      this.details.firstElementChild.focus();
    });
    return this.details;
  }

  async refresh() {
    try {
      this.render(await api.clock());
    } catch (error) {
      this.page.status.fail(error);
    }
  }

  /** What is due next may have changed with what was just said; many such words need one look. */
  refreshSoon() {
    clearTimeout(this.soon);
    this.soon = setTimeout(() => this.refresh(), SOON_MS);
  }

  render({ now, next_due: due }) {
    const { t, lang } = this.page;
    this.now = now;
    this.page.news.dispatchEvent(new CustomEvent("now", { detail: now }));
    this.face.dateTime = now;
    this.face.textContent = momentText(now, lang);
    const sameDay = due && dayText(due, lang) === dayText(now, lang);
    const when = due ? `${sameDay ? "" : `${dayText(due, lang)} `}${timeText(due)}` : "";
    this.next.textContent = due ? t("nextAt", { when }) : t("nothingDue");
    this.next.disabled = !due;
  }

  /** Moves the clock; what falls due on the way is sent, which may take seconds. */
  async move(where) {
    if (this.moving) return;
    const { t, lang, status } = this.page;
    this.moving = true;
    this.root.setAttribute("aria-busy", "true");
    status.busy(t("moving"));
    try {
      const { now, stops } = await api.moveClock(where);
      const values = { now: momentText(now, lang), count: stops };
      status.tell(stops ? t("moved", values) : t("movedQuietly", values));
    } catch (error) {
      status.fail(error);
    }
    this.moving = false;
    this.open(false); // on a narrow screen the controls lie over the phones
    this.root.removeAttribute("aria-busy");
    await this.refresh();
  }
}
