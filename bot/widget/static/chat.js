// The chat as the shopper sees it: opens and closes it, draws what the turns bring, tells the page of the cart.

import { Connection } from "./connection.js";
import { h } from "./dom.js";
import { Badge, Frame } from "./frame.js";
import { filled } from "./labels.js";
import { Memory } from "./memory.js";
import { draw } from "./messages.js";
import { loadPanel, Panel } from "./panel.js";
import { ShopEvents } from "./shop_events.js";
import { Turns } from "./turns.js";

const LONGEST = 1000;

export async function createChat(root, launcher, settings, key) {
  const read = async (name) => (await fetch(settings.files + name, { credentials: "omit" })).text();
  const [frameCss, messagesCss] = await Promise.all([read("frame.css"), read("messages.css"), loadPanel(settings.files)]);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(frameCss);
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  return new Chat(root, launcher, settings, new Memory(key), messagesCss);
}

class Chat {
  constructor(root, launcher, settings, memory, css) {
    this.launcher = launcher;
    this.badge = new Badge(root, launcher);
    this.settings = settings;
    this.memory = memory;
    const { language } = memory.shared.values;
    const { pageLanguage, draft } = memory.tab.values;
    // a page in another language than before is the shopper's latest word on it
    this.hasMoved = Boolean(pageLanguage) && pageLanguage !== settings.language;
    this.language = this.hasMoved ? settings.language : language || settings.language;
    this.page = { sku: settings.sku, product: settings.product };
    this.focusBack = launcher;
    this.pending = 0;
    this.events = new ShopEvents();
    this.connection = new Connection(settings.base, () => memory.shared.values.token, (why) => this.wait(why));
    this.turns = new Turns(memory, this.connection, this);
    this.frame = new Frame(settings, {
      speak: (code) => this.choseLanguage(code),
      person: () => this.askPerson(),
      code: () => this.askCode(),
      rate: (stars) => this.rate(stars),
      unrated: () => this.unrated(),
      erase: () => this.erase(),
      close: () => this.close(),
      endAbout: () => this.lookAt({ sku: "", product: "" }),
    });
    this.frame.speak(this.language);
    const { labels } = this.frame;
    this.panel = new Panel({ labels, css, limit: LONGEST, draft, written: (text) => this.written(text), typed: (text) => this.typed(text) });
    this.empty();
    root.append(this.frame.element);
  }

  open(focusBack, page) {
    this.focusBack = focusBack;
    this.frame.element.hidden = false;
    this.launcher.hidden = true;
    this.launcher.setAttribute("aria-expanded", "true");
    document.documentElement.dataset.tresen = "open"; // a page may make room
    this.lookAt(page || this.page);
    this.badge.read();
    if (!this.settings.consent || this.memory.shared.values.consent) this.show();
    else {
      this.frame.gate(() => {
        this.memory.shared.keep({ consent: true });
        this.show();
      });
    }
  }

  show() {
    if (!this.panel.element.isConnected) this.panel.into(this.frame.body);
    this.panel.focus();
    this.panel.toEnd();
    this.memory.tab.keep({ open: true, pageLanguage: this.settings.language });
    if (!this.turns.hasBegun) this.begin();
  }

  close() {
    this.frame.element.hidden = true;
    this.launcher.hidden = false;
    this.launcher.setAttribute("aria-expanded", "false");
    delete document.documentElement.dataset.tresen;
    if (this.turns.hasBegun) this.memory.tab.keep({ open: false });
    this.focusBack.focus();
  }

  begin() {
    return this.during(async () => {
      await this.turns.begin();
      // what was written meanwhile comes after the greeting
      if (this.early.length > 0) this.panel.arrange(this.lines = [...this.lines, ...this.early]);
      this.early = [];
      this.panel.toEnd();
      this.isReady = true;
      await this.turns.resend();
    });
  }

  // A person answers, or is awaited, while the window is closed: the button says so.
  listen() {
    if (!this.turns.hasBegun) this.begin();
  }

  refresh() {
    this.memory.shared.refresh();
    if (this.turns.hasBegun) this.turns.catchUp();
  }

  empty() {
    this.isReady = false;
    this.lines = [];
    this.early = [];
    this.panel.arrange([]);
    this.events.forget();
    this.cart = null;
    this.frame.showCart(null, this.drawing);
    this.frame.rating.show(false);
  }

  // another tab has ended the chat or begun another one
  moved(isAnother) {
    this.turns.forget();
    this.empty();
    if (this.frame.element.hidden) return;
    if (isAnother) this.begin();
    else this.close();
  }

  speak(language) {
    if (this.hasMoved || language === this.language) return;
    this.language = language;
    this.frame.speak(language);
    this.panel.relabel(this.frame.labels);
    if (this.turns.token) this.memory.shared.keep({ language });
    this.frame.showCart(this.cart, this.drawing);
    this.frame.showAbout(this.page);
  }

  choseLanguage(language) {
    this.hasMoved = false;
    this.speak(language);
    if (this.turns.hasBegun) this.panel.focus();
  }

  get drawing() {
    return {
      labels: this.frame.labels,
      base: this.settings.base,
      target: this.settings.page ? "_top" : null,
      choose: (choice, button) => this.choose(choice, button),
      selected: (card, message) => this.events.selected(card, message),
    };
  }

  // what the shopper says

