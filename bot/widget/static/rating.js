// How the shopper rates the advice: five stars, asked from the menu or once after an order.

import { filled } from "./labels.js";
import { h, icon } from "./dom.js";

const STARS = [1, 2, 3, 4, 5];

export class Rating {
  // `on` holds what the shopper may do: rate(stars), unrated
  constructor(on) {
    this.question = h("span", { id: "tresen-rating" });
    this.stars = STARS.map((count) =>
      h("button", { type: "button", class: "star", "aria-pressed": "false", on: { click: () => on.rate(count) } }, "★"));
    this.closing = h("button", { type: "button", class: "end", on: { click: () => on.unrated() } }, icon("close"));
    this.element = h("div", { class: "rating", role: "group", "aria-labelledby": "tresen-rating", hidden: true },
      this.question, h("span", { class: "stars" }, this.stars), this.closing);
  }

  speak(labels) {
    this.question.textContent = labels.rate;
    this.closing.setAttribute("aria-label", labels.rateNot);
    this.stars.forEach((star, at) => star.setAttribute("aria-label", filled(labels.stars, { count: at + 1 })));
  }

  show(on, given = 0) {
    this.element.hidden = !on;
    this.stars.forEach((star, at) => {
      star.setAttribute("aria-pressed", String(at + 1 === given));
      star.classList.toggle("lit", at < given);
    });
  }

  focus() {
    this.stars[0].focus();
  }
}
