"""A figure asked for in another unit than it is published in: turned where that is exact, else said."""

from dataclasses import replace

from django.utils.translation import gettext as _

from halopst.assistant.rules.figures.answers import Answer, Computed, FigureAnswer
from halopst.assistant.rules.language.naming import measure_in_english
from halopst.assistant.rules.question.units import OtherUnit, other_unit
from halopst.assistant.services.figures.reading import Asking
from halopst.core.formats import language
from halopst.knowledge.rules.figures import values


def in_unit_asked(asking: Asking, answer: Answer) -> Answer:
    if not isinstance(answer, FigureAnswer) or not answer.figures:
        return answer
    other = other_unit(asking.said, asking.indicators[0].measure)
    if other is None:
        return answer
    if not other.factor:
        return replace(
            answer, sentence=f"{answer.sentence} {_not_turned(other)}", known=False, in_other_unit=True
        )
    said = _sizes_said(other)
    if len(answer.figures) > 1:
        return replace(answer, sentence=f"{answer.sentence} {said}", wordable=False)
    turned = _turned(answer, other, asking.indicators[0].measure)
    said = _("Itu %(angka)s, hitungan kami: %(sebab)s") % {"angka": turned.text, "sebab": said}
    return replace(
        answer,
        sentence=f"{answer.sentence} {said}",
        computed=(*answer.computed, turned),
        wordable=False,
    )


def _sizes_said(other: OtherUnit) -> str:
    larger, times, smaller = other.sizes
    many = values.shown(times.normalize(), lang=language())
    words = {"besar": _unit(larger), "kali": many, "kecil": _unit(smaller)}
    return _("1 %(besar)s adalah %(kali)s %(kecil)s.") % words


def _turned(answer: FigureAnswer, other: OtherUnit, measure: str) -> Computed:
    figure = answer.figures[0]
    number = (figure.value * other.factor).normalize()
    whole, *per = measure.split("/")
    name = _unit(other.asked)
    unit = f"{whole}/{name}" if other.is_per else "/".join([name, *per])
    said = measure_in_english(unit) if language() == "en" else unit
    text = f"{values.shown(number, lang=language())} {said.strip()}"
    return Computed(_("Dalam satuan lain (dihitung dari angka itu)"), text, (figure.cell_id,))


def _not_turned(other: OtherUnit) -> str:
    words = {"terbit": _unit(other.published), "diminta": _unit(other.asked)}
    if other.is_per:
        said = _(
            "Angka ini terbit per %(terbit)s, bukan per %(diminta)s. Tidak kami ubah: bulan tidak sama "
            "panjang."
        )
    else:
        said = _(
            "Angka ini terbit dalam %(terbit)s, bukan dalam %(diminta)s. Tidak kami ubah: kurs tidak tetap."
        )
    return said % words


def _unit(name: str) -> str:
    named = {
        "km2": _("km²"),
        "m2": _("m²"),
        "hektare": _("hektare"),
        "ton": _("ton"),
        "kuintal": _("kuintal"),
        "kg": _("kg"),
        "hari": _("hari"),
        "minggu": _("minggu"),
        "bulan": _("bulan"),
        "rupiah": _("rupiah"),
        "dolar": _("dolar"),
    }
    return named.get(name, name)
