/* What typed volumes come to: honor, the meter and the headroom, as the server reckons them (`rules/money`, `rules/caps`).
   For the sheet and for one mitra's month; what the server answers always wins. */
(function () {
  'use strict';
  var english = document.documentElement.lang.slice(0, 2) === 'en';

  function rupiah(amount) {
    return 'Rp' + String(amount).replace(/\B(?=(\d{3})+(?!\d))/g, english ? ',' : '.');
  }

  // The number a person typed, or NaN: "24", " 1.200 ", nothing for none.
  function volume(text) {
    var plain = text.trim();
    if (/^\d{1,3}([.,\u00a0 ]\d{3})+$/.test(plain)) plain = plain.replace(/\D/g, '');
    if (plain === '' || plain === '-' || plain === '–') return 0;
    return /^\d{1,7}$/.test(plain) && +plain <= 1000000 ? +plain : NaN;
  }

  // This month's part of a cell's honor: as stored while nothing else is typed, as months may be divided otherwise;
  // else by days, whole rupiah, the leftovers to the largest remainders.
  function part(input) {
    if (input.dataset.honor && volume(input.value) === +input.dataset.tampil) return +input.dataset.honor;
    var amount = volume(input.value) * +input.dataset.harga;
    var days = input.dataset.hari.split(',').map(Number), mine = +input.dataset.ke;
    if (days.length === 1) return amount;
    var whole = days.reduce(function (sum, day) { return sum + day; }, 0), left = amount;
    var parts = days.map(function (day) { var share = Math.floor(amount * day / whole); left -= share; return share; });
    days.map(function (day, n) { return [-(amount * day % whole), n]; })
      .sort(function (a, b) { return a[0] - b[0] || a[1] - b[1]; })
      .slice(0, left).forEach(function (pair) { parts[pair[1]] += 1; });
    return parts[mine];
  }

  function inputs(body) { return Array.prototype.slice.call(body.querySelectorAll('.vol[data-harga]')); }

  // Draws the meter of what is typed and returns what it says; `word` holds its sentences.
  function show(body, word) {
    var total = +body.dataset.tetap, limit = body.dataset.batas ? +body.dataset.batas : Infinity;
    inputs(body).forEach(function (input) {
      var paid = part(input) || 0;
      total += paid;
      if (paid && input.dataset.batas) limit = Math.min(limit, +input.dataset.batas);
      input.classList.toggle('nol', volume(input.value) === 0);
    });
    if (limit < Infinity) limit = Math.max(limit, +body.dataset.izin);
    var meter = body.querySelector('.cap'), known = limit < Infinity;
    var over = known && total > limit, near = known && !over && total * 100 >= limit * 90;
    meter.className = 'cap' + (over ? ' cap--bad' : near ? ' cap--warn' : '');
    meter.setAttribute('aria-valuenow', total);
    meter.querySelector('.cap__f').style.width = (known ? Math.min(100, total / limit / 1.15 * 100) : 0).toFixed(1) + '%';
    var said = !known ? word.belum
      : over ? word.lebih.replace('{}', rupiah(total - limit)) : word.sisa.replace('{}', rupiah(limit - total));
    meter.querySelector('.kata').textContent = said;
    body.querySelector('.total').textContent = rupiah(total);
    body.querySelector('.persen').textContent = (known ? Math.floor(total * 100 / limit) : 0) + '%';
    return { total: total, limit: limit, tone: over ? 'bad' : near ? 'warn' : '', said: said };
  }

  window.HaloHonor = { rupiah: rupiah, volume: volume, inputs: inputs, show: show };
})();
