// A conversation in progress is read from its end: opens there, and follows it while its reader is there.
"use strict";
(() => {
  const NEAR = 120;
  const last = () => [...document.querySelectorAll("[data-follow] > .turn")].at(-1);
  const show = () => last()?.scrollIntoView({ block: "end" });
  const isAtEnd = () => (last()?.getBoundingClientRect().bottom ?? 0) <= window.innerHeight + NEAR;

  let followed = true;
  document.addEventListener("DOMContentLoaded", show);
  document.addEventListener("htmx:beforeSwap", () => { followed = isAtEnd(); });
  document.addEventListener("htmx:afterSettle", (event) => {
    if (followed && event.target.closest?.("[data-follow]")) show();
  });
})();
