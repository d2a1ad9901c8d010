// Owns the stories: the button that starts one, and the bar that says what happens and lets one wait, go on or stop.

import * as api from "./api.js";
import { el } from "./element.js";
import { icon } from "./icons.js";
import { Menu } from "./menu.js";

const RUNNING = ["playing", "held"];

export class Stories {
  /** `stage` shows the phone that acts. */
  constructor(page, stories, stage) {
    this.page = page;
    this.stories = stories;
    this.stage = stage;
    const { t, dir } = page;
    const sign = dir === "rtl" ? "◀" : "▶";
    const open = el("button", { type: "button", class: "story-open", disabled: stories.length === 0 }, t("story.open"));
    this.chooser = el("div", { class: "story-chooser" }, open);
    this.menu = new Menu(open, this.chooser, t("story.open"), () =>
      this.stories.map(({ name, title }) => ({ text: title, sign, run: () => this.begin(name) })),
    );
    this.title = el("strong", { dir: "auto" });
    this.place = el("span", { class: "story-place", dir: "ltr" });
    this.caption = el("p", { class: "story-caption", role: "status", dir: "auto" });
    this.next = this.button("next", () => this.act("next"), { class: "main" });
    this.hold = this.button("hold", () => this.act(this.held ? "go" : "hold"));
    this.stop = this.button("stop", () => this.act("stop"));
    const again = () => this.begin(this.told.name);
    this.again = this.button("again", again);
    this.close = el("button", { type: "button", class: "story-close", "aria-label": t("story.close"), onclick: () => this.put() }, icon("close"));
    this.root = el(
      "section",
      { class: "story", "aria-label": t("story.label"), hidden: true },
      el("div", { class: "story-words" }, el("p", { class: "story-head" }, this.title, this.place), this.caption),
      el("div", { class: "story-buttons" }, this.next, this.hold, this.stop, this.again, this.close),
    );
  }

  get held() {
    return this.told?.state === "held";
  }

  button(name, onclick, attributes = {}) {
    return el("button", { type: "button", "data-story": name, ...attributes, onclick }, this.page.t(`story.${name}`));
  }

  begin(name) {
    this.hidden = false;
    return this.does(() => api.beginStory(name));
  }

  act(what) {
    return this.does(() => api.storyAct(what));
  }

  async does(deed) {
    try {
      await deed();
    } catch (error) {
      this.page.status.fail(error);
    }
    await this.refresh();
  }

  /** Puts the bar away; the next story brings it back. */
  put() {
    this.hidden = true;
    this.root.hidden = true;
  }

  /** Fetches how the story stands. */
  async refresh() {
    try {
      this.render(await api.story(this.page.lang));
    } catch (error) {
      this.page.status.fail(error);
    }
  }

  /** Steps come fast where somebody presses Next: one look answers many words of them, the last one never lost. */
  async refreshSoon() {
    if (this.stories.length === 0) return;
    if (this.fetching) {
      this.asked = true;
      return;
    }
    this.fetching = true;
    await this.refresh();
    this.fetching = false;
    if (this.asked) {
      this.asked = false;
      await this.refreshSoon();
    }
  }

  render(told) {
    const { t } = this.page;
    this.told = told;
    const runs = RUNNING.includes(told.state);
    if (runs) this.hidden = false;
    this.root.hidden = told.state === "none" || Boolean(this.hidden);
    this.root.dataset.state = told.state;
    this.title.textContent = told.title;
    this.place.textContent = told.step ? `${told.step} / ${told.of}` : "";
    this.say(this.words(told));
    this.hold.textContent = t(this.held ? "story.go" : "story.hold");
    for (const button of [this.next, this.hold, this.stop]) button.hidden = !runs;
    for (const button of [this.again, this.close]) button.hidden = runs;
    if (runs) this.show(told);
    else this.stage.phones.forEach((phone) => phone.root.classList.remove("is-acting"));
  }

  words(told) {
    const { t } = this.page;
    if (told.state === "stuck") return t("story.stuck", told.why);
    if (told.state === "stopped") return t("story.stopped");
    if (told.state === "ended") return `${told.caption} ${t("story.ended")}`;
    return told.caption || t("story.begins");
  }

  /** A screen reader says a caption when it changes, and only then. */
  say(words) {
    if (this.caption.textContent !== words) this.caption.textContent = words;
  }

  /** Phones for all of the story's people, and in front the one that acts. */
  show({ phones, who }) {
    const { stage } = this;
    const people = new Set(this.page.people.map((person) => person.id));
    const held = new Set(stage.phones.map((phone) => phone.id));
    phones.filter((id) => people.has(id) && !held.has(id)).forEach((id) => stage.add(id));
    const acting = stage.phones.find((phone) => phone.id === who);
    for (const phone of stage.phones) phone.root.classList.toggle("is-acting", phone === acting);
    if (!acting || this.acting === acting) return;
    this.acting = acting;
    stage.show(acting);
    acting.root.scrollIntoView({ inline: "nearest", block: "nearest" });
  }
}
