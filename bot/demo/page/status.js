// Owns the status line: what happens now, and what went wrong, in words.

const LINGER_MS = 7000;

export class Status {
  constructor(node, t) {
    this.node = node;
    this.t = t;
    this.connected = true;
    this.rest();
  }

  show(text, state) {
    clearTimeout(this.timer);
    this.node.dataset.state = state;
    if (this.node.textContent !== text) this.node.textContent = text;
  }

  rest() {
    if (this.connected) this.show(this.t("live"), "live");
    else this.show(this.t("lost"), "error");
  }

  /** Something went as it should. */
  tell(text) {
    this.show(text, "told");
    this.timer = setTimeout(() => this.rest(), LINGER_MS);
  }

  /** Something takes time; it stays until the next word. */
  busy(text) {
    this.show(text, "busy");
  }

  /** Something did not work. */
  fail(error) {
    const reason = error.reached === false ? this.t("unreachable") : this.t("refused", { reason: error.message });
    this.show(reason, "error");
    this.timer = setTimeout(() => this.rest(), 2 * LINGER_MS);
  }

  /** The line to the server stands, or is lost. */
  connection(up) {
    this.connected = up;
    this.rest();
  }
}