  // called by the panel, which shows the element itself
  written(text) {
    const element = this.own(text);
    (this.isReady ? this.lines : this.early).push(element);
    this.typed("");
    this.say({ text: text.trim() }, element);
    return element;
  }

  choose(choice, button) {
    const group = button.closest(".answers, .card, .choices");
    for (const other of group.querySelectorAll("button.choice")) other.disabled = true;
    button.classList.add("chosen");
    this.say({ payload: choice.payload }, this.addOwn(choice.title));
    this.panel.focus();
  }

  askPerson() {
    const { person } = this.memory.shared.values;
    const title = this.frame.labels.person;
    this.say(person ? { payload: person.payload } : { text: title }, this.addOwn(title));
    this.panel.focus();
  }

  // A voice that is told the code goes on in this chat: same cart, and a no stays a no.
  askCode() {
    return this.during(async () => {
      const { code, valid_seconds: seconds } = await this.turns.link();
      const text = filled(this.frame.labels.codeTold, { code: `${code.slice(0, 3)} ${code.slice(3)}`, minutes: seconds / 60 });
      this.first = this.offered = null;
      this.add({ type: "text", text }, true);
      this.panel.focus();
    });
  }

  // asked once
  ordered() {
    if (this.memory.shared.values.rated === undefined) this.frame.rating.show(true);
  }

  rate(stars) {
    return this.during(async () => {
      await this.turns.rate(stars);
      this.memory.shared.keep({ rated: stars });
      this.unrated();
      this.frame.tell(this.frame.labels.rated);
    });
  }

  unrated() {
    this.memory.shared.keep({ rated: this.memory.shared.values.rated || 0 });
    this.frame.rating.show(false);
    this.panel.focus();
  }

  say(content, element) {
    if (this.isReady) this.settle();
    this.panel.toEnd();
    return this.during(() => this.turns.say(content, element));
  }

  typed(text) {
    this.memory.tab.keep({ draft: text });
    const left = LONGEST - text.length;
    this.frame.tell(left < 100 ? filled(this.frame.labels.left, { count: left }) : "");
  }

  // what is shown

  own(text) {
    return h("div", { class: "entry shopper" }, h("span", { class: "unseen" }, `${this.frame.labels.you}: `), h("p", { class: "bubble", dir: "auto" }, text));
  }

  addOwn(text) {
    const element = this.own(text);
    this.lines.push(element);
    this.panel.show(element, "user");
    this.panel.toEnd();
    return element;
  }

  answering() {
    this.first = this.offered = null;
    this.hasMoved = false;
  }

  add(message, isLive) {
    const drawn = draw(message, this.drawing);
    if (!drawn) return;
    const element = this.framed(message, drawn);
    this.lines.push(element);
    this.panel.show(element, "ai");
    this.events.shown(message, isLive);
    if (isLive && message.from?.name && this.frame.element.hidden) this.badge.count(filled(this.frame.labels.news, { person: message.from.name }));
    this.first ??= element;
    if (message.type === "offer") this.offered = element;
    this.panel.toEnd(...(isLive ? [this.first, this.offered] : []));
  }

  framed(message, drawn) {
    const { kind = "assistant", name = `${this.frame.labels.assistant}: ` } = message.from || {};
    const who = kind !== "notice" && h("span", { class: kind === "person" ? "by" : "unseen" }, name);
    return h("div", { class: `entry ${kind} type-${message.type}` }, who, drawn);
  }

  speaking(person) {
    this.person = person;
    this.frame.showSpeaker(person);
    this.panel.typing(this.pending > 0 && !person);
  }

  silently(work) {
    this.panel.silently(work);
  }

  refuse(element) {
    element?.append(h("small", { class: "failed" }, this.frame.labels.refused));
  }

  renewed() {
    this.answering();
    this.add({ type: "text", text: this.frame.labels.renewed }, true);
  }

  again(element) {
    this.settle();
    this.lines = [...this.lines.filter((line) => line !== element), element].filter(Boolean);
    this.panel.arrange(this.lines);
  }

  // Answers to an earlier question are no longer offered once something else was said.
  settle() {
    for (const line of this.lines) {
      line.querySelector(".choices.passing")?.closest(".entry").replaceChildren();
      for (const button of line.querySelectorAll(".answers button, .offer .card-choices button")) button.disabled = true;
    }
  }

  showCart(cart, isLive) {
    this.cart = cart;
    this.frame.showCart(cart, this.drawing);
    this.events.cart(cart, isLive);
    const count = cart.lines.reduce((sum, line) => sum + line.quantity, 0);
    const summary = { count, total: cart.total, checkout_url: cart.checkout_url || "" };
    this.memory.shared.keep({ cart: summary });
    this.events.badge(summary);
  }

  lookAt(page) {
    this.page = page;
    this.frame.showAbout(page);
    if (!page.sku && this.turns.hasBegun) this.panel.focus();
  }

  wait(why) {
    this.frame.tell(why ? this.frame.labels[why] : "");
  }

  async during(work) {
    this.pending += 1;
    this.panel.typing(!this.person);
    try {
      await work();
    } finally {
      this.pending -= 1;
      this.panel.typing(this.pending > 0 && !this.person);
    }
  }

  async erase() {
    if (!(await this.turns.erase())) {
      this.add({ type: "text", text: this.frame.labels.held }, true);
      return;
    }
    this.empty();
    this.events.badge({ count: 0, checkout_url: "" });
    this.close();
  }
}
