// Owns menus that open from a button: arrow keys move, Escape closes and gives the focus back.

import { el } from "./element.js";

let serial = 0;

export class Menu {
  /** `items()` gives what to show each time: `{text, hint, sign, run}`; `run` may return items of a next level. */
  constructor(button, host, label, items) {
    serial += 1;
    this.button = button;
    this.items = items;
    this.root = el("div", { class: "menu", role: "menu", id: `menu-${serial}`, "aria-label": label, hidden: true });
    host.append(this.root);
    button.setAttribute("aria-haspopup", "menu");
    button.setAttribute("aria-expanded", "false");
    button.setAttribute("aria-controls", this.root.id);
    button.addEventListener("click", () => (this.root.hidden ? this.open() : this.close()));
    this.root.addEventListener("keydown", (event) => this.onKey(event));
    document.addEventListener("pointerdown", (event) => {
      const inside = this.root.contains(event.target) || this.button.contains(event.target);
      if (!this.root.hidden && !inside) this.close(false);
    });
  }

  /** Opens with `items`, or with the menu's own. */
  open(items = this.items()) {
    this.root.replaceChildren(...items.map((item) => this.node(item)));
    this.root.hidden = false;
    this.button.setAttribute("aria-expanded", "true");
    this.root.querySelector("[role=menuitem]")?.focus();
  }

  close(giveBack = true) {
    this.root.hidden = true;
    this.button.setAttribute("aria-expanded", "false");
    if (giveBack) this.button.focus();
  }

  node(item) {
    if (!item.run) return el("p", { class: "menu-note", dir: "auto" }, item.text);
    return el(
      "button",
      { type: "button", role: "menuitem", tabindex: "-1", onclick: () => this.choose(item) },
      item.sign ? el("span", { class: "menu-sign", "aria-hidden": "true" }, item.sign) : null,
      el("bdi", {}, item.text),
      item.hint ? el("small", { dir: "auto" }, item.hint) : null,
    );
  }

  choose(item) {
    const next = item.run();
    if (Array.isArray(next)) this.open(next);
    else this.close();
  }

  onKey(event) {
    const all = [...this.root.querySelectorAll("[role=menuitem]")];
    const at = all.indexOf(document.activeElement);
    const steps = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 };
    if (event.key in steps) {
      event.preventDefault();
      all.at(steps[event.key] % all.length)?.focus();
    } else if (event.key === "Escape") {
      event.stopPropagation();
      this.close();
    } else if (event.key === "Tab") {
      this.close(false);
    }
  }
}
