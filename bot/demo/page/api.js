// Owns the talk with the demo's server: every call of its control, its events, and its errors in words.

/** What the server refused, or that it could not be reached. `reached` tells the two apart. */
export class ServerError extends Error {
  constructor(message, reached) {
    super(message);
    this.reached = reached;
  }
}

async function call(path, body) {
  let answer;
  try {
    answer = await fetch(
      path,
      body === undefined
        ? { cache: "no-store" }
        : { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) },
    );
  } catch {
    throw new ServerError("", false);
  }
  const text = await answer.text();
  let data = {};
  try {
    data = text ? JSON.parse(text) : {};
  } catch {
    data = { error: text.slice(0, 200) };
  }
  if (!answer.ok) throw new ServerError(data.error ?? data.description ?? `HTTP ${answer.status}`, true);
  return data;
}

export const info = (lang) => call(`/demo/info${lang ? `?lang=${encodeURIComponent(lang)}` : ""}`);
export const people = () => call("/demo/people");
export const chat = (id) => call(`/demo/chat/${id}`);
export const clock = () => call("/demo/clock");
export const calls = (since) => call(`/demo/calls?since=${since}`);
export const idle = () => call("/demo/idle");
export const addPerson = (person) => call("/demo/people", person);
export const say = (id, text, replyTo) => call("/demo/say", { id, text, reply_to: replyTo });
export const tap = (id, button) => call("/demo/tap", { id, ...button });
export const location = (id, lat, lon) => call("/demo/location", { id, lat, lon });
export const media = (id, kind) => call("/demo/media", { id, kind });
export const moveClock = (move) => call("/demo/clock", move);
export const fault = (kind, details = {}) => call("/demo/fault", { kind, ...details });
export const story = (lang) => call(`/demo/story?lang=${lang}`);
export const beginStory = (name) => call("/demo/story", { name });
export const storyAct = (act) => call("/demo/story", { act });
export const reset = () => call("/demo/reset", {});

/**
 * Hands every event of the server to `onEvent`. `onState(true)` is said on every (re)connection, for what was
 * missed meanwhile must be fetched anew; `onState(false)` when the connection is lost. The browser tries again by itself.
 */
export function listen(onEvent, onState) {
  const source = new EventSource("/demo/events");
  source.onopen = () => onState(true);
  source.onerror = () => onState(false);
  source.onmessage = (event) => onEvent(JSON.parse(event.data));
  return source;
}
