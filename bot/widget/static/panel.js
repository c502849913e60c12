// The panel: shows messages and takes what is typed. The only module that knows which component does it.
//
// The chat asks for into(place), show(element, from), arrange(elements), typing(on), silently(work), relabel(labels),
// toEnd(first, whole), focus(), and nothing else, so another component, or none, can take its place. Messages reach it as elements
// that the chat has built: the component is handed a numbered slot, never markup with words in it.

const SEND = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" width="22" height="22" class="tresen-send" role="img" aria-label="{send}"><path d="M4 12l16-8-6 16-3-7z" fill="none" stroke="currentColor" stroke-width="2" stroke-linejoin="round"/></svg>';
const SLOT = "tresen-slot";
const MARGIN = 14;
const slotted = new Map();

class Slot extends HTMLElement {
  connectedCallback() {
    const element = slotted.get(this.dataset.of);
    if (element && element.parentNode !== this) this.replaceChildren(element);
  }
}

export async function loadPanel(files) {
  if (!customElements.get("deep-chat")) await import(`${files}vendor/@panel@`);
  if (!customElements.get(SLOT)) customElements.define(SLOT, Slot);
}

export class Panel {
  // `written` gets a line the shopper has sent and returns its element; `typed` what stands in the field
  constructor({ labels, css, limit, draft, written, typed }) {
    this.element = document.createElement("div");
    this.element.className = "conversation";
    this.options = { css, limit, draft };
    this.labels = labels;
    this.written = written;
    this.typed = typed;
    this.entries = [];
    this.isTyping = false;
    this.isShown = false;
    this.isReady = false;
    this.live = "polite";
  }

  // Made only here: a component that first draws itself outside the page never takes what is typed.
  into(place) {
    place.replaceChildren(this.element);
    if (this.component) return;
    const component = make(this.labels, this.options);
    component.onInput = ({ content, isUser }) => { if (isUser || !content.text) this.typed(content.text || ""); };
    component.onMessage = ({ message, isHistory }) => {
      if (!isHistory && message.role === "user" && message.text) this.take(message.text);
    };
    // on a busy machine the component draws itself twice and forgets what it was given between: the second time comes
    // before this timer does, and until then nobody can type
    component.onComponentRender = () => setTimeout(() => this.begin(), 20);
    component.style.visibility = "hidden";
    this.component = component;
    this.element.append(component);
  }

  begin() {
    this.isReady = true;
    this.component.style.visibility = "";
    this.relabel(this.labels);
    this.silently(() => this.entries.forEach((entry) => this.place(entry)));
    this.typing(this.isTyping);
    this.toEnd();
    if (this.wantsFocus) this.focus();
  }

  // In place: who is just writing keeps the field, the words in it and the focus.
  relabel(labels) {
    this.labels = labels;
    if (!this.isReady) return;
    this.component.setPlaceholderText(labels.write);
    this.component.shadowRoot.querySelector(".tresen-send").setAttribute("aria-label", labels.send);
    this.log?.setAttribute("aria-label", labels.conversation);
  }

  // What was typed stands there already, as text the component has formatted: our own element takes its place.
  take(text) {
    const entry = { element: this.written(text), from: "user" };
    this.entries.push(entry);
    const formatted = this.component.getMessages().length - 1;
    this.place(entry);
    this.component.updateMessage({}, formatted);
  }

  show(element, from) {
    const entry = { element, from };
    this.entries.push(entry);
    if (this.isReady) this.place(entry);
  }

  arrange(elements) {
    this.entries = elements.map((element) => this.entries.find((entry) => entry.element === element)).filter(Boolean);
    if (!this.isReady) return;
    this.silently(() => {
      this.component.clearMessages();
      this.entries.forEach((entry) => this.place(entry));
    });
  }

  place({ element, from }) {
    this.component.addMessage({ role: from, html: slotFor(element) });
    if (!this.log) this.dress();
  }

  // The component has no live region: the box it scrolls becomes the log that screen readers and keyboards know.
  dress() {
    this.log = this.scroller;
    if (!this.log) return;
    const attributes = { role: "log", "aria-live": this.live, "aria-label": this.labels.conversation, tabindex: "0" };
    for (const [name, value] of Object.entries(attributes)) this.log.setAttribute(name, value);
    new ResizeObserver(() => this.keepInView()).observe(this.log);
    if (this.wantsFocus) this.focus();
  }

  // What was said before is put back without being read out again.
  silently(work) {
    const live = (value) => {
      this.live = value;
      this.log?.setAttribute("aria-live", value);
    };
    clearTimeout(this.silence);
    live("off");
    work();
    this.silence = setTimeout(() => live("polite"), 300);
  }

  typing(on) {
    const isChanged = on !== this.isShown;
    this.isTyping = on;
    if (!this.isReady || !isChanged) return;
    this.isShown = on;
    this.component.displayLoadingBubble.toggle();
  }

