// Owns the whole page: fetches what the demo is, sets up its parts, and passes the server's events on to them.

import * as api from "./api.js";
import { Calls } from "./calls.js";
import { Clock } from "./clock.js";
import { el } from "./element.js";
import { Faults, Taps } from "./faults.js";
import { icon } from "./icons.js";
import { newPhoneDialog } from "./newphone.js";
import { Stage } from "./stage.js";
import { Status } from "./status.js";
import { Steps } from "./steps.js";
import { Stories } from "./story.js";
import { pageWords } from "./strings.js";

const TICK_MS = 20000; // the clock runs by itself; its face is fetched anew this often
const AGAIN_MS = 3000;

/** One wait at a time for the bot to be done, shared by all phones. */
function settler() {
  let waiting = null;
  return () => {
    waiting ??= api
      .idle()
      .catch(() => {}) // it only ends the dots; what went wrong is told where it was done
      .finally(() => (waiting = null));
    return waiting;
  };
}

/** What all parts of the page share. */
function shared(info, people, words, status) {
  const places = info.places ?? [];
  const own = { news: new EventTarget(), taps: new Taps(), settled: settler(), isEmptied: false };
  return { ...words, status, people, places, ...own };
}

function parts(page, info) {
  const steps = new Steps(page);
  const calls = new Calls(page);
  const faults = new Faults(page);
  const root = el("aside", { class: "side", "aria-label": page.t("guide") }, steps.root, calls.root, faults.root);
  const stage = new Stage(page, { root });
  const clock = new Clock(page, () => reset(page));
  const stories = new Stories(page, info.stories ?? [], stage);
  return { steps, calls, faults, stage, clock, stories };
}

async function reset(page) {
  const { status, t } = page;
  status.busy(t("resetting"));
  page.isEmptied = true; // until we hear of it, nobody is asked for who may be no more
  try {
    await api.reset();
    status.tell(t("wasReset"));
  } catch (error) {
    page.isEmptied = false;
    status.fail(error);
  }
}

async function addPhone(page, stage, person) {
  try {
    const { id } = await api.addPerson(person);
    await page.refreshPeople();
    const phone = stage.phones.find((one) => one.id === id) ?? stage.add(id);
    stage.show(phone);
    phone.root.scrollIntoView({ inline: "end", block: "nearest" });
  } catch (error) {
    page.status.fail(error);
  }
}

function topBar({ t }, info, { clock, stories }, dialog) {
  const label = t("addPhoneLabel");
  const add = el("button", { type: "button", class: "add-phone", "aria-label": label, onclick: () => dialog.showModal() });
  add.append(icon("plus"), el("span", {}, t("addPhone")));
  return el(
    "header",
    { class: "top" },
    el("h1", {}, "Brobot"),
    el("p", { class: "town" }, el("bdi", {}, info.community)),
    el("p", { class: "badge", title: t("badgeTitle") }, t("badge")),
    stories.chooser,
    add,
    clock.root,
  );
}

/** Fetches the people anew, and lets every part that names them know. */
function peopleRefresher(page, { stage, faults, steps }) {
  return async () => {
    try {
      ({ people: page.people } = await api.people());
    } catch (error) {
      page.status.fail(error);
      return;
    }
    stage.setPeople();
    faults.setPeople();
    steps.render();
  };
}

function listen(page, { stage, clock, calls, steps, stories }) {
  const handlers = {
    message: (event) => {
      stage.refresh(event.chat);
      clock.refreshSoon();
    },
    call: (event) => {
      calls.refresh();
      if (event.method === "answerCallbackQuery") stage.tapAnswered();
    },
    clock: () => clock.refresh(),
    story: () => stories.refreshSoon(),
    people: async () => {
      await page.refreshPeople();
      stage.refresh();
      stories.refreshSoon();
    },
    reset: () => {
      page.isEmptied = false;
      steps.clear();
      calls.clear();
      stage.clear();
      page.refreshPeople();
      clock.refresh();
    },
  };
  const connected = (up) => {
    page.status.connection(up);
    if (!up) return;
    page.isEmptied = false; // what we missed is seen in what is there now
    page.refreshPeople();
    stage.refresh();
    clock.refresh();
    calls.refresh();
    stories.refreshSoon();
  };
  api.listen((event) => handlers[event.type]?.(event), connected);
}

async function start() {
  const asked = new URLSearchParams(window.location.search).get("lang");
  const line = document.getElementById("status");
  let info;
  let people;
  try {
    [info, { people }] = await Promise.all([api.info(asked), api.people()]);
  } catch (error) {
    new Status(line, pageWords(asked).t).fail(error);
    setTimeout(start, AGAIN_MS);
    return;
  }
  const words = pageWords(asked, info.language);
  document.documentElement.lang = words.lang;
  document.documentElement.dir = words.dir;
  document.title = words.t("title", { product: "Brobot" });
  const page = shared(info, people, words, new Status(line, words.t));
  const all = parts(page, info);
  page.refreshPeople = peopleRefresher(page, all);
  const dialog = newPhoneDialog(page.t, (person) => addPhone(page, all.stage, person));
  document.getElementById("top").replaceChildren(topBar(page, info, all, dialog), line, all.stories.root);
  document.getElementById("stage").replaceChildren(all.stage.tabs, all.stage.row, all.stage.guide.root);
  document.body.append(dialog);
  all.stage.setPeople();
  all.faults.setPeople();
  listen(page, all);
  setInterval(() => all.clock.refresh(), TICK_MS);
}

start();
