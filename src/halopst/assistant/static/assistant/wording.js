// While a model words an answer: hear of each sentence that passed, and show it. Without a stream the answer comes whole.
(() => {
  "use strict";
  const streams = new Map();
  const close = () => {
    for (const [part, stream] of streams) {
      if (document.contains(part)) continue;
      stream.close();
      streams.delete(part);
    }
  };
  document.addEventListener("htmx:load", (event) => {
    const found = event.target.querySelectorAll ? [event.target, ...event.target.querySelectorAll("[data-susun]")] : [];
    for (const part of found) {
      if (!part.dataset?.susun || streams.has(part) || !window.EventSource) continue;
      const stream = new EventSource(part.dataset.susun);
      stream.onmessage = () => window.htmx.trigger(part.querySelector(".susun__isi"), "langsung");
      streams.set(part, stream);
    }
    close();
  });
  window.addEventListener("pagehide", () => streams.forEach((stream) => stream.close()));
})();
