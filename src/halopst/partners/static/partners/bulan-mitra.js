/* One mitra's month: meter and headroom follow the typing, also on a phone; saving is the form's. */
(function () {
  'use strict';
  var form = document.getElementById('lembar1'), honor = window.HaloHonor;
  if (!form) return;
  var body = form.closest('.so'), line = body.querySelector('.sisa1');

  form.addEventListener('input', function (event) {
    var input = event.target;
    if (!input.classList.contains('vol')) return;
    input.setAttribute('aria-invalid', isNaN(honor.volume(input.value)) ? 'true' : 'false');
    var now = honor.show(body, form.dataset);
    line.className = 'sisa1 num' + (now.tone ? ' sisa1--' + now.tone : '');
    line.textContent = now.limit === Infinity ? now.said + '.' : form.dataset.honor
      .replace('{}', honor.rupiah(now.total)).replace('{}', honor.rupiah(now.limit)).replace('{}', now.said);
  });
})();
