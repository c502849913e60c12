// Talks to the gateway: one message at a time, the same id until it has been answered.

const PAUSES = [500, 1000, 2000, 4000, 8000, 15000];

export class Refused extends Error {
  constructor(status, detail) {
    super(detail);
    this.status = status;
  }
}

function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export class Session {
  // `notice` is told "sending", "offline", "busy" or "" as a message waits
  constructor(base, key, notice) {
    this.base = base;
    this.key = key;
    this.notice = notice;
    this.waiting = Promise.resolve();
    this.state = this.read();
  }

  read() {
    try {
      return JSON.parse(sessionStorage.getItem(this.key) || "{}");
    } catch {
      return {};
    }
  }

  keep(changes) {
    this.state = { ...this.state, ...changes };
    sessionStorage.setItem(this.key, JSON.stringify(this.state));
  }

  forget() {
    this.state = {};
    sessionStorage.removeItem(this.key);
  }

  get exists() {
    return Boolean(this.state.token);
  }

  // Everything goes out in the order it was asked for; a first message waits until the chat is open.
  inTurn(work) {
    const turn = this.waiting.then(work);
    this.waiting = turn.catch(() => undefined);
    return turn;
  }

  begin(language, page) {
    const body = { language, ...(page.sku ? { page: { url: location.href.split(/[?#]/)[0], sku: page.sku } } : {}) };
    return this.inTurn(async () => {
      const opened = await this.persist("POST", "/api/sessions", body);
      this.keep({ token: opened.token, language: opened.language });
      return opened;
    });
  }

  history() {
    return this.inTurn(() => this.persist("GET", "/api/messages"));
  }

  send(content, language, page) {
    const body = { id: newId(), ...content, language, ...(page.sku ? { page: { sku: page.sku } } : {}) };
    return this.inTurn(() => this.persist("POST", "/api/messages", body));
  }

  async erase() {
    try {
      await this.inTurn(() => this.persist("DELETE", "/api/session"));
    } catch (error) {
      if (!(error instanceof Refused) || error.status !== 401) throw error;
    }
    this.forget();
  }

  async persist(method, path, body) {
    for (let attempt = 0; ; attempt += 1) {
      const outcome = await this.once(method, path, body);
      if (outcome.done) {
        this.notice("");
        if (outcome.error) throw outcome.error;
        return outcome.answer;
      }
      this.notice(outcome.why);
      await this.pause(outcome.seconds ? outcome.seconds * 1000 : PAUSES[Math.min(attempt, PAUSES.length - 1)]);
    }
  }

  async once(method, path, body) {
    let response;
    try {
      response = await fetch(this.base + path, {
        method,
        credentials: "omit",
        headers: {
          ...(body ? { "Content-Type": "application/json" } : {}),
          ...(this.state.token ? { Authorization: `Bearer ${this.state.token}` } : {}),
        },
        body: body ? JSON.stringify(body) : undefined,
      });
      if (response.ok) return { done: true, answer: response.status === 204 ? null : await response.json() };
    } catch {
      return { done: false, why: "offline" };
    }
    if (response.status === 429) {
      return { done: false, why: "busy", seconds: Number(response.headers.get("Retry-After")) || 5 };
    }
    if (response.status >= 500) return { done: false, why: "offline" };
    const problem = await response.json().catch(() => ({}));
    return { done: true, error: new Refused(response.status, problem.detail || "") };
  }

  // A connection that comes back ends the pause.
  pause(milliseconds) {
    return new Promise((resolve) => {
      const timer = setTimeout(go, milliseconds);
      function go() {
        clearTimeout(timer);
        removeEventListener("online", go);
        resolve();
      }
      addEventListener("online", go);
    });
  }
}
