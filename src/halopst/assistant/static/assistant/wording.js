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
  // Whoever asked again meanwhile has a page drawn anew: the words go to where the answer stands now.
  const follow = (event) => {
    const asked = event.currentTarget;
    if (asked.isConnected || event.target !== asked) return;
    event.detail.shouldSwap = false;
    const now = document.getElementById(asked.id);
    if (now) window.htmx.swap(now, event.detail.serverResponse, { swapStyle: "outerHTML" });
  };
  // Who loses the line keeps the answer that is there: nothing goes on promising words.
  const lost = (event) => {
    event.target.closest?.("[data-susun]")?.remove();
    close();
  };
  for (const name of ["htmx:sendError", "htmx:responseError"]) document.addEventListener(name, lost);
  document.addEventListener("htmx:load", (event) => {
    const found = event.target.querySelectorAll ? [event.target, ...event.target.querySelectorAll("[data-susun]")] : [];
    for (const part of found) {
      if (!part.dataset?.susun || streams.has(part)) continue;
      part.closest("article").addEventListener("htmx:beforeSwap", follow);
      if (!window.EventSource) continue;
      const stream = new EventSource(part.dataset.susun);
      stream.onmessage = () => window.htmx.trigger(part.querySelector(".susun__isi"), "langsung");
      streams.set(part, stream);
    }
    close();
  });
  window.addEventListener("pagehide", () => streams.forEach((stream) => stream.close()));
})();
