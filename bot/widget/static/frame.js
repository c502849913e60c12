// What stands around the conversation: header, menu, consent, cart line, what the talk is about, and notices.

import { filled, LABELS } from "./labels.js";
import { h, icon } from "./dom.js";
import { cartLine } from "./messages.js";

const LANGUAGES = ["de", "en"];

export class Frame {
  // `on` holds what the shopper may do: speak, person, code, rate, unrated, erase, close, endAbout
  constructor(settings, on) {
    this.settings = settings;
    this.on = on;
    this.title = h("h2", { id: "tresen-title" });
    this.automated = h("p", { class: "automated" });
    this.languages = LANGUAGES.map((code) =>
      h("button", { type: "button", lang: code, on: { click: () => on.speak(code) } }, code.toUpperCase()));
    this.languageGroup = h("div", { class: "languages", role: "group" }, this.languages);
    this.menuButton = h("button", { type: "button", class: "tool", "aria-expanded": "false", "aria-controls": "tresen-menu", on: { click: () => this.toggleMenu() } }, icon("more"));
    this.closeButton = h("button", { type: "button", class: "tool", hidden: settings.page, on: { click: () => on.close() } }, icon("close"));
    this.personButton = h("button", { type: "button", on: { click: () => { this.toggleMenu(false); on.person(); } } });
    this.codeButton = settings.voice && h("button", { type: "button", on: { click: () => { this.toggleMenu(false); on.code(); } } });
    this.rateButton = h("button", { type: "button", on: { click: () => { this.toggleMenu(false); this.rating.show(true); this.rating.stars[0].focus(); } } });
    this.eraseButton = h("button", { type: "button", on: { click: () => { this.toggleMenu(false); this.askErase(); } } });
    this.kept = h("p", {});
    this.privacy = settings.privacy && h("a", { href: settings.privacy, target: "_blank", rel: "noopener" });
    this.menu = h("div", { class: "menu", id: "tresen-menu", hidden: true }, this.personButton, this.codeButton, this.rateButton, this.eraseButton, this.kept, this.privacy);
    this.status = h("p", { class: "status", role: "status" });
    this.cartSlot = h("div", { class: "cart-slot" });
    this.about = h("div", { class: "about", hidden: true });
    this.rating = new Rating(on);
    this.body = h("div", { class: "body" });
    this.element = h("section", { class: "panel", role: settings.page ? "main" : "dialog", "aria-labelledby": "tresen-title", hidden: true },
      h("header", {}, h("div", { class: "who" }, this.title, this.automated), this.languageGroup, this.menuButton, this.closeButton),
      this.menu, this.cartSlot, this.about, this.body, this.rating.element, this.status);
    this.element.addEventListener("keydown", (event) => { if (event.key === "Escape") this.escape(); });
  }

  speak(language) {
    const labels = LABELS[language];
    this.labels = labels;
    this.element.lang = language;
    this.title.replaceChildren(labels.title, ...(this.settings.shop ? [h("span", { class: "shop" }, ` · ${this.settings.shop}`)] : []));
    this.showSpeaker(this.person);
    this.languageGroup.setAttribute("aria-label", labels.language);
    this.menuButton.setAttribute("aria-label", labels.more);
    this.closeButton.setAttribute("aria-label", labels.close);
    this.personButton.textContent = labels.person;
    if (this.codeButton) this.codeButton.textContent = labels.code;
    this.rateButton.textContent = labels.rate;
    this.rating.speak(labels);
    this.eraseButton.textContent = labels.erase;
    this.kept.textContent = labels.kept;
    if (this.privacy) this.privacy.textContent = labels.privacy;
    for (const button of this.languages) button.setAttribute("aria-pressed", String(button.lang === language));
    if (this.asking) this.gate(this.asking);
  }

  escape() {
    if (this.element.querySelector(".ask")) this.ask.answer(false);
    else if (!this.menu.hidden) this.toggleMenu(false);
    else if (!this.settings.page) this.on.close();
  }

  toggleMenu(open = this.menu.hidden) {
    this.menu.hidden = !open;
    this.menuButton.setAttribute("aria-expanded", String(open));
    (open ? this.personButton : this.menuButton).focus();
  }

  // Nothing is stored and nothing sent before this is answered with yes.
  gate(agreed) {
    const { labels } = this;
    const button = (title, work) => h("button", { type: "button", class: "choice", on: { click: work } }, title);
    const yes = button(labels.consentYes, () => {
      this.asking = null;
      this.menuButton.hidden = false;
      agreed();
    });
    this.asking = agreed;
    this.menuButton.hidden = true;
    this.body.replaceChildren(h("div", { class: "gate" }, h("p", {}, labels.consent), this.privacy && this.privacy.cloneNode(true),
      h("div", { class: "answers" }, yes, button(labels.consentNo, () => this.on.close()))));
    yes.focus();
  }

  showSpeaker(person) {
    this.person = person;
    this.automated.textContent = person ? filled(this.labels.withPerson, { person }) : this.labels.automated;
  }

  tell(words) {
    this.status.textContent = words;
  }

  showCart(cart, context) {
    this.cartSlot.replaceChildren(...[cartLine(cart, context)].filter(Boolean));
  }

  showAbout({ sku, product }) {
    this.about.hidden = !sku || !product;
    this.about.replaceChildren(
      h("span", {}, filled(this.labels.about, { product })),
      h("button", { type: "button", "aria-label": this.labels.aboutEnd, on: { click: () => this.on.endAbout() } }, icon("close")));
  }

  askErase() {
    const { labels } = this;
    this.ask?.element.remove();
    const answer = (agreed) => {
      this.ask.element.remove();
      if (agreed) this.on.erase();
      else this.menuButton.focus();
    };
    const reply = (title, agreed) => h("button", { type: "button", class: "choice", on: { click: () => answer(agreed) } }, title);
    const element = h("div", { class: "ask", role: "alertdialog", "aria-label": labels.eraseAsk },
      h("p", {}, labels.eraseAsk), h("div", { class: "answers" }, reply(labels.eraseYes, true), reply(labels.eraseNo, false)));
    this.ask = { element, answer };
    this.element.append(element);
    element.querySelector("button").focus();
  }
}

// Stars for the advice, from the menu or after an order.
class Rating {
  constructor(on) {
    this.question = h("span", { id: "tresen-rating" });
    this.stars = [1, 2, 3, 4, 5].map((count) => h("button", { type: "button", on: { click: () => on.rate(count) } }, "★"));
    this.end = h("button", { type: "button", on: { click: () => on.unrated() } }, icon("close"));
    this.element = h("div", { class: "about rating", role: "group", "aria-labelledby": "tresen-rating", hidden: true },
      this.question, h("span", { class: "stars" }, this.stars), this.end);
  }

  speak(labels) {
    this.question.textContent = labels.rate;
    this.end.setAttribute("aria-label", labels.rateNot);
    this.stars.forEach((star, at) => star.setAttribute("aria-label", filled(labels.stars, { count: at + 1 })));
  }

  show(on) {
    this.element.hidden = !on;
  }
}

// How many answers of a person nobody has read yet: seen on the closed chat's button, and heard.
export class Badge {
  constructor(root, button) {
    this.button = button;
    this.status = h("p", { class: "unseen", role: "status" });
    root.append(this.status);
  }

  count(words) {
    this.button.dataset.unread = Number(this.button.dataset.unread || 0) + 1;
    this.status.textContent = words;
  }

  read() {
    delete this.button.dataset.unread;
    this.status.textContent = "";
  }
}
