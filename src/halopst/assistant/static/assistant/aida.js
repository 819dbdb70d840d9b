// Spares a reload: Enter sends, Shift+Enter breaks the line, and the newest question stays in view.
(() => {
  "use strict";
  const field = () => document.querySelector("[data-tanya]");
  document.addEventListener("keydown", (event) => {
    if (event.target !== field() || event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    event.target.form.requestSubmit();
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.target.id !== "percakapan") return;
    document.getElementById("terbaru")?.scrollIntoView({ block: "start" });
    // A finger's keyboard would cover the answer: there the question keeps the place, not the field.
    const next = matchMedia("(pointer: coarse)").matches ? document.getElementById("terbaru") : field();
    next?.focus({ preventScroll: true });
  });
})();
