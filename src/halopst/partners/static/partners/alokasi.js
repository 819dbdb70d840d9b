/* The allocation sheet: meters (honor.js) while typing; saving behind the typing; paste from a spreadsheet.
   A block that goes beyond this page, or says by name for whom it is, is taken to a page that shows it first.
   The page is a plain form and works without this file; what the server answers always wins. */
(function () {
  'use strict';
  var form = document.getElementById('lembar');
  if (!form || !window.fetch) return;
  var honor = window.HaloHonor, volume = honor.volume, inputs = honor.inputs;
  var word = form.dataset, waiting = {}, flying = {}, sending = false, shut = false, timer = 0, PAUSE = 350, CHUNK = 1000;
  var line = document.getElementById('kabar-lembar'), usual = line ? line.textContent : '';
  var again = document.getElementById('coba-simpan');

  function show(body) { honor.show(body, word); }

  function keep(input) {
    var typed = volume(input.value), wrong = isNaN(typed);
    input.classList.remove('beda');
    input.setAttribute('aria-invalid', wrong ? 'true' : 'false');
    if (wrong) {
      delete waiting[input.name];
      input.title = word.angka;
      tell(input.getAttribute('aria-label') + ': ' + word.angka);
      return;
    }
    input.removeAttribute('title');
    if (typed === (input.name in flying ? flying[input.name] : +input.dataset.tampil)) {
      delete waiting[input.name];
      if (!(input.name in flying)) input.classList.remove('kirim');
      calm();
      return;
    }
    waiting[input.name] = typed;
    input.classList.add('kirim');
    clearTimeout(timer);
    timer = setTimeout(send, PAUSE);
  }

  function send() {
    var names = Object.keys(waiting).slice(0, CHUNK);
    timer = 0;
    if (sending || !names.length) return;
    sending = true;
    shut = false;
    var body = new FormData(), sent = flying = {};
    var cells = names.map(function (name) {
      var input = form.elements[name], key = name.split('-');
      sent[name] = waiting[name];
      delete waiting[name];
      return [+key[1], +key[2], sent[name], +input.dataset.semula];
    });
    body.append('csrfmiddlewaretoken', form.elements.csrfmiddlewaretoken.value);
    body.append('isi', JSON.stringify(cells));
    fetch(word.kirim, { method: 'POST', body: body, headers: { 'X-Requested-With': 'fetch' } })
      .then(function (answer) {
        if (!answer.redirected && (answer.ok || answer.status === 409)) return answer.text();
        shut = answer.redirected || answer.status < 500;
        throw new Error(answer.status);
      })
      .then(function (html) { flying = {}; if (again) again.hidden = true; take(html, sent); })
      .catch(function () {
        flying = {};
        names.forEach(function (name) {
          if (!(name in waiting)) waiting[name] = sent[name];
          form.elements[name].title = shut ? word.tolak : word.gagal;
        });
        tell(shut ? word.tolak : word.gagal);
        if (again) again.hidden = false;
        if (!shut) timer = setTimeout(send, 8000);
      })
      .then(function () { sending = false; if (Object.keys(waiting).length && !timer && !shut) send(); });
  }

  // The server's rows replace ours, except what has been typed on since.
  function take(html, sent) {
    var fresh = new DOMParser().parseFromString(html, 'text/html');
    var said = fresh.getElementById('kabar'), changed = JSON.parse((said && said.dataset.diubah) || '[]');
    Array.prototype.forEach.call(fresh.querySelectorAll('tbody[id]'), function (body) {
      var mine = document.getElementById(body.id);
      if (!mine) return;
      inputs(body).forEach(function (input) {
        var old = form.elements[input.name];
        if (!old) return;
        var clean = volume(old.value) === +old.dataset.tampil;
        old.dataset.semula = input.dataset.semula;
        old.dataset.tampil = input.dataset.tampil;
        old.dataset.honor = input.dataset.honor || '';
        old.setAttribute('aria-invalid', input.getAttribute('aria-invalid') || 'false');
        if (input.name in waiting) return;
        old.classList.remove('kirim');
        if (changed.indexOf(input.name) >= 0 && volume(old.value) === sent[input.name]) { differ(old); return; }
        if (input.name in sent) old.removeAttribute('title');
        if (volume(old.value) === sent[input.name] || !(input.name in sent)) {
          if (old !== document.activeElement || (clean && !(input.name in sent))) old.value = input.value;
        }
        old.classList.toggle('nol', volume(old.value) === 0);
      });
      ['tetap', 'batas', 'izin'].forEach(function (name) { mine.dataset[name] = body.dataset[name]; });
      mine.rows[0].className = body.rows[0].className;
      mine.querySelector('.nm').innerHTML = body.querySelector('.nm').innerHTML;
      mine.querySelector('.mt').innerHTML = body.querySelector('.mt').innerHTML;
      mine.querySelector('.ubah').innerHTML = body.querySelector('.ubah').innerHTML;
      if (mine.rows[1]) mine.rows[1].remove();
      if (body.rows[1]) mine.appendChild(document.importNode(body.rows[1], true));
      if (inputs(mine).some(function (input) { return input.name in waiting; })) show(mine);
    });
    Array.prototype.forEach.call(fresh.querySelectorAll('[data-ganti]'), function (piece) {
      var mine = document.getElementById(piece.id);
      if (mine) mine.innerHTML = piece.innerHTML;
    });
    if (said && said.textContent.trim()) {
      tell(said.textContent.trim());
      if (line) line.innerHTML = said.innerHTML;
    }
    else calm();
  }

  // What was said of a cell is not left standing once no cell is wrong or differs.
  function calm() {
    if (!line || form.querySelector('.vol[title]')) return;
    line.textContent = usual;
    line.classList.remove('kabar');
  }

  // Somebody was first: what was typed stays beside what is stored, until Enter or Esc decides between them.
  function differ(input) {
    input.classList.add('beda');
    input.setAttribute('aria-invalid', 'true');
    input.title = word.beda.replace('{}', input.dataset.tampil);
  }

  function tell(text) {
    var region = document.getElementById('siar');
    if (region) region.textContent = text;
    if (!line) return;
    line.textContent = text;
    line.classList.add('kabar');
  }

  // A block from a spreadsheet fills the cells from the one it is pasted into, to the right and downwards.
  function paste(event) {
    var start = event.target;
    if (!start.classList || !start.classList.contains('vol') || start.readOnly) return;
    var text = (event.clipboardData || { getData: String }).getData('text').replace(/\r/g, '').replace(/\n+$/, '');
    var block = text.split('\n').map(function (line) { return line.split('\t'); });
    if (block.length === 1 && block[0].length === 1) return;
    event.preventDefault();
    var bodies = Array.prototype.slice.call(form.querySelectorAll('tbody[id]'));
    var top = bodies.indexOf(start.closest('tbody')), left = inputs(bodies[top]).indexOf(start);
    var room = inputs(bodies[top]).length - left, fits = block.length <= bodies.length - top;
    block = block.map(function (cells) {
      while (cells.length > room && !cells[cells.length - 1].trim()) cells.pop();
      return cells;
    });
    block.forEach(function (cells) {
      if (cells.length > room || cells.some(function (cell) { return /[a-z]|(\d\D?){9}/i.test(cell); })) fits = false;
    });
    if (!fits) { look(text, start, bodies.slice(top)); return; }
    block.forEach(function (cells, down) {
      var row = inputs(bodies[top + down]);
      cells.forEach(function (value, right) {
        row[left + right].value = value.trim();
        keep(row[left + right]);
      });
      show(bodies[top + down]);
    });
  }

  // Once everything typed before is saved: what the block would fill, from this cell on.
  function look(text, start, bodies) {
    var ask = document.getElementById('tempel'), names = bodies.map(function (body) { return body.id.slice(2); });
    ask.elements.blok.value = text;
    ask.elements.kolom.value = start.name.split('-')[2];
    ask.elements.baris.value = names.join(',');
    tell(word.lihat);
    (function leave() {
      if (!sending && !Object.keys(waiting).length) { ask.submit(); return; }
      setTimeout(leave, 100);
    })();
  }

  // One change back or forth, once what was typed before it is saved; the rows of this page come back as they are now.
  function go(name) {
    var button = document.getElementById(name), body = new FormData();
    if (!button || button.disabled) return;
    if (sending || Object.keys(waiting).length) {
      if (again && !again.hidden) tell(shut ? word.tolak : word.gagal);
      else setTimeout(function () { go(name); }, 100);
      return;
    }
    sending = true;
    body.append('csrfmiddlewaretoken', form.elements.csrfmiddlewaretoken.value);
    body.append('baris', Array.prototype.map.call(form.querySelectorAll('tbody[id]'), function (one) { return one.id.slice(2); }).join(','));
    fetch(button.formAction, { method: 'POST', body: body })
      .then(function (answer) {
        if (answer.redirected || !(answer.ok || answer.status === 409)) throw new Error(answer.status);
        return answer.text();
      })
      .then(function (html) {
        var pressed = document.activeElement === button;
        take(html, {});
        if (pressed) (document.querySelector('#' + name + ':enabled') || document.querySelector('#urung button:enabled') || form).focus();
      })
      .catch(function () { tell(word.putus); })
      .then(function () { sending = false; if (Object.keys(waiting).length && !timer) send(); });
  }

  // Ctrl+Z and Ctrl+Y are the sheet's, except while something is being typed: that is the browser's to take back.
  function leap(event) {
    var key = event.key.toLowerCase(), at = event.target, cell = at.classList && at.classList.contains('vol');
    var name = key === 'y' || (key === 'z' && event.shiftKey) ? 'ulangi' : key === 'z' ? 'urungkan' : '';
    if (!name || !(event.ctrlKey || event.metaKey) || event.altKey) return;
    if (cell ? volume(at.value) !== +at.dataset.tampil && !(at.name in waiting) : /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName)) return;
    event.preventDefault();
    go(name);
  }

  function step(input, down) {
    var bodies = Array.prototype.slice.call(form.querySelectorAll('tbody[id]'));
    var at = bodies.indexOf(input.closest('tbody')), next = bodies[at + down];
    return next && inputs(next)[inputs(bodies[at]).indexOf(input)];
  }

  // Enter and the arrows walk as in a spreadsheet, left and right from the edge of what is typed; Esc takes it back.
  function walk(event) {
    var input = event.target, down = { Enter: 1, ArrowDown: 1, ArrowUp: -1 }[event.key], next;
    if (!input.classList || !input.classList.contains('vol')) return;
    if (event.key === 'Escape') {
      input.value = input.dataset.tampil;
      show(input.closest('tbody'));
      keep(input);
      input.select();
      return;
    }
    if (down) {
      event.preventDefault();
      if (event.key === 'Enter' && input.classList.contains('beda')) keep(input);
      next = step(input, event.shiftKey ? -down : down);
      if (!next) input.blur();
    } else if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') {
      var side = event.key === 'ArrowLeft' ? -1 : 1, row = inputs(input.closest('tbody'));
      var whole = input.selectionStart === 0 && input.selectionEnd === input.value.length;
      var edge = side < 0 ? input.selectionEnd === 0 : input.selectionStart === input.value.length;
      if (!event.shiftKey && (whole || edge)) next = row[row.indexOf(input) + side];
      if (next) event.preventDefault();
    }
    if (next) { next.focus(); next.select(); }
  }

  form.addEventListener('input', function (event) {
    if (event.target.classList.contains('vol')) show(event.target.closest('tbody'));
  });
  form.addEventListener('change', function (event) {
    if (event.target.classList.contains('vol')) keep(event.target);
  });
  form.addEventListener('paste', paste);
  if (again) again.addEventListener('click', function () { clearTimeout(timer); send(); });
  form.addEventListener('keydown', walk);
  document.addEventListener('keydown', leap);
  document.addEventListener('submit', function (event) {
    if (!event.target.closest('#urung') || !event.submitter) return;
    event.preventDefault();
    go(event.submitter.id);
  });
  window.addEventListener('beforeunload', function (event) {
    if (sending || Object.keys(waiting).length) { event.preventDefault(); event.returnValue = ''; }
  });
  Array.prototype.forEach.call(form.querySelectorAll('.simpan'), function (button) { button.hidden = true; });
})();
