// Owns "Try this": five steps that tick themselves from what is seen in the newcomer's chat, in any language.

import { el, unseen } from "./element.js";
import { icon } from "./icons.js";

const STEPS = ["language", "found", "signedUp", "reminded", "stopped"];
const ENDONYMS = ["العربية", "ትግርኛ", "dansk", "english"];
const STOP_WORDS = ["stop", "/stop", "stopp", "afmeld", "قف", "إيقاف", "توقف", "ኣቋርጽ", "ኣቋርጹ"];
const QUIET_MS = 30 * 60 * 1000; // nothing said for so long on the demo's clock: what comes then was not asked for

function isLanguageQuestion(message) {
  const labels = (message.buttons ?? []).flat().map((button) => button.text.toLowerCase());
  return ENDONYMS.filter((name) => labels.some((label) => label.includes(name))).length >= 2;
}

/** Whether a message names a day and a time, as every activity does: dd/mm and HH:MM. */
function hasWhen(message) {
  const text = `${message.text ?? ""} ${message.caption ?? ""}`;
  return /\b\d{2}\/\d{2}\b/.test(text) && /\b\d{2}:\d{2}\b/.test(text);
}

/** Whether a message names an activity that can be cancelled and no longer signed up for. */
function offersOnlyCancelling(message) {
  const styles = (message.buttons ?? []).flat().map((button) => button.style);
  return hasWhen(message) && styles.includes("danger") && !styles.includes("success");
}

function isStop(message) {
  return message.from === "person" && STOP_WORDS.includes((message.text ?? "").trim().toLowerCase());
}

/** Whether some bot message came out of a long silence: only a moved clock makes one. */
function cameUnasked(messages, lastTap) {
  return messages.some((message, index) => {
    const before = messages[index - 1];
    if (message.from !== "bot" || !before) return false;
    const at = Date.parse(message.date);
    return at - Date.parse(before.date) >= QUIET_MS && Math.abs(at - lastTap) >= QUIET_MS;
  });
}

/** Which steps this newcomer's chat shows as done; `taps` are the taps seen on this page. */
export function stepsSeen(chat, taps) {
  const bot = chat.messages.filter((message) => message.from === "bot");
  const seen = new Set();
  const last = taps.at(-1);
  if (bot.length && !isLanguageQuestion(bot.at(-1))) seen.add("language");
  if (bot.some((message) => hasWhen(message) && message.buttons?.length)) seen.add("found");
  if (bot.some(offersOnlyCancelling)) seen.add("signedUp");
  if (seen.has("signedUp") && cameUnasked(chat.messages, last?.at ?? 0)) seen.add("reminded");
  const refused = taps.some(({ button }) => button.style === "danger" || /❌|👎/u.test(button.text));
  if ((seen.has("signedUp") && refused) || chat.messages.some(isStop)) seen.add("stopped");
  return seen;
}

export class Steps {
  constructor(page) {
    this.page = page;
    this.done = new Set();
    this.taps = [];
    this.now = 0;
    this.list = el("ol", { class: "steps" });
    this.end = el("p", { class: "steps-end", role: "status" });
    this.root = el(
      "section",
      { class: "panel try", "aria-labelledby": "try-title" },
      el("h2", { id: "try-title" }, page.t("tryThis")),
      this.list,
      this.end,
    );
    page.news.addEventListener("tap", ({ detail }) => {
      if (this.isNewcomer(detail.id)) this.taps.push({ ...detail, at: this.now });
    });
    // The demo's time tells an answer to a tap from a message out of the silence.
    page.news.addEventListener("now", ({ detail }) => (this.now = Date.parse(detail)));
    page.news.addEventListener("chat", ({ detail }) => this.look(detail));
    this.render();
  }

  isNewcomer(id) {
    return this.page.people.find((person) => person.id === id)?.role === "newcomer";
  }

  look(chat) {
    if (!this.isNewcomer(chat.id)) return;
    const seen = stepsSeen(chat, this.taps.filter(({ id }) => id === chat.id));
    const fresh = [...seen].filter((step) => !this.done.has(step));
    if (fresh.length === 0) return;
    fresh.forEach((step) => this.done.add(step));
    this.render();
  }

  clear() {
    this.done.clear();
    this.taps = [];
    this.render();
  }

  render() {
    const { t, people } = this.page;
    const newcomer = people.find((person) => person.role === "newcomer")?.name ?? "";
    const current = STEPS.find((step) => !this.done.has(step));
    const nodes = STEPS.map((step) => {
      const [title, hint] = t(`steps.${step}`);
      const done = this.done.has(step);
      const [before, after] = title.split("{newcomer}");
      const words = after === undefined ? [title] : [before, el("bdi", {}, newcomer), after];
      return el(
        "li",
        { class: done ? "is-done" : null, "data-step": step, "aria-current": step === current ? "step" : null },
        done ? icon("check") : null,
        el("span", { class: "step-title" }, words),
        done ? unseen(` (${t("stepDone")})`) : null,
        step === current ? el("small", {}, hint) : null,
      );
    });
    this.list.replaceChildren(...nodes);
    this.end.textContent = current ? "" : t("allDone");
  }
}
