// Loader of the chat: shows the button; nothing is stored and nothing more is fetched before it is pressed.
(() => {
  "use strict";

  const script = document.currentScript;
  if (!script || document.getElementById("tresen-chat")) return;
  const given = script.dataset;
  const base = new URL(".", script.src).href;
  const wanted = (given.lang || document.documentElement.lang || "de").slice(0, 2).toLowerCase();
  const settings = {
    base,
    files: `${base}widget/@version@/`,
    language: wanted === "de" ? "de" : "en",
    shop: given.shop || "",
    sku: given.sku || "",
    product: given.product || "",
    privacy: given.privacy || "",
    consent: given.consent === "required",
    voice: given.voice !== undefined,
    page: given.mode === "page",
  };
  const WORDS = {
    de: { open: "Beratung", failed: "Keine Verbindung. Noch einmal?" },
    en: { open: "Advice", failed: "No connection. Try again?" },
  }[settings.language];
  const KEY = "tresen.chat";
  const isNarrow = () => matchMedia("(max-width: 600px)").matches;

  const host = document.createElement("div");
  host.id = "tresen-chat";
  if (given.theme) host.dataset.theme = given.theme;
  if (given.position === "left") host.dataset.position = "left";
  if (settings.page) host.dataset.mode = "page";
  paint(given.accent);
  const root = host.attachShadow({ mode: "open" });
  const styles = new CSSStyleSheet();
  styles.replaceSync(`
    :host { all: initial; color-scheme: light dark; }
    :host([data-theme="light"]) { color-scheme: light; }
    :host([data-theme="dark"]) { color-scheme: dark; }
    .launcher { position: fixed; right: var(--tresen-side, 20px); bottom: var(--tresen-bottom, 20px); z-index: var(--tresen-layer, 2147483000);
      display: flex; align-items: center; gap: 10px; min-height: 54px; padding: 0 24px 0 20px; border: 0; border-radius: 27px;
      background: var(--tresen-accent, #14594c); color: var(--tresen-on-accent, #fff);
      font: 600 16px/1.3 var(--tresen-font, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif);
      box-shadow: 0 6px 22px rgb(0 0 0 / 30%); cursor: pointer; transition: transform 0.15s; }
    :host([data-position="left"]) .launcher { right: auto; left: var(--tresen-side, 20px); }
    .launcher[hidden] { display: none; }
    .launcher::before { content: ""; flex: none; box-sizing: border-box; width: 21px; height: 17px; border: 2.5px solid; border-radius: 7px 7px 7px 1px; }
    .launcher:hover { transform: translateY(-2px); }
    .launcher[data-unread]::after { content: attr(data-unread); position: absolute; top: -6px; right: -4px; min-width: 26px; padding: 3px 7px;
      border-radius: 15px; background: #a3271d; color: #fff; font-size: 14px; text-align: center; }
    .launcher:focus-visible { outline: 3px solid #e08a2b; outline-offset: 3px; }
    .launcher[aria-busy="true"]::before { animation: wait 0.8s infinite alternate; }
    @keyframes wait { to { opacity: 0.25; } }
    @media (max-width: 600px) { .launcher { right: var(--tresen-side, 14px); bottom: var(--tresen-bottom, 14px); } }
    @media (prefers-reduced-motion: reduce) { .launcher { transition: none; animation: none; } .launcher::before { animation: none !important; } }
    @media print { :host { display: none; } }`);
  root.adoptedStyleSheets = [styles];

  const launcher = document.createElement("button");
  launcher.type = "button";
  launcher.className = "launcher";
  launcher.textContent = WORDS.open;
  launcher.hidden = settings.page;
  launcher.setAttribute("aria-haspopup", "dialog");
  launcher.setAttribute("aria-expanded", "false");
  launcher.addEventListener("click", () => open(launcher, null));
  root.append(launcher);

  let chat = null;

  function load() {
    return (chat ??= import(`${settings.files}chat.js`).then((module) => module.createChat(root, launcher, settings, KEY)));
  }

  async function open(focusBack, page) {
    if (!settings.page && isMarkupRefused()) {
      window.open(pageOfItsOwn(page), "_blank", "noopener");
      return;
    }
    launcher.setAttribute("aria-busy", "true");
    try {
      (await load()).open(focusBack, page);
      launcher.textContent = WORDS.open;
    } catch {
      chat = null;
      launcher.textContent = WORDS.failed;
    } finally {
      launcher.removeAttribute("aria-busy");
    }
  }

  // where a page enforces Trusted Types the panel cannot be drawn
  function isMarkupRefused() {
    try {
      return !new DOMParser().parseFromString("", "text/html");
    } catch {
      return true;
    }
  }

  function pageOfItsOwn(page) {
    const { accent = "", theme = "", consent = "" } = given;
    const told = { lang: settings.language, accent, theme, consent, sku: page?.sku || settings.sku };
    return `${base}chat?${new URLSearchParams(Object.entries(told).filter(([, value]) => value))}`;
  }

  document.addEventListener("click", (event) => {
    const opener = event.target.closest?.("[data-tresen-open]");
    if (!opener) return;
    const { sku = "", product = "" } = opener.dataset;
    open(opener, sku ? { sku, product } : null);
  });

  // The accent as given, with what can be read on it and what it becomes where it is read itself.
  function paint(accent) {
    const hex = /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.test(accent || "") ? accent : null;
    if (!hex) return;
    const long = hex.length === 4 ? hex.replace(/[0-9a-f]/gi, "$&$&") : hex;
    const rgb = [1, 3, 5].map((at) => parseInt(long.slice(at, at + 2), 16));
    const mixed = (target, share) => rgb.map((part) => Math.round(part + (target - part) * share));
    const readable = (target, ground) => {
      for (let share = 0; share < 1; share += 0.05) {
        if (contrast(mixed(target, share), ground) >= 5.6) return mixed(target, share);
      }
      return [target, target, target];
    };
    const put = (name, colour) => host.style.setProperty(`--tresen-${name}`, `rgb(${colour.join(" ")})`);
    put("accent", rgb);
    put("on-accent", contrast(rgb, [255, 255, 255]) >= 4.5 ? [255, 255, 255] : [0, 0, 0]);
    put("accent-text", readable(0, [255, 255, 255]));
    put("accent-text-dark", readable(255, [30, 38, 35]));
  }

  function contrast(one, other) {
    const light = (rgb) => {
      const [r, g, b] = rgb.map((part) => part / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const [dark, bright] = [light(one), light(other)].sort((a, b) => a - b);
    return (bright + 0.05) / (dark + 0.05);
  }

  function stored(storage) {
    try {
      return JSON.parse(window[storage].getItem(KEY) || "{}");
    } catch {
      return {};
    }
  }

  // the shop's own cart badge learns of a cart that was filled on an earlier page or in another tab
  function tellCart() {
    const { cart } = stored("localStorage");
    if (cart) document.dispatchEvent(new CustomEvent("tresen:cart", { detail: cart, bubbles: true }));
  }
  if (document.readyState === "complete") tellCart();
  else addEventListener("load", tellCart);
  // the shop has taken the order: what was in the cart is bought
  document.addEventListener("tresen:ordered", () => {
    const kept = stored("localStorage");
    if (!kept.cart) return;
    localStorage.setItem(KEY, JSON.stringify({ ...kept, cart: { count: 0, checkout_url: "" } }));
    tellCart();
    chat?.then((opened) => opened.refresh());
  });
  addEventListener("storage", (event) => { if (event.key === KEY) tellCart(); });

  // on a phone the button would lie over the order button, and that label must be read
  const isInTheWay = given.quiet !== undefined && isNarrow();
  if (!isInTheWay) document.body.append(host);
  // after a link in the chat the page is what the shopper wants to see: on a phone it would be covered
  const isLeftOpen = given.quiet === undefined && !isNarrow() && stored("sessionStorage").open;
  if (settings.page || isLeftOpen) open(launcher, null);
  // a person's answer is awaited from an earlier page: the button tells when it comes
  else if (stored("localStorage").listens) load().then((loaded) => loaded.listen(), () => (chat = null));
})();
