// Talks to the gateway: one request at a time, a message under the same id until it has been answered.

const PAUSES = [500, 1000, 2000, 4000, 8000, 15000, 30000];

export class Refused extends Error {
  constructor(status, detail) {
    super(detail);
    this.status = status;
  }
}

export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export class Connection {
  // `token` gives the chat's token; `notice` is told "offline", "busy", "starting" or "" as a request waits
  constructor(base, token, notice) {
    this.base = base;
    this.token = token;
    this.notice = notice;
    this.waiting = Promise.resolve();
  }

  // Everything goes out in the order it was asked for; a first message waits until the chat is open.
  inTurn(work) {
    const turn = this.waiting.then(work);
    this.waiting = turn.catch(() => undefined);
    return turn;
  }

  open(body) {
    return this.persist("POST", "api/sessions", body, asDocument);
  }

  history() {
    return this.persist("GET", "api/messages", null, asDocument);
  }

  // null where nobody answered, undefined where nothing is new
  async news(after) {
    const outcome = await this.once("GET", `api/messages?after=${after}`, null, async (response) => {
      this.tag = response.headers.get("ETag");
      return response.json();
    }, this.tag);
    if (outcome.error) throw outcome.error;
    return outcome.done ? outcome.answer : null;
  }

  link() {
    return this.persist("POST", "api/link", {}, asDocument);
  }

  rate(rating) {
    return this.persist("POST", "api/rating", { rating }, asDocument);
  }

  erase() {
    return this.persist("DELETE", "api/session", null, async () => null);
  }

  // `heard` gets each message once, as soon as it is there, also where a line breaks and the answer comes again
  send(body, heard) {
    let count = 0;
    return this.persist("POST", "api/messages", body, async (response) => {
      let line = 0;
      let end = null;
      for await (const message of lines(response)) {
        if (message.type === "end") end = message;
        else if ((line += 1) > count) {
          count = line;
          heard(message);
        }
      }
      if (!end) throw new TypeError("the answer broke off");
      return end;
    });
  }

  async persist(method, path, body, read) {
    for (let attempt = 0; ; attempt += 1) {
      const outcome = await this.once(method, path, body, read);
      if (outcome.done) {
        this.notice("");
        if (outcome.error) throw outcome.error;
        return outcome.answer;
      }
      this.notice(outcome.why);
      await pause(outcome.seconds ? outcome.seconds * 1000 : PAUSES[Math.min(attempt, PAUSES.length - 1)]);
    }
  }

  async once(method, path, body, read, tag) {
    const token = this.token();
    let response;
    try {
      response = await fetch(this.base + path, {
        method,
        credentials: "omit",
        headers: {
          Accept: "application/x-ndjson; end=true, application/json",
          ...(body ? { "Content-Type": "application/json" } : {}),
          ...(token ? { Authorization: `Bearer ${token}` } : {}),
          ...(tag ? { "If-None-Match": tag } : {}),
        },
        body: body ? JSON.stringify(body) : undefined,
      });
      if (response.status === 304) return { done: true };
      if (response.ok) return { done: true, answer: await read(response) };
    } catch {
      return { done: false, why: "offline" };
    }
    return refusal(response);
  }
}

async function refusal(response) {
  const problem = await response.json().catch(() => ({}));
  const seconds = Number(response.headers.get("Retry-After")) || 0;
  if (response.status === 429) return { done: false, why: "busy", seconds: seconds || 5 };
  if (response.status >= 500) {
    const isStarting = String(problem.type).endsWith(":engine-starting");
    return { done: false, why: isStarting ? "starting" : "offline", seconds };
  }
  return { done: true, error: new Refused(response.status, problem.detail || "") };
}

const asDocument = (response) => response.json();

async function* lines(response) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    const parts = (rest + (value || "")).split("\n");
    rest = parts.pop();
    for (const part of parts) if (part) yield JSON.parse(part);
    if (done) break;
  }
  if (rest) yield JSON.parse(rest);
}

// A connection that comes back ends the pause.
function pause(milliseconds) {
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

// Asks for news again and again while a person is awaited or has the chat, and rests otherwise.
export class Listener {
  // `ask` brings true while there is more to wait for, false where there is not, null where nobody answered
  constructor(ask) {
    this.ask = ask;
    this.isOn = false;
    this.failures = 0;
    const soon = () => { if (!document.hidden) this.after(0); };
    document.addEventListener("visibilitychange", soon);
    addEventListener("online", soon);
  }

  listen(on) {
    if (on === this.isOn) return;
    this.isOn = on;
    this.after(0);
  }

  after(milliseconds) {
    clearTimeout(this.timer);
    if (this.isOn) this.timer = setTimeout(() => this.round(), milliseconds);
  }

  async round() {
    const more = await this.ask();
    this.failures = more === null ? this.failures + 1 : 0;
    this.isOn &&= more !== false;
    this.after(Math.min((document.hidden ? 15000 : 2000) * 2 ** this.failures, 60000));
  }
}
