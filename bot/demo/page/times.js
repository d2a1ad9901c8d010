// Owns how moments are read and shown: Europe/Copenhagen, weekday, dd/mm, 24 hours, whatever the computer is set to.

const ZONE = "Europe/Copenhagen";
const CLOCK = new Intl.DateTimeFormat("en-GB", {
  timeZone: ZONE,
  hourCycle: "h23",
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
});
// Browsers ship no Tigrinya weekdays; these are CLDR's.
const TIGRINYA_DAYS = ["ሰንበት", "ሰኑይ", "ሰሉስ", "ረቡዕ", "ሓሙስ", "ዓርቢ", "ቀዳም"];

function parts(moment) {
  return Object.fromEntries(CLOCK.formatToParts(moment).map((part) => [part.type, part.value]));
}

/** The same clock face as if it stood in UTC, in milliseconds: for sums with days. */
function face(moment) {
  const p = parts(moment);
  return Date.UTC(p.year, p.month - 1, p.day, p.hour, p.minute, p.second);
}

function weekday(moment, language) {
  const day = new Date(face(moment));
  if (language.startsWith("ti")) return TIGRINYA_DAYS[day.getUTCDay()];
  const name = new Intl.DateTimeFormat(language, { weekday: "short", timeZone: "UTC" }).format(day);
  return name.replace(/\.$/, "");
}

/** "15:30" */
export function timeText(iso) {
  const p = parts(new Date(iso));
  return `${p.hour}:${p.minute}`;
}

/** "15:30:07" */
export function secondsText(iso) {
  return `${timeText(iso)}:${parts(new Date(iso)).second}`;
}

/** "Thu 26/11" in the words of `language`. */
export function dayText(iso, language) {
  const moment = new Date(iso);
  const p = parts(moment);
  return `${weekday(moment, language)} ${p.day}/${p.month}`;
}

/** "Thu 26/11 2026 15:30": a whole moment, with nothing left to guess. */
export function momentText(iso, language) {
  return `${dayText(iso, language)} ${parts(new Date(iso)).year} ${timeText(iso)}`;
}

/** The local day as "2026-11-26", to tell days apart. */
export function dayKey(iso) {
  const p = parts(new Date(iso));
  return `${p.year}-${p.month}-${p.day}`;
}

/** What an input of the kind datetime-local shows for this moment. */
export function fieldValue(iso) {
  return `${dayKey(iso)}T${timeText(iso)}`;
}

/** The moment, as ISO in UTC, at which Danish clocks show `value` (of a datetime-local field). */
export function fromField(value) {
  const wanted = Date.parse(`${value}:00Z`);
  let moment = wanted;
  // Twice: the first guess may fall on the other side of a change to or from summer time.
  for (let round = 0; round < 2; round += 1) moment = wanted - (face(new Date(moment)) - moment);
  return new Date(moment).toISOString();
}

/** Nine o'clock on the next local day, as ISO in UTC. */
export function tomorrowAtNine(iso) {
  const next = new Date(face(new Date(iso)) + 24 * 3600 * 1000).toISOString().slice(0, 10);
  return fromField(`${next}T09:00`);
}
