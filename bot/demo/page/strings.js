// Owns which language the page speaks, and the few words that belong to a phone's own app.

import { ARABIC } from "./words_ar.js";
import { DANISH } from "./words_da.js";
import { ENGLISH } from "./words_en.js";
import { TIGRINYA } from "./words_ti.js";

const PAGE = { en: ENGLISH, da: DANISH, ar: ARABIC, ti: TIGRINYA };

// What a messenger itself says, in the language the phone is set to; the bot's texts are never known here.
const APP = {
  en: { write: "Message", edited: "edited", start: "Start", blocked: "You have blocked this bot", unblock: "Unblock" },
  da: { write: "Besked", edited: "redigeret", start: "Start", blocked: "Du har blokeret botten", unblock: "Fjern blokering" },
  ar: { write: "رسالة", edited: "معدّلة", start: "ابدأ", blocked: "لقد حظرت هذا البوت", unblock: "إلغاء الحظر" },
  ti: { write: "መልእኽቲ", edited: "ተኣሪሙ", start: "ጀምር", blocked: "ነዚ ቦት ዓጺኹምዎ ኣለኹም", unblock: "ክፈት" },
};

/** The languages a new phone can be set to, each in its own script. */
export const APP_LANGUAGES = {
  ar: "العربية",
  ti: "ትግርኛ",
  da: "dansk",
  en: "English",
  fa: "فارسی",
  so: "Soomaali",
  tr: "Türkçe",
  uk: "українська",
};

const RIGHT_TO_LEFT = ["ar", "fa", "he", "ps", "ur", "ckb"];

function primary(code) {
  return (code ?? "en").toLowerCase().split("-")[0];
}

/** "rtl" or "ltr" for the app of a phone set to `code`, and for a page in it. */
export function direction(code) {
  return RIGHT_TO_LEFT.includes(primary(code)) ? "rtl" : "ltr";
}

/**
 * What a message's `dir` is. The browser's own search takes the first letter of all, but the Unicode rule, and so a
 * messenger, looks past what is set apart by isolates: an Arabic message may open with an isolated Latin name.
 */
export function textDirection(text) {
  const outside = text.replace(/[\u2066-\u2068][^\u2066-\u2069]*\u2069/g, "");
  const first = outside === text ? null : outside.match(/\p{L}/u)?.[0];
  if (!first) return "auto";
  return /[\p{Script=Arabic}\p{Script=Hebrew}]/u.test(first) ? "rtl" : "ltr";
}

/** The app's own words for a phone set to `code`; English where we have none. `lang` is what they are in. */
export function appWords(code) {
  const lang = primary(code) in APP ? primary(code) : "en";
  return { ...APP[lang], lang, name: APP_LANGUAGES[primary(code)] ?? code };
}

/** A value that reads the other way is set apart, so that it does not turn the words around it. */
function isolated(value, dir) {
  const turns = dir === "rtl" ? /[A-Za-z]/ : /[\u0590-\u08ff\ufb1d-\ufefc]/;
  return turns.test(value) ? `\u2068${value}\u2069` : value;
}

/**
 * How the page speaks. `t("steps.found")` is the words; `t("nextAt", {when})` with the braces filled in; words that
 * differ by number are chosen by `count`.
 */
export function pageWords(asked, fallback) {
  const lang = asked in PAGE ? asked : fallback in PAGE ? fallback : "en";
  const dir = direction(lang);
  const plural = new Intl.PluralRules(lang);
  function t(key, values = {}) {
    let found = key.split(".").reduce((level, part) => level?.[part], PAGE[lang]);
    if (found?.other) found = found[plural.select(values.count)] ?? found.other;
    if (typeof found !== "string") return found ?? key;
    return found.replace(/\{(\w+)\}/g, (all, name) => isolated(values[name] ?? all, dir));
  }
  return { lang, dir, t };
}
