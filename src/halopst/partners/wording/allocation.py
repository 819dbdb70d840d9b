"""Sentences of the sheet about a month that does not fit, and what can be done about it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from halopst.core import formats
from halopst.core.formats import language
from halopst.partners.queries.allocation.grid import Column, Fix, RowView
from halopst.partners.queries.allocation.suggesting import Taker
from halopst.partners.queries.people.evaluations import Evaluation
from halopst.partners.rules.caps import is_near, percent

ALL_OF_IT = 100
SCALE = 115  # the meter runs to 115% of the cap, so that too much is seen as too much


@dataclass(frozen=True, slots=True)
class Meter:
    """Widths in percent of the track; `words` say the same."""

    tone: str
    percent: int
    filled: str
    tick: str
    words: str


def meter(row: RowView) -> Meter:
    total, limit = row.decision.total, row.decision.limit
    tone = "bad" if row.is_over else "warn" if is_near(total, limit) else ""
    filled = min(100.0, 10_000 * total / limit / SCALE) if limit else 0.0
    return Meter(tone, percent(total, limit), f"{filled:.1f}", f"{10_000 / SCALE:.2f}", _words(row))


def _words(row: RowView) -> str:
    decision = row.decision
    if decision.limit is None:
        return _("Belum dialokasikan")
    if decision.excess:
        return _("Lebih %(rupiah)s") % {"rupiah": rupiah(decision.excess)}
    return _("Sisa %(rupiah)s") % {"rupiah": rupiah(decision.headroom)}


def rupiah(amount: int) -> str:
    return formats.rupiah(amount, lang=language())


def amount_of(column: Column, volume: int) -> str:
    """`7 usaha IMK tahunan`."""
    return f"{formats.number(volume, lang=language())} {column.duty.unit_price.volume_unit} {title(column)}"


def title(column: Column) -> str:
    """The head of a column; with the duty where the activity has several."""
    name = column.duty.activity.short_name
    return f"{name}, {column.duty.position.title}" if column.with_duty else name


def sentence(row: RowView, fix: Fix) -> str:
    """One sentence for the visitor: what is wrong, and the way out."""
    said = {
        "nama": row.registration.person.name.split()[0],
        "lebih": amount_of(fix.column, fix.surplus),
        "semua": amount_of(fix.column, fix.excess.volume),
        "kode": fix.column.line.code if fix.column.line else "–",
        "tersisa": rupiah(max(0, fix.column.line.left) if fix.column.line else 0),
    }
    if not fix.surplus:
        return _("Sekarang %(semua)s muat. Simpan bila masih diperlukan.") % said
    if fix.excess.reason == "budget":
        return _("Pagu MAK %(kode)s tersisa %(tersisa)s. Kurangi %(lebih)s, atau minta revisi pagu.") % said
    if fix.excess.reason == "census":
        return (
            _("Sensus tidak dirangkap di satker ini. Kosongkan %(semua)s, atau kegiatan lain %(nama)s.")
            % said
        )
    return _over_cap(fix, said)


def _over_cap(fix: Fix, said: dict[str, str]) -> str:
    if not fix.takers:
        return _("Honor %(nama)s melewati batas. Kurangi %(lebih)s.") % said
    first = fix.takers[0]
    said |= {"mitra": _taker(first), "sebagian": formats.number(first.volume, lang=language())}
    if first.volume < fix.surplus:
        return (
            _(
                "Honor %(nama)s melewati batas. Kurangi %(lebih)s; %(sebagian)s di antaranya dapat dialihkan "
                "ke %(mitra)s."
            )
            % said
        )
    return _("Honor %(nama)s melewati batas. Kurangi %(lebih)s, atau alihkan ke %(mitra)s.") % said


def _taker(taker: Taker) -> str:
    known = f" ({evaluated(taker.evaluation)})" if taker.evaluation else ""
    if not taker.total:
        return _("%(mitra)s yang masih kosong") % {"mitra": taker.name} + known
    said = _("%(mitra)s yang honornya baru %(rupiah)s") % {
        "mitra": taker.name,
        "rupiah": rupiah(taker.total),
    }
    return said + known


def evaluated(evaluation: Evaluation) -> str:
    """`12 pekerjaan: volume 98%, tepat waktu 92%, mutu 4,3`; what nobody wrote down is left out."""
    count = ngettext("%(n)d pekerjaan", "%(n)d pekerjaan", evaluation.count) % {"n": evaluation.count}
    return f"{count}: {_marked(evaluation, evaluation.on_time)}"


def evaluated_briefly(evaluation: Evaluation) -> str:
    """`volume 98%, mutu 4,3`, where there is no room for more; `tepat waktu` only where some was not."""
    was_late = evaluation.on_time is not None and evaluation.on_time < ALL_OF_IT
    return _marked(evaluation, evaluation.on_time if was_late else None)


def _marked(evaluation: Evaluation, on_time: float | None) -> str:
    lang = language()
    parts = [_("volume %(n)s") % {"n": formats.percent(evaluation.volume, 0, lang=lang)}]
    if on_time is not None:
        parts.append(_("tepat waktu %(n)s") % {"n": formats.percent(on_time, 0, lang=lang)})
    if evaluation.quality is not None:
        parts.append(_("mutu %(n)s") % {"n": formats.number(evaluation.quality, 1, lang=lang)})
    return ", ".join(parts)
