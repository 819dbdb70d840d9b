// "Ke baris N": selects the line of the template that a fault is about.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-baris]");
  const text = document.querySelector("textarea.naskah");
  if (!button || !text) return;
  const lines = text.value.split("\n");
  const line = Math.min(Number(button.dataset.baris), lines.length);
  const start = lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
  text.focus();
  text.setSelectionRange(start, start + lines[line - 1].length);
  text.scrollTop = Math.max(0, (line - 4) * parseFloat(getComputedStyle(text).lineHeight));
});
