// Loader of the chat: shows the button; nothing is stored and nothing is asked of the server before it is pressed.
(() => {
  "use strict";

  const script = document.currentScript;
  const base = new URL(script.src).origin;
  const settings = {
    base,
    shop: script.dataset.shop || "",
    language: script.dataset.language === "en" ? "en" : "de",
    sku: script.dataset.sku || "",
    product: script.dataset.product || "",
  };
  const OPEN_CHAT = { de: "Beratung", en: "Advice" };
  const KEY = "tresen.chat";

  const host = document.createElement("div");
  host.id = "tresen-chat";
  const root = host.attachShadow({ mode: "open" });

  const styles = document.createElement("link");
  styles.rel = "stylesheet";
  styles.href = `${base}/static/chat.css`;

  const launcher = document.createElement("button");
  launcher.type = "button";
  launcher.className = "launcher";
  launcher.hidden = true;
  launcher.setAttribute("aria-haspopup", "dialog");
  launcher.setAttribute("aria-expanded", "false");
  launcher.textContent = OPEN_CHAT[settings.language];
  // a button without its style sheet would flash across the page
  styles.addEventListener("load", () => { launcher.hidden = false; });
  root.append(styles, launcher);

  let panel = null;

  async function open(focusBack, page) {
    if (panel === null) {
      panel = import(`${base}/static/chat/panel.js`).then((module) => module.createPanel(root, launcher, settings, KEY));
    }
    (await panel).open(focusBack, page);
  }

  launcher.addEventListener("click", () => open(launcher, null));

  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-tresen-open]");
    if (!opener) return;
    const { sku = "", product = "" } = opener.dataset;
    open(opener, sku ? { sku, product } : null);
  });

  // after a link in the chat the page is what the shopper wants to see: on a phone it would be covered
  function reopens() {
    if (script.dataset.quiet !== undefined || matchMedia("(max-width: 600px)").matches) return false;
    try {
      return Boolean(JSON.parse(sessionStorage.getItem(KEY) || "{}").open);
    } catch {
      return false;
    }
  }

  // on a phone the button would lie over the order button, and that label must be read
  const inTheWay = script.dataset.quiet !== undefined && matchMedia("(max-width: 600px)").matches;
  if (!inTheWay) document.body.append(host);
  if (reopens()) open(launcher, null);
})();