  focus() {
    // on a touch screen the field would bring up the keyboard over what is to be read
    const isTouched = matchMedia("(pointer: coarse)").matches;
    this.wantsFocus = !this.isReady || (isTouched && !this.log);
    if (this.wantsFocus) return;
    if (isTouched) {
      this.log.focus({ preventScroll: true });
      return;
    }
    // puts the caret at the end, but inside another shadow tree Chromium does not give it the focus
    this.component.focusInput();
    this.component.shadowRoot.querySelector("[contenteditable]").focus({ preventScroll: true });
  }

  get scroller() {
    const inside = this.entries[0]?.element;
    for (let box = inside?.parentElement; box; box = box.parentElement) {
      if (/auto|scroll/.test(getComputedStyle(box).overflowY)) return box;
    }
    return null;
  }

  // Long answers are read from their beginning, and what is asked to be decided is in view whole where it fits;
  // the component has its own idea of that, so ours comes after it.
  toEnd(first = null, whole = null) {
    this.aim = [first, whole];
    setTimeout(() => this.align());
  }

  align() {
    const box = this.scroller;
    if (!box) return;
    const [first, whole] = this.aim.map((element) => element?.isConnected && element.getBoundingClientRect());
    const zero = box.getBoundingClientRect().top - box.scrollTop + MARGIN;
    let top = first ? first.top - zero : Infinity;
    if (whole) top = Math.max(top, Math.min(whole.top - zero, whole.bottom - zero - box.clientHeight + 2 * MARGIN));
    box.scrollTop = Math.min(top, box.scrollHeight);
    this.aligned = box.scrollTop;
  }

  // A notice, the cart line or a keyboard takes room: what was in view stays there unless the shopper has scrolled.
  keepInView() {
    const { scrollTop, clientHeight, scrollHeight } = this.log;
    const isAtEnd = scrollTop + clientHeight > scrollHeight - 2;
    if (this.aim && (isAtEnd || Math.abs(scrollTop - this.aligned) < 2)) this.align();
  }
}

let count = 0;
const numbers = new WeakMap();

function slotFor(element) {
  if (!numbers.has(element)) {
    numbers.set(element, String((count += 1)));
    slotted.set(String(count), element);
  }
  return `<${SLOT} data-of="${numbers.get(element)}"></${SLOT}>`;
}

function make(labels, { css, limit, draft }) {
  const component = document.createElement("deep-chat");
  const bare = { padding: "0", margin: "0", maxWidth: "100%", width: "100%", backgroundColor: "transparent", color: "inherit", borderRadius: "0" };
  const round = { width: "44px", height: "44px", padding: "0", margin: "0", insetInlineEnd: "0", insetBlockEnd: "0", borderRadius: "50%", backgroundColor: "var(--accent)", color: "var(--on-accent)" };
  const icon = { svg: { content: SEND.replace("{send}", labels.send), styles: { default: { boxSizing: "border-box", width: "44px", height: "44px", filter: "none", padding: "11px", margin: "0" } } } };
  const send = { container: { default: round, hover: { ...round, filter: "brightness(0.92)" } }, ...icon };
  Object.assign(component.style, { display: "block", fontFamily: "inherit", fontSize: "inherit", width: "100%", height: "100%", border: "0", backgroundColor: "transparent", borderRadius: "0" });
  Object.assign(component, {
    // the chat answers; the component only says that something was sent
    connect: { websocket: true, handler: (_body, signals) => { signals.newUserMessage.listener = () => undefined; signals.onOpen(); } },
    displayLoadingBubble: { toggle: () => undefined },
    auxiliaryStyle: css,
    validateInput: (text) => Boolean(text && text.trim()),
    messageStyles: { default: { shared: { bubble: bare, innerContainer: { width: "auto" } } }, html: { shared: { bubble: bare } } },
    textInput: {
      characterLimit: limit,
      placeholder: { text: labels.write, style: { color: "var(--soft)" } },
      styles: {
        container: { width: "calc(100% - 54px)", margin: "0 auto 0 0", border: "1.5px solid var(--edge)", borderRadius: "22px", backgroundColor: "var(--paper)", boxShadow: "none" },
        text: { color: "var(--ink)", padding: "10px 16px", lineHeight: "1.35", maxHeight: "110px" },
        focus: { border: "1.5px solid var(--accent-text)", outline: "1.5px solid var(--accent-text)" },
      },
    },
    ...(draft ? { defaultInput: { text: draft } } : {}),
    inputAreaStyle: { padding: "10px 12px 12px", backgroundColor: "var(--paper)", boxSizing: "border-box" },
    submitButtonStyles: { position: "inside-end", alwaysEnabled: true, submit: send, disabled: send, loading: send },
  });
  return component;
}
