// The chat panel: log, composer, language, cart line; remembers only a token, and that only once it was opened.

import { h, icon } from "./dom.js";
import { LABELS, filled } from "./labels.js";
import { askTwice, cartLine, draw } from "./messages.js";
import { Refused, Session } from "./session.js";

const LONGEST = 1000;

export function createPanel(root, launcher, settings, key) {
  return new Panel(root, launcher, settings, key);
}

class Panel {
  constructor(root, launcher, settings, key) {
    this.root = root;
    this.launcher = launcher;
    this.settings = settings;
    this.session = new Session(settings.base, key, (why) => this.tell(why));
    const { language, pageLanguage } = this.session.state;
    // a page in another language than before is the shopper's latest word on it
    this.movedLanguage = Boolean(pageLanguage) && pageLanguage !== settings.language;
    this.language = this.movedLanguage ? settings.language : language || settings.language;
    this.page = { sku: settings.sku, product: settings.product };
    this.started = false;
    this.ready = false;
    this.pending = 0;
    this.focusBack = launcher;
    this.build();
  }

  get labels() {
    return LABELS[this.language];
  }

  get context() {
    return { labels: this.labels, base: this.settings.base, choose: (choice, button) => this.choose(choice, button) };
  }

  build() {
    this.log = h("div", { class: "log", role: "log", "aria-live": "polite", tabindex: 0 });
    this.typing = h("div", { class: "typing", hidden: true }, h("i"), h("i"), h("i"), h("span", { class: "hidden" }));
    this.status = h("p", { class: "status", role: "status", hidden: true });
    this.cart = h("div", { class: "cart-slot" });
    this.about = h("div", { class: "about", hidden: true });
    this.input = h("textarea", { id: "tresen-input", rows: 1, maxlength: LONGEST, autocomplete: "off", enterkeyhint: "send" });
    this.count = h("span", { class: "count", "aria-live": "polite" });
    this.sendButton = h("button", { type: "submit", class: "send" }, icon("send"));
    this.form = h("form", { class: "composer" }, this.input, this.count, this.sendButton);
    this.title = h("h2", { id: "tresen-title" });
    this.subtitle = h("p", {});
    this.languages = ["de", "en"].map((code) =>
      h("button", { type: "button", lang: code, on: { click: () => this.speak(code) } }, code.toUpperCase()));
    this.languageGroup = h("div", { class: "languages", role: "group" }, this.languages);
    this.eraseButton = h("button", { type: "button", class: "tool", on: { click: () => this.askErase() } }, icon("trash"));
    this.closeButton = h("button", { type: "button", class: "tool", on: { click: () => this.close() } }, icon("close"));
    this.element = h("section", { class: "panel", role: "dialog", "aria-labelledby": "tresen-title", hidden: true },
      h("header", {}, h("div", { class: "who" }, this.title, this.subtitle), this.languageGroup, this.eraseButton, this.closeButton),
      h("div", { class: "scroll" }, this.log, this.typing),
      this.status, this.cart, this.about, this.form);
    this.form.addEventListener("submit", (event) => { event.preventDefault(); this.submit(); });
    this.input.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); this.submit(); }
    });
    this.input.addEventListener("input", () => this.measure());
    this.element.addEventListener("keydown", (event) => { if (event.key === "Escape") this.close(); });
    this.root.append(this.element);
    this.speak(this.language);
  }

  speak(language) {
    this.language = language;
    const { labels } = this;
    this.element.lang = language;
    this.title.replaceChildren(labels.title, ...(this.settings.shop ? [h("span", { class: "shop" }, ` · ${this.settings.shop}`)] : []));
    this.subtitle.textContent = labels.automated;
    this.log.setAttribute("aria-label", labels.conversation);
    this.typing.querySelector("span").textContent = labels.typing;
    this.input.placeholder = labels.placeholder;
    this.input.setAttribute("aria-label", labels.write);
    this.sendButton.setAttribute("aria-label", labels.send);
    this.languageGroup.setAttribute("aria-label", labels.language);
    this.eraseButton.setAttribute("aria-label", labels.erase);
    this.eraseButton.title = labels.erase;
    this.closeButton.setAttribute("aria-label", labels.close);
    this.launcher.textContent = labels.open;
    for (const button of this.languages) button.setAttribute("aria-pressed", String(button.lang === language));
    if (this.session.exists) this.session.keep({ language });
    if (this.lastCart) this.showCart(this.lastCart);
    this.showAbout();
  }

  async open(focusBack, page) {
    this.focusBack = focusBack;
    if (page) this.page = page;
    this.element.hidden = false;
    this.launcher.hidden = true;
    this.launcher.setAttribute("aria-expanded", "true");
    document.documentElement.dataset.tresen = "open"; // a page may make room
    this.showAbout();
    this.input.focus();
    if (!this.started) {
      this.started = true;
      this.ready = false;
      await this.begin();
      this.ready = true;
    }
    this.session.keep({ open: true, pageLanguage: this.settings.language });
  }

  close() {
    this.element.hidden = true;
    this.launcher.hidden = false;
    delete document.documentElement.dataset.tresen;
    this.launcher.setAttribute("aria-expanded", "false");
    if (this.session.exists) this.session.keep({ open: false });
    this.focusBack.focus();
  }

  async begin() {
    await this.during(async () => {
      if (!this.session.exists || !(await this.restore())) {
        const opened = await this.session.begin(this.language, this.page);
        this.showAll(opened.messages);
      }
      // what was written meanwhile comes after the greeting
      this.log.append(...this.log.querySelectorAll(".entry.early"));
    });
  }

  async restore() {
    try {
      const past = await this.session.history();
      if (!this.movedLanguage) this.speak(past.language);
      for (const message of past.messages) {
        if (message.from === "shopper") {
          this.settle();
          this.showOwn(message.text);
        } else this.show(message);
      }
      this.showCart(past.cart);
      this.toEnd();
      return true;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.session.forget();
      return false;
    }
  }

  submit() {
    const text = this.input.value.trim();
    if (!text) return;
    this.input.value = "";
    this.measure();
    this.deliver({ text }, text);
  }

  choose(choice, button) {
    const group = button.closest(".answers, .card, .choices");
    for (const other of group.querySelectorAll("button.choice")) other.disabled = true;
    button.classList.add("chosen");
    this.deliver({ payload: choice.payload }, choice.title);
    this.input.focus({ preventScroll: true });
  }

  async deliver(content, shown) {
    if (this.ready) this.settle();
    const own = this.showOwn(shown);
    own.classList.toggle("early", !this.ready);
    await this.during(async () => {
      let token = null;
      try {
        await this.session.waiting;
        token = this.session.state.token;
        this.showAnswer(await this.session.send(content, this.language, this.page));
      } catch (error) {
        if (error instanceof Refused && error.status === 401) await this.renew(content, own, token);
        else own.append(h("small", { class: "failed" }, this.labels.refused));
      }
    });
  }

  // `token` is the one that was refused; a message before this one may have opened the new chat already
  async renew(content, own, token) {
    if (this.session.state.token === token) {
      this.session.forget();
      this.show({ type: "text", text: this.labels.renewed });
      const opened = await this.session.begin(this.language, this.page);
      this.session.keep({ open: true });
      this.showAll(opened.messages);
    }
    if (!content.text) return;
    this.settle();
    this.log.append(own);
    this.showAnswer(await this.session.send(content, this.language, this.page));
  }

  showAnswer(answer) {
    if (answer.language !== this.language) this.speak(answer.language);
    this.showAll(answer.messages);
    this.showCart(answer.cart);
  }

  async during(work) {
    this.pending += 1;
    this.typing.hidden = false;
    this.toEnd();
    try {
      await work();
    } finally {
      this.pending -= 1;
      this.typing.hidden = this.pending === 0;
    }
  }

  showAll(messages) {
    const first = messages.map((message) => this.show(message)).find((element) => element);
    // long answers are read from their beginning
    this.toEnd(first);
  }

  show(message) {
    const drawn = draw(message, this.context);
    if (!drawn) return null;
    const entry = h("div", { class: `entry assistant type-${message.type}` }, h("span", { class: "hidden" }, `${this.labels.assistant}: `), drawn);
    this.log.append(entry);
    return entry;
  }

  showOwn(text) {
    const entry = h("div", { class: "entry shopper" }, h("span", { class: "hidden" }, `${this.labels.you}: `), h("p", { class: "bubble", dir: "auto" }, text));
    this.log.append(entry);
    this.toEnd();
    return entry;
  }

  // Answers to an earlier question are no longer offered once something else was said.
  settle() {
    for (const row of this.log.querySelectorAll(".choices.passing")) row.remove();
    for (const button of this.log.querySelectorAll(".answers button, .offer .card-choices button")) button.disabled = true;
  }

  showCart(cart) {
    this.lastCart = cart;
    this.cart.replaceChildren(...[cartLine(cart, this.context)].filter(Boolean));
  }

  showAbout() {
    const { sku, product } = this.page;
    this.about.hidden = !sku || !product;
    this.about.replaceChildren(
      h("span", {}, filled(this.labels.about, { product })),
      h("button", { type: "button", "aria-label": this.labels.aboutEnd, on: { click: () => this.endAbout() } }, icon("close")));
  }

  endAbout() {
    this.page = { sku: "", product: "" };
    this.showAbout();
    this.input.focus();
  }

  askErase() {
    const { labels } = this;
    askTwice(this.element, labels.eraseAsk, labels.eraseYes, labels.eraseNo, (agreed) => {
      if (agreed) this.erase();
      else this.eraseButton.focus();
    });
  }

  async erase() {
    await this.session.erase();
    this.log.replaceChildren();
    this.showCart(null);
    this.show({ type: "text", text: this.labels.erased });
    this.started = false;
    this.close();
  }

  tell(why) {
    this.status.hidden = why === "";
    this.status.textContent = why ? this.labels[why] : "";
  }

  measure() {
    this.input.style.height = "auto";
    this.input.style.height = `${Math.min(this.input.scrollHeight, 120)}px`;
    const left = LONGEST - this.input.value.length;
    this.count.textContent = left < 100 ? filled(this.labels.left, { count: left }) : "";
  }

  toEnd(from = null) {
    const scroll = this.element.querySelector(".scroll");
    const end = scroll.scrollHeight - scroll.clientHeight;
    scroll.scrollTop = from ? Math.min(end, from.offsetTop - 12) : end;
  }
}
