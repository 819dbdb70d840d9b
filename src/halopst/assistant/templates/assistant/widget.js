// AIDA on an office's own site: a button, and a frame that opens and closes. Nothing else of that site is touched.
(() => {
  "use strict";
  const tag = document.currentScript;
  const host = new URL(tag.src).origin;
  const office = tag.dataset.kantor || "";
  if (!/^[a-z0-9-]+$/i.test(office)) return;
  const button = document.createElement("button");
  const frame = document.createElement("iframe");
  const dress = (element, style) => Object.assign(element.style, style);
  button.type = "button";
  button.textContent = "Tanya AIDA";
  button.setAttribute("aria-expanded", "false");
  button.setAttribute("aria-controls", "aida-bingkai");
  dress(button, {
    position: "fixed", right: "16px", bottom: "16px", zIndex: "2147483000", minHeight: "48px", padding: "0 20px", border: "0",
    borderRadius: "24px", background: "#0a2f4d", color: "#fff", font: "600 16px/1.2 system-ui, sans-serif", cursor: "pointer",
    boxShadow: "0 4px 16px rgba(0,0,0,.25)",
  });
  frame.id = "aida-bingkai";
  frame.title = "Tanya AIDA, asisten data BPS";
  frame.hidden = true;
  dress(frame, {
    position: "fixed", right: "16px", bottom: "76px", zIndex: "2147483000", width: "min(400px, calc(100vw - 32px))",
    height: "min(640px, calc(100vh - 100px))", border: "1px solid #c9d3db", borderRadius: "16px", background: "#fff",
    boxShadow: "0 8px 32px rgba(0,0,0,.25)",
  });
  const show = (open) => {
    if (open && !frame.src) frame.src = `${host}/aida/${office}/bingkai/`;
    frame.hidden = !open;
    button.setAttribute("aria-expanded", String(open));
    button.textContent = open ? "Tutup AIDA" : "Tanya AIDA";
    (open ? frame : button).focus();
  };
  button.addEventListener("click", () => show(frame.hidden));
  document.addEventListener("keydown", (event) => { if (event.key === "Escape" && !frame.hidden) show(false); });
  addEventListener("message", (event) => {
    if (event.source === frame.contentWindow && event.origin === host && event.data === "aida:tutup") show(false);
  });
  const place = () => document.body.append(frame, button);
  if (document.body) place(); else addEventListener("DOMContentLoaded", place);
})();
