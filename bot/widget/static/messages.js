// Draws one message of the contract; unknown types are left out, so that newer servers do no harm.

import { h, icon, webAddress } from "./dom.js";
import { filled } from "./labels.js";

// `context` holds labels, base, target, choose(choice, button) and selected(card, message)
export function draw(message, context) {
  const painter = PAINTERS[message.type];
  return painter ? painter(message, context) : null;
}

const PAINTERS = {
  text: (message) => h("p", { class: "bubble", dir: "auto" }, message.text),
  choices: (message, context) => choiceRow(message.choices, context, "choices passing"),
  product_cards: cards,
  comparison,
  offer,
  cart: (message, context) => cartBox(message, context),
  handoff: (message, { labels }) =>
    h("p", { class: "handoff" }, h("span", {}, labels.handoff), h("strong", { translate: "no" }, message.reference)),
};

function choiceRow(choices, context, className) {
  if (!choices || choices.length === 0) return null;
  return h("div", { class: className }, choices.map((choice) => choiceButton(choice, context)));
}

function choiceButton(choice, context, about = "", chosen = null) {
  return h(
    "button",
    {
      type: "button",
      class: "choice",
      "aria-label": about ? `${choice.title}: ${about}` : null,
      on: {
        click: (event) => {
          chosen?.();
          context.choose(choice, event.currentTarget);
        },
      },
    },
    choice.title,
  );
}

function card(item, message, context, { choices = true, grounds = null, benefit = item.benefit } = {}) {
  const address = webAddress(item.url, context.base);
  const picture = webAddress(item.image, context.base);
  const selected = () => context.selected(item, message);
  const title = address ? h("a", { href: address, target: context.target, on: { click: selected } }, item.title) : item.title;
  return h(
    "li",
    { class: "card" },
    picture && h("img", { src: picture, alt: filled(context.labels.picture, { title: item.title }), width: 240, height: 180, loading: "lazy" }),
    h("div", { class: "card-body" },
      h("p", { class: "card-title", dir: "auto" }, title),
      benefit && h("p", { class: "card-benefit", dir: "auto" }, benefit),
      h("p", { class: "card-price" }, h("strong", {}, item.price.text), h("small", {}, context.labels.vat),
        item.unit_price && h("small", {}, filled(context.labels.perUnit, { price: item.unit_price.text, unit: item.unit_price.unit }))),
      grounds && why(grounds, message.kind, context.labels),
      choices && item.choices && item.choices.length > 0 &&
        h("div", { class: "card-choices" }, item.choices.map((choice) => choiceButton(choice, context, item.title, selected)))),
  );
}

function cards(message, context) {
  if (message.cards.length > 1) return carousel(message, context, (item) => card(item, message, context));
  return h("ul", { class: "cards" }, card(message.cards[0], message, context));
}

// a heading has the arrows beside it, else they stand below
function carousel(message, { labels }, drawn, heading = null) {
  const strip = h("ul", { class: "cards several" }, message.cards.map(drawn));
  const turns = arrows(strip, labels);
  return h("div", { class: "carousel" }, heading ? [h("div", { class: "heading" }, heading, turns), strip] : [strip, turns]);
}

// They say that there is more at the side, and are hidden where there is not.
function arrows(strip, labels, step = 0.8) {
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const move = (direction) =>
    strip.scrollBy({ left: direction * strip.clientWidth * step, behavior: calm ? "auto" : "smooth" });
  const previous = h("button", { type: "button", class: "turn previous", "aria-label": labels.previous, on: { click: () => move(-1) } }, icon("previous"));
  const next = h("button", { type: "button", class: "turn next", "aria-label": labels.next, on: { click: () => move(1) } }, icon("next"));
  const turns = h("div", { class: "turns" }, previous, next);
  const update = () => {
    turns.hidden = strip.scrollWidth <= strip.clientWidth + 8;
    previous.disabled = strip.scrollLeft < 8;
    next.disabled = strip.scrollLeft + strip.clientWidth > strip.scrollWidth - 8;
  };
  strip.addEventListener("scroll", update, { passive: true });
  new ResizeObserver(update).observe(strip);
  return turns;
}

