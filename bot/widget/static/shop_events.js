// Tells the page what happens in the chat, under the names and with the fields of Google Analytics 4's e-commerce events.
//
// Events go out on `document` and bubble to `window`; nothing is sent anywhere, that is the shop's own analytics' work.

const SEARCH = "assistant_search";

export class ShopEvents {
  constructor() {
    this.lists = new Map();
    this.quantities = null;
  }

  // a message that shows products: what is bought later is told apart by where it was seen last
  shown(message, isLive) {
    if (!message.cards) return;
    const list = listOf(message);
    for (const card of message.cards) this.lists.set(card.sku, list);
    if (isLive) tell("view_item_list", list, message.cards.map((card, index) => item(card, 1, list, index)));
  }

  selected(card, message) {
    const list = listOf(message);
    tell("select_item", list, [item(card, 1, list, message.cards.indexOf(card))]);
  }

  // `isLive` where an answer changed the cart, not where a page only learns of it
  cart(cart, isLive) {
    const before = this.quantities;
    this.quantities = new Map(cart.lines.map((line) => [line.sku, line]));
    if (!isLive || !before) return;
    for (const [sku, line] of this.quantities) {
      const more = line.quantity - (before.get(sku)?.quantity || 0);
      if (more > 0) this.moved("add_to_cart", line, more);
    }
    for (const [sku, line] of before) {
      const less = line.quantity - (this.quantities.get(sku)?.quantity || 0);
      if (less > 0) this.moved("remove_from_cart", line, less);
    }
  }

  moved(name, line, quantity) {
    const list = this.lists.get(line.sku) || SEARCH;
    tell(name, list, [item(line, quantity, list)]);
  }

  // what a cart badge shows; not one of Analytics' names
  badge(summary) {
    document.dispatchEvent(new CustomEvent("tresen:cart", { detail: summary, bubbles: true }));
  }

  forget() {
    this.lists.clear();
    this.quantities = null;
  }
}

function listOf(message) {
  return message.type === "offer" ? `assistant_${message.kind}` : SEARCH;
}

function item(product, quantity, list, index) {
  const { title, sku, price } = product;
  return {
    item_id: sku,
    item_name: title,
    item_list_id: list,
    price: decimal(price),
    currency: price.currency,
    quantity,
    ...(index === undefined ? {} : { index }),
  };
}

// GA4 wants 79.9, not 7990; some currencies have no smaller unit.
function decimal({ amount, currency }) {
  const digits = new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits;
  return amount / 10 ** digits;
}

function tell(name, list, items) {
  const value = Math.round(items.reduce((sum, each) => sum + each.price * each.quantity, 0) * 1000) / 1000;
  const detail = { item_list_id: list, currency: items[0]?.currency, value, items };
  document.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));
}
