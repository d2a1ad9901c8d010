// Owns the question behind "+ phone": a name, the app's language, a role.

import { el } from "./element.js";
import { APP_LANGUAGES } from "./strings.js";

const ROLES = ["newcomer", "volunteer", "coordinator"];

function choice(id, label, options) {
  const select = el("select", { id, name: id }, options.map(([value, text]) => el("option", { value }, text)));
  return [el("label", { for: id }, label), select];
}

/** The dialog; `onAdd({name, language_code, role})` is called with the answer. Escape closes it. */
export function newPhoneDialog(t, onAdd) {
  const name = el("input", { id: "new-name", required: true, maxlength: "60", autocomplete: "off", dir: "auto" });
  const form = el(
    "form",
    { method: "dialog" },
    el("h2", { id: "new-title" }, t("newPhone")),
    el("label", { for: "new-name" }, t("name")),
    name,
    choice("new-language", t("language"), Object.entries(APP_LANGUAGES)),
    choice("new-role", t("role"), ROLES.map((role) => [role, t(role)])),
    el(
      "div",
      { class: "dialog-buttons" },
      el("button", { type: "button", onclick: () => dialog.close() }, t("cancel")),
      el("button", { class: "main" }, t("add")),
    ),
  );
  const dialog = el("dialog", { "aria-labelledby": "new-title" }, form);
  form.addEventListener("submit", () => {
    const value = (id) => form.querySelector(`#${id}`).value;
    onAdd({ name: name.value.trim(), language_code: value("new-language"), role: value("new-role") });
    name.value = "";
  });
  return dialog;
}
