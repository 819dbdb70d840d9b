/* HaloPST: live parts of a page. An element with data-langsung="case:5 inbox:2" hears `langsung` when something is
   told on one of its topics, and htmx loads it again (hx-trigger="langsung"). Without this file, or without a
   stream, the page asks now and then; without JavaScript it is as true as its last load. */
(function () {
  'use strict';
  var POLL = 20000, SETTLE = 150;
  var root = document.querySelector('[data-langsung-alamat]');
  if (!root || !window.htmx) return;
  var source = null, timer = null, pending = {};

  function parts() { return Array.prototype.slice.call(document.querySelectorAll('[data-langsung]')); }
  function topicsOf(part) { return part.dataset.langsung.split(' ').filter(Boolean); }

  // Several events in a row are one look.
  function look(name, topic) {
    var key = name + ' ' + (topic || '*');
    if (pending[key]) return;
    pending[key] = setTimeout(function () {
      delete pending[key];
      parts().forEach(function (part) {
        if (!topic || topicsOf(part).indexOf(topic) > -1) ask(part, name);
      });
    }, SETTLE);
  }

  // What htmx queues for a part it is fetching is lost with the element its answer replaces: ask the new one then.
  function ask(part, name) {
    if (!part.classList.contains('htmx-request')) return window.htmx.trigger(part, name);
    setTimeout(function () { ask(document.getElementById(part.id) || part, name); }, SETTLE);
  }

  // A stream that keeps failing says so every few seconds: asking, once begun, is not begun anew each time.
  function poll(on) {
    root.dataset.langsungCara = on ? 'tanya' : 'sambung';
    if (on && timer) return;
    clearInterval(timer);
    timer = on ? setInterval(function () { if (!document.hidden) look('langsung'); }, POLL) : null;
  }

  function listen() {
    var topics = {};
    parts().forEach(function (part) { topicsOf(part).forEach(function (topic) { topics[topic] = 1; }); });
    if (!window.EventSource || !Object.keys(topics).length) return poll(true);
    var query = new URLSearchParams({ sejak: root.dataset.langsungSejak || '0' });
    if (root.dataset.langsungTiket) query.set('tiket', root.dataset.langsungTiket);
    Object.keys(topics).forEach(function (topic) { query.append('topik', topic); });
    source = new EventSource(root.dataset.langsungAlamat + '?' + query);
    source.onopen = function () { poll(false); };
    source.onerror = function () { poll(true); };
    source.addEventListener('ulang', function () { look('langsung'); });
    source.onmessage = function (message) {
      var told = JSON.parse(message.data);
      look(told.kind === 'changed' ? 'langsung' : 'langsung-' + told.kind, told.topic);
    };
  }

  listen();
  window.addEventListener('pagehide', function () { if (source) source.close(); poll(false); });
  window.addEventListener('pageshow', function (event) { if (event.persisted) { listen(); look('langsung'); } });
  document.addEventListener('visibilitychange', function () { if (!document.hidden && timer) look('langsung'); });

  // What nobody at the keyboard asked for says so: it does not keep a session alive.
  document.addEventListener('htmx:configRequest', function (event) {
    var cause = event.detail.triggeringEvent;
    if (!cause || /^langsung/.test(cause.type)) event.detail.headers['Halo-Background'] = '1';
  });

  // A conversation opens at its end, and stays there while its reader is there.
  function toEnd(log) { log.scrollTop = log.scrollHeight; }
  var atEnd = true;
  var log = document.querySelector('[role="log"]');
  if (log) toEnd(log);
  document.addEventListener('htmx:beforeSwap', function () {
    var before = document.querySelector('[role="log"]');
    atEnd = !before || before.scrollHeight - before.scrollTop - before.clientHeight < 80;
  });
  document.addEventListener('htmx:afterSwap', function () {
    var after = document.querySelector('[role="log"]');
    if (after && atEnd) toEnd(after);
  });

  // The names of chosen files beside the paper clip.
  document.addEventListener('change', function (event) {
    if (event.target.type !== 'file') return;
    var shown = event.target.form && event.target.form.querySelector('[data-berkas]');
    if (shown) shown.textContent = Array.prototype.map.call(event.target.files, function (f) { return f.name; }).join(', ');
  });
})();
