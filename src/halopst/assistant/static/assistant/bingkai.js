// Inside the frame: Esc closes it, Enter sends, and the newest question is in view.
(() => {
  "use strict";
  const field = document.querySelector("[data-tanya]");
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") parent.postMessage("aida:tutup", "*");
    if (event.target !== field || event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    field.form.requestSubmit();
  });
  document.getElementById("terbaru")?.scrollIntoView({ block: "start" });
  field?.focus({ preventScroll: true });
})();