function comparison(message, { labels }) {
  const head = h("tr", {}, h("th", { scope: "col" }, h("span", { class: "unseen" }, labels.feature)),
    (message.titles || message.skus).map((title) => h("th", { scope: "col", dir: "auto" }, title)));
  const rows = message.rows.map((row) =>
    h("tr", {}, h("th", { scope: "row" }, row.attribute), row.values.map((value) => h("td", { dir: "auto" }, value))));
  const table = h("table", {}, h("caption", { class: "unseen" }, labels.comparison), h("thead", {}, head), h("tbody", {}, rows));
  const region = h("div", { class: "comparison", tabindex: 0, role: "region", "aria-label": labels.comparison }, table);
  return h("div", { class: "carousel" }, region, arrows(region, labels, 0.5)); // the first column stays
}

function offer(message, context) {
  const { labels } = context;
  const kind = h("p", { class: "kind" }, labels.kinds[message.kind]);
  const answers = (choices, chosen = () => null) => choices.length > 0 &&
    h("div", { class: "answers" }, choices.map((choice) => choiceButton(choice, context, "", chosen(choice))));
  return h(
    "section",
    { class: `offer ${message.kind}`, "aria-label": labels.kinds[message.kind] },
    ...(message.cards.length > 1 ? several(message, context, kind, answers) : one(message, context, kind, answers)),
  );
}

function one(message, context, kind, answers) {
  const { choices = [], cards: [only], reason } = message;
  const benefit = reason.text.includes(only.benefit) ? "" : only.benefit; // the reason says it below
  return [
    kind,
    h("ul", { class: "cards" }, card(only, message, context, { choices: false, benefit })),
    why(message, message.kind, context.labels),
    answers(choices, (choice) => (choice === choices[0] ? () => context.selected(only, message) : null)),
  ];
}

// Each card carries its own grounds and its own yes; the no below is as large and as near as they are.
function several(message, context, kind, answers) {
  const [first] = message.cards;
  const drawn = (item) => {
    const grounds = item.reason ? item : item === first && message;
    return card(item, message, context, { grounds, benefit: grounds && grounds.reason.text ? "" : item.benefit });
  };
  return [carousel(message, context, drawn, kind), answers((message.choices || []).slice(-1))];
}

// What it adds to the price or takes off it, and why it is offered.
function why({ price_difference: difference, reason }, kind, labels) {
  const sign = difference.amount > 0 ? "+ " : "";
  return h("div", { class: "why" },
    h("p", { class: "difference" }, `${sign}${difference.text.replace(/^[-−]/, "")} ${labels.differences[kind] || ""}`),
    reason.text && h("p", { dir: "auto" }, reason.text),
    evidenceLine(reason, labels));
}

function evidenceLine(reason, labels) {
  const counts = reason.evidence || {};
  const saidAlready = reason.text && reason.text.includes(String(counts.together));
  if (!counts.together || !counts.anchor_orders || saidAlready) return null;
  const counted = filled(labels.counted, counts);
  return h("p", { class: "evidence" }, counts.simulated ? `${counted} (${labels.simulated})` : counted);
}

function cartBox(cart, context) {
  const { labels } = context;
  if (cart.lines.length === 0) return h("p", { class: "bubble" }, labels.cartEmpty);
  const address = cart.checkout_url ? webAddress(cart.checkout_url, context.base) : null;
  return h(
    "section",
    { class: "cart", "aria-label": labels.cart },
    h("ul", {}, cart.lines.map((line) =>
      h("li", {}, h("span", { class: "quantity" }, `${line.quantity} ×`), h("span", { class: "line-title", dir: "auto" }, line.title),
        h("span", { class: "line-price" }, (line.sum || line.price).text)))),
    h("p", { class: "sum" }, h("span", {}, labels.total), h("strong", {}, cart.total.text)),
    cart.shipping && h("p", { class: "sum small" }, h("span", {}, labels.shipping), h("span", {}, cart.shipping.amount ? cart.shipping.text : labels.free)),
    address && h("a", { class: "checkout", href: address, target: context.target }, labels.checkout),
  );
}

export function cartLine(cart, context) {
  const { labels } = context;
  if (!cart || cart.lines.length === 0) return null;
  const count = cart.lines.reduce((sum, line) => sum + line.quantity, 0);
  const address = cart.checkout_url ? webAddress(cart.checkout_url, context.base) : null;
  return h("div", { class: "cart-line" },
    h("span", {}, count === 1 ? labels.items.one : filled(labels.items.many, { count }), " · ", h("strong", {}, cart.total.text)),
    address && h("a", { href: address, target: context.target }, labels.checkout));
}
