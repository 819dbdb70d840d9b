// Inside the frame: Esc closes it, Enter sends, and the newest question is in view. What is asked is sent once, and the wait said.
(() => {
  "use strict";
  const field = document.querySelector("[data-tanya]");
  const waiting = document.getElementById("menunggu");
  parent.postMessage("aida:siap", "*");
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") parent.postMessage("aida:tutup", "*");
    if (event.target !== field || event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    field.form.requestSubmit();
  });
  document.addEventListener("submit", (event) => {
    if (waiting.textContent.trim()) return event.preventDefault();
    if (event.submitter?.name === "boleh" || event.target.matches("[data-nilai]")) return;
    waiting.textContent = waiting.dataset.kata;
    waiting.scrollIntoView({ block: "end" });
    field.form.classList.add("htmx-request");
  });
  window.addEventListener("pageshow", () => {
    waiting.textContent = "";
    field.form.classList.remove("htmx-request");
  });
  document.getElementById("terbaru")?.scrollIntoView({ block: "start" });
  field?.focus({ preventScroll: true });
})();
