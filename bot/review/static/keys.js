// The keyboard of every page: j and k move among [data-row], an element with data-key="e" is what e presses,
// m corrects the message one is at, / goes to the search and ? shows what the keys do. A page says what its keys are in its markup.
"use strict";
(() => {
  const TYPED = "input:not([type=checkbox], [type=radio]), select, textarea";
  const rows = () => [...document.querySelectorAll("[data-row]")];

  const isOurs = (event) =>
    !event.ctrlKey && !event.metaKey && !event.altKey && !event.isComposing &&
    !event.target.closest?.(TYPED) && !document.querySelector("dialog[open]");

  const move = (step) => {
    const all = rows();
    const at = all.findIndex((row) => row === document.activeElement || row.contains(document.activeElement));
    const to = all[Math.min(Math.max(at < 0 ? (step > 0 ? 0 : all.length - 1) : at + step, 0), all.length - 1)];
    to?.focus();
    to?.scrollIntoView({ block: "nearest" });
  };

  const press = (key) => {
    const wanted = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
    if (!wanted || wanted.disabled) return false;
    wanted.matches(TYPED) ? wanted.focus() : wanted.click();
    return true;
  };

  const meanings = {
    j: () => move(1),
    k: () => move(-1),
    "?": () => document.getElementById("keys")?.showModal(),
    "/": () => document.querySelector("input[type=search]")?.focus(),
  };

  document.addEventListener("keydown", (event) => {
    if (!isOurs(event)) return;
    const focused = document.activeElement?.closest("[data-row]");
    if (event.key === "e" && focused) {
      event.preventDefault();
      (focused.matches("a") ? focused : focused.querySelector("details.behind:not(.label) > summary") ?? focused.querySelector("summary") ?? focused.querySelector("a"))?.click();
    } else if (event.key === "m" && focused?.querySelector("details.label")) {
      event.preventDefault();
      const fold = focused.querySelector("details.label");
      fold.open = true;
      fold.querySelector("input[name=intent]").focus();
    } else if (press(event.key)) {
      event.preventDefault();
    } else if (meanings[event.key]) {
      event.preventDefault();
      meanings[event.key]();
    }
  });

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-opens-keys]")) document.getElementById("keys")?.showModal();
  });
})();
