/* HaloPST: small behaviours. No dependency, no eval, nothing essential: every page works without this file. */
(function () {
  'use strict';
  var doc = document, root = doc.documentElement;
  var english = root.lang.slice(0, 2) === 'en';
  var words = english
    ? { copied: 'Copied.', hits: ' results', left: ' left', late: 'late by ', hour: ' h ', minute: ' min',
        offline: 'The connection was lost. What you typed is still here.',
        failed: 'That did not work. Reload the page and try again.' }
    : { copied: 'Tersalin.', hits: ' hasil', left: ' lagi', late: 'lewat ', hour: ' j ', minute: ' m',
        offline: 'Sambungan terputus. Isian Anda masih ada di halaman ini.',
        failed: 'Belum berhasil. Muat ulang halaman, lalu coba lagi.' };

  root.classList.add('js');

  // Theme: the system decides until the visitor does.
  try {
    var saved = localStorage.getItem('tema');
    if (saved === 'dark' || saved === 'light') root.setAttribute('data-theme', saved);
  } catch (e) { /* storage is blocked: the system decides */ }

  function all(selector, within) {
    return Array.prototype.slice.call((within || doc).querySelectorAll(selector));
  }

  // One live region for short messages to screen readers.
  function say(text) {
    var region = doc.getElementById('siar');
    if (!region) return;
    region.textContent = '';
    setTimeout(function () { region.textContent = text; }, 50);
  }

  // A visible message for what htmx could not do; a full page load needs none.
  function warn(text) {
    var box = doc.getElementById('siar-galat');
    if (!box) return say(text);
    var toast = doc.createElement('div');
    toast.className = 'toast';
    toast.textContent = text;
    box.replaceChildren(toast);
    say(text);
  }

  function toggleTheme() {
    var current = root.getAttribute('data-theme');
    var dark = current ? current === 'dark' : matchMedia('(prefers-color-scheme:dark)').matches;
    var next = dark ? 'light' : 'dark';
    root.setAttribute('data-theme', next);
    try { localStorage.setItem('tema', next); } catch (e) { /* lasts for this page */ }
  }

  doc.addEventListener('click', function (event) {
    var hit = function (selector) { return event.target.closest(selector); }, target;
    if (hit('[data-tema]')) toggleTheme();
    if ((target = hit('[data-buka]'))) {
      var dialog = doc.getElementById(target.dataset.buka);
      if (dialog && dialog.showModal) { event.preventDefault(); dialog.showModal(); }
    }
    if ((target = hit('[data-tutup]'))) {
      var toClose = target.closest('dialog,.toast');
      if (toClose) { if (toClose.close) toClose.close(); else toClose.remove(); }
    }
    if ((target = hit('[data-salin]')) && navigator.clipboard) {
      navigator.clipboard.writeText(target.dataset.salin).then(function () { say(words.copied); });
    }
    all('details.menu[open],details.pop[open]').forEach(function (menu) {
      if (!menu.contains(event.target)) menu.open = false;
    });
  });

  doc.addEventListener('keydown', function (event) {
    var menu = event.key === 'Escape' && event.target.closest('details.menu[open],details.pop[open]');
    if (menu) { menu.open = false; menu.querySelector('summary').focus(); }
  });

  // Filter a short list in place; long lists search on the server.
  function filter(box) {
    var wanted = box.value.trim().toLowerCase(), found = 0;
    all(box.dataset.saring).forEach(function (item) {
      var shown = !wanted || item.textContent.toLowerCase().indexOf(wanted) > -1;
      item.hidden = !shown;
      if (shown) found += 1;
      var folded = wanted && shown && item.closest('details');
      if (folded) folded.open = true;
    });
    var count = box.dataset.hitung && doc.querySelector(box.dataset.hitung);
    if (count) count.textContent = found + words.hits;
  }
  doc.addEventListener('input', function (event) {
    if (event.target.dataset && event.target.dataset.saring) filter(event.target);
  });

  // A search box and the filters beside it fill the same part of a page: what is chosen in one form, the others
  // send along, though htmx replaces that part alone.
  function fills(form) {
    var part = form.matches('[hx-target]') ? form : form.querySelector('input[type=search][hx-target]');
    return part && part.getAttribute('hx-target');
  }
  function share(event) {
    var given = event.target, form = given.form, part = form && given.name && fills(form);
    if (!part || form.method !== 'get') return;
    all('form[method=get]').forEach(function (other) {
      if (other === form || fills(other) !== part) return;
      var kept = other.querySelector('input[type=hidden][name="' + given.name + '"]');
      if (!kept) {
        kept = doc.createElement('input');
        kept.type = 'hidden';
        kept.name = given.name;
        other.append(kept);
      }
      kept.value = given.value;
      kept.disabled = !given.value || (given.type === 'checkbox' && !given.checked);
    });
  }
  ['input', 'change'].forEach(function (kind) { doc.addEventListener(kind, share, true); });

  // SLA clocks whose deadline falls inside today's service hours: never announced, quiet while hidden.
  function clock() {
    if (doc.hidden) return;
    all('[data-sla]').forEach(function (element) {
      var left = new Date(element.dataset.sla) - Date.now(), size = Math.abs(left);
      var hours = Math.floor(size / 36e5), minutes = Math.floor(size % 36e5 / 6e4);
      var text = (hours ? hours + words.hour : '') + minutes + words.minute;
      element.textContent = left < 0 ? words.late + text : text + words.left;
    });
  }
  setInterval(clock, 3e4);

  // A row of tabs longer than the screen begins near the one that is open.
  doc.addEventListener('DOMContentLoaded', function () {
    all('.tabs [aria-current]').forEach(function (tab) {
      tab.parentNode.scrollLeft = tab.offsetLeft - tab.parentNode.offsetLeft - 48;
    });
  });

  doc.addEventListener('htmx:sendError', function () { warn(words.offline); });
  doc.addEventListener('htmx:responseError', function () { warn(words.failed); });
})();
