// Owns the live list of the bot's calls: when, which method, to whom, how it ended.

import * as api from "./api.js";
import { el, unseen } from "./element.js";
import { secondsText } from "./times.js";

const KEEP = 200;

// 0 stands for a call that got no answer at all.
function tone(status) {
  if (status >= 200 && status < 300) return "ok";
  return status === 429 ? "wait" : "bad";
}

export class Calls {
  constructor(page) {
    this.page = page;
    this.since = 0;
    this.rows = el("tbody");
    const names = page.t("columns");
    const heads = names.map((name) => el("th", { scope: "col" }, name));
    this.none = el("p", { class: "none" }, page.t("noCalls"));
    const widths = el("colgroup", {}, el("col", { class: "when" }), el("col"), el("col", { class: "code" }));
    // Method names and arrows read from the left in every language.
    const table = el("table", { dir: "ltr" }, widths, el("thead", { class: "unseen" }, el("tr", {}, heads)), this.rows);
    this.scroll = el("div", { class: "calls-scroll", tabindex: "0", role: "group", "aria-labelledby": "calls-title" }, this.none, table);
    this.root = el(
      "section",
      { class: "panel calls", "aria-labelledby": "calls-title" },
      el("h2", { id: "calls-title" }, page.t("calls")),
      this.scroll,
    );
  }

  clear() {
    this.since = 0;
    this.rows.replaceChildren();
    this.none.hidden = false;
  }

  /** Fetches what is new. Calls that come while one runs are answered by one more. */
  async refresh() {
    if (this.fetching) {
      this.again = true;
      return;
    }
    this.fetching = true;
    try {
      const { calls, next } = await api.calls(this.since);
      if (next < this.since) this.clear();
      this.since = next;
      calls.forEach((call) => this.add(call));
    } catch (error) {
      this.page.status.fail(error);
    }
    this.fetching = false;
    if (this.again) {
      this.again = false;
      await this.refresh();
    }
  }

  /** The newest stands on top. */
  add({ time, method, name, chat, status, note }) {
    this.none.hidden = true;
    const state = el("td", { class: "code", "data-tone": tone(status) }, status ? String(status) : "✕");
    const row = el(
      "tr",
      {},
      el("td", { class: "when" }, el("time", { datetime: time }, secondsText(time))),
      el("td", { class: "method" }, method, el("span", { class: "to" }, name || chat ? [" → ", el("bdi", {}, String(name || chat))] : null)),
      state,
    );
    if (note) row.children[1].append(el("span", { class: "note", dir: "auto" }, unseen(" · "), note));
    this.rows.prepend(row);
    while (this.rows.children.length > KEEP) this.rows.lastElementChild.remove();
  }
}
