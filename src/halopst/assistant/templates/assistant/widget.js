// AIDA on an office's own site: a button, and a frame that opens and closes. Nothing else of that site is touched.
// Until the frame speaks a note says that it is opened. A frame this site may not show never speaks, nor one that does not load: a
// link to AIDA's own page then stands where the browser's broken or empty page would, and how to try again if it is the line.
(() => {
  "use strict";
  const tag = document.currentScript;
  const host = new URL(tag.src).origin;
  const office = tag.dataset.kantor || "";
  if (!/^[a-z0-9-]+$/i.test(office)) return;
  const button = document.createElement("button");
  const frame = document.createElement("iframe");
  const waiting = document.createElement("p");
  const instead = document.createElement("div");
  const LONGEST = 15000;
  let speaks = false, tried = false, late = false, clock = 0;
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
    boxShadow: "0 8px 32px rgba(0,0,0,.25)", opacity: "0",
  });
  const link = document.createElement("a");
  Object.assign(link, { href: `${host}/aida/${office}/`, target: "_blank", rel: "noopener", textContent: "Buka AIDA di halamannya sendiri" });
  const why = document.createElement("p");
  const again = document.createElement("button");
  Object.assign(again, { type: "button", textContent: "Coba lagi" });
  dress(again, {
    display: "block", minHeight: "44px", margin: "12px 0", padding: "0 16px", border: "1px solid #0a2f4d", borderRadius: "22px",
    background: "#fff", color: "#0a2f4d", font: "600 16px/1.2 system-ui, sans-serif", cursor: "pointer",
  });
  dress(why, { margin: "0 0 8px" });
  instead.append(why, again, link);
  waiting.textContent = "AIDA sedang dibuka. Tunggu sebentar.";
  for (const note of [waiting, instead]) {
    note.hidden = true;
    note.setAttribute("role", "status");
    dress(note, {
      position: "fixed", right: "16px", bottom: "76px", zIndex: "2147483000", width: "min(320px, calc(100vw - 64px))", margin: "0",
      padding: "16px", border: "1px solid #c9d3db", borderRadius: "16px", background: "#fff", color: "#0a2f4d",
      font: "16px/1.5 system-ui, sans-serif", boxShadow: "0 8px 32px rgba(0,0,0,.25)",
    });
  }
  const isOpen = () => button.getAttribute("aria-expanded") === "true";
  const settle = () => {
    const failed = (tried || late) && !speaks;
    frame.style.opacity = speaks ? "1" : "0";
    frame.hidden = !isOpen() || failed;
    waiting.hidden = !isOpen() || failed || speaks;
    instead.hidden = !isOpen() || !failed;
    again.hidden = tried;
    again.style.display = tried ? "none" : "block";
    why.textContent = tried ? "AIDA belum dapat dibuka di situs ini." : "AIDA belum terbuka. Periksa sambungan internet Anda.";
  };
  const load = () => {
    tried = late = false;
    clearTimeout(clock);
    clock = setTimeout(() => { late = true; settle(); }, LONGEST);
    frame.remove(); // a browser does not ask again for a page it still waits for: the frame begins anew
    frame.src = `${host}/aida/${office}/bingkai/`;
    waiting.before(frame);
  };
  // What loaded does not speak: a page this site may not show, unless our server cannot be reached at all.
  const judge = () => fetch(`${host}/aida/widget.js`, { mode: "no-cors", cache: "no-store" })
    .then(() => { tried = true; }, () => { late = true; })
    .finally(settle);
  const show = (open) => {
    if (open && !frame.src) load();
    button.setAttribute("aria-expanded", String(open));
    button.textContent = open ? "Tutup AIDA" : "Tanya AIDA";
    settle();
    (open && instead.hidden ? frame : button).focus();
  };
  button.addEventListener("click", () => show(!isOpen()));
  document.addEventListener("keydown", (event) => { if (event.key === "Escape" && isOpen()) show(false); });
  frame.addEventListener("load", () => { if (frame.src) setTimeout(() => { if (!speaks) judge(); }, 1000); });
  addEventListener("message", (event) => {
    if (event.source !== frame.contentWindow || event.origin !== host) return;
    if (event.data === "aida:tutup") show(false);
    if (event.data === "aida:siap") { speaks = true; settle(); }
  });
  again.addEventListener("click", () => { load(); settle(); button.focus(); });
  const place = () => document.body.append(frame, waiting, instead, button);
  if (document.body) place(); else addEventListener("DOMContentLoaded", place);
})();
