// What a shop's own script makes of the chat: a cart badge that follows it, and its events for the shop's analytics.
(() => {
  "use strict";

  const badge = document.querySelector("[data-cart]");

  document.addEventListener("tresen:cart", ({ detail }) => {
    badge.hidden = detail.count === 0 || !detail.checkout_url;
    if (badge.hidden) return;
    badge.href = detail.checkout_url;
    const { one, many } = badge.dataset;
    badge.querySelector("[data-cart-count]").textContent = detail.count;
    badge.setAttribute("aria-label", `${detail.count === 1 ? one : many.replace("{count}", detail.count)}, ${detail.total.text}`);
  });

  // the page that says thank you empties the cart the chat remembers
  const order = document.querySelector(".ordered[data-state]");
  if (order && !["failed", "cancelled"].includes(order.dataset.state)) {
    addEventListener("load", () => document.dispatchEvent(new CustomEvent("tresen:ordered")));
  }

  // where Google's tag is on the page it finds them here; this demo shop has none
  window.dataLayer = window.dataLayer || [];
  for (const name of ["view_item_list", "select_item", "add_to_cart", "remove_from_cart"]) {
    document.addEventListener(name, ({ detail }) => window.dataLayer.push({ event: name, ecommerce: detail }));
  }
})();
