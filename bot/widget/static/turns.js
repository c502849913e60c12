// The turns of a chat: what was said before, what still has to be sent, and under which id it is asked.

import { Listener, newId, Refused } from "./connection.js";

const WELCOME = "welcome";

export class Turns {
  // `view` shows what this learns: add, addOwn, settle, speak, showCart, ordered, refuse, renewed, moved, speaking
  constructor(memory, connection, view) {
    this.memory = memory;
    this.connection = connection;
    this.view = view;
    this.listener = new Listener(() => this.hear());
    this.forget();
    memory.changed = (before, now) => this.follow(before, now);
  }

  forget() {
    this.hasBegun = false;
    this.shown = new Set();
    this.answered = new Set();
    this.inFlight = new Set();
    this.position = -1;
    this.connection.tag = null;
    this.listener.listen(false);
  }

  get token() {
    return this.memory.shared.values.token;
  }

  // Brings back the chat there is, or opens one.
  begin() {
    this.hasBegun = true;
    return this.connection.inTurn(async () => {
      if (!this.token || !(await this.restore())) await this.greet();
    });
  }

  // Two tabs opened at once must not open two chats.
  async greet() {
    const opening = async () => {
      this.memory.shared.refresh();
      if (this.token && (await this.restore())) return;
      const { language, page } = this.view;
      const opened = await this.connection.open({
        language,
        ...(page.sku ? { page: { url: location.href.split(/[?#]/)[0], sku: page.sku } } : {}),
      });
      this.memory.shared.keep({ token: opened.token, language: opened.language, person: opened.person, turns: 0 });
      this.shown.add(WELCOME);
      for (const message of opened.messages) this.view.add(message, true);
    };
    await (navigator.locks ? navigator.locks.request(this.memory.key, opening) : opening());
  }

  async restore() {
    try {
      const past = await this.connection.history();
      this.memory.shared.keep({ person: past.person });
      this.view.speak(past.language);
      this.view.silently(() => this.replay(past.messages, WELCOME, false));
      this.stands(past);
      this.view.showCart(past.cart, false);
      if (past.stage === "ordered") this.view.ordered();
      return true;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.memory.shared.keep({ token: undefined });
      return false;
    }
  }

  stands({ speaking, waiting, position }) {
    const listens = Boolean(speaking.name) || waiting;
    this.position = position;
    this.view.speaking(speaking.name);
    this.memory.shared.keep({ listens });
    this.listener.listen(listens);
    return listens;
  }

  // What the listener asks.
  hear() {
    return this.connection.inTurn(async () => {
      if (!this.token) return false;
      try {
        const news = await this.connection.news(this.position);
        if (!news) return news === null ? null : true;
        this.replay(news.messages, null, true);
        return this.stands(news);
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        return false;
      }
    });
  }

  // Adds what is not here yet, turn by turn: a line of the shopper begins one, a person's is one.
  replay(messages, first, isLive) {
    const known = new Set(this.answered);
    if (this.shown.has(WELCOME)) known.add(WELCOME);
    let turn = first;
    for (const message of messages) {
      if (message.from.kind) {
        if (this.shown.has(message.id)) continue;
        this.shown.add(message.id);
        if (message.speaking) this.view.settle();
        this.view.add(message, isLive);
      } else if (message.from === "shopper") {
        turn = message.id;
        if (!this.shown.has(turn)) {
          this.shown.add(turn);
          this.view.settle();
          this.view.addOwn(message.text);
        }
      } else if (turn && !known.has(turn)) {
        this.shown.add(turn);
        this.answered.add(turn);
        this.view.add(message, isLive);
      }
    }
  }

  // What another tab did to the chat happens here as well.
  follow(before, now) {
    if (!this.hasBegun) return;
    if (now.token !== before.token) this.view.moved(Boolean(now.token));
    else if (now.turns !== before.turns) this.catchUp();
  }

  catchUp() {
    return this.connection.inTurn(() => this.restore());
  }

  get unsent() {
    return this.memory.tab.values.unsent || [];
  }

  say(content, element) {
    const { language, page } = this.view;
    const body = { id: newId(), ...content, language, ...(page.sku ? { page: { sku: page.sku } } : {}) };
    this.memory.tab.keep({ unsent: [...this.unsent, body] });
    return this.send(body, element);
  }

  // A message that a closed page left unanswered goes out again under its id.
  resend() {
    const left = this.unsent.filter((body) => !this.inFlight.has(body.id));
    return Promise.all(left.map((body) => this.send(body, this.shown.has(body.id) ? null : this.view.addOwn(body.text || "…"))));
  }

  send(body, element) {
    this.inFlight.add(body.id);
    return this.connection.inTurn(async () => {
      if (!this.answered.has(body.id)) await this.exchange(body, element);
      this.memory.tab.keep({ unsent: this.unsent.filter((other) => other.id !== body.id) });
    });
  }

  async exchange(body, element) {
    const { token } = this;
    try {
      await this.turn(body);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (error.status !== 401) this.view.refuse(element);
      else await this.renew(body, element, token);
    }
  }

  async turn(body) {
    this.shown.add(body.id);
    this.view.answering();
    let waiting = false;
    const answer = await this.connection.send(body, (message) => {
      waiting ||= message.type === "handoff";
      this.view.add(message, true);
    });
    this.answered.add(body.id);
    if (answer.speaking || waiting) this.listener.listen(true);
    this.view.speak(answer.language);
    const hasOrdered = answer.stage === "ordered" || answer.stage === "after";
    this.view.showCart(answer.cart, !hasOrdered);
    if (hasOrdered) this.view.ordered();
    this.memory.shared.keep({ turns: (this.memory.shared.values.turns || 0) + 1 });
  }

  // The chat this message was meant for has ended: what was typed is said in a new one, a button no longer counts.
  async renew(body, element, refused) {
    if (this.token === refused) this.memory.shared.keep({ token: undefined });
    this.shown.delete(WELCOME);
    this.view.renewed();
    await this.greet();
    if (!body.text) return;
    this.view.again(element);
    await this.turn(body);
  }

  link() {
    return this.connection.inTurn(() => this.connection.link());
  }

  rate(stars) {
    return this.connection.inTurn(() => this.connection.rate(stars));
  }

  // false where the shop must keep the chat
  erase() {
    return this.connection.inTurn(async () => {
      try {
        await this.connection.erase();
      } catch (error) {
        if (error instanceof Refused && error.status === 409) return false;
        if (!(error instanceof Refused) || error.status !== 401) throw error;
      }
      this.forget();
      this.memory.forget();
      return true;
    });
  }
}
