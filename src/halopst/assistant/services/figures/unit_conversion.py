"""A figure asked for in a unit other than the published one: converted if that is exact, else told."""

from dataclasses import replace

from django.utils.translation import gettext as _

from halopst.assistant.rules.figures.additivity import adds_over_regions
from halopst.assistant.rules.figures.answers import Answer, Computed, FigureAnswer, Shown
from halopst.assistant.rules.language.english_names import measure_in_english
from halopst.assistant.rules.question import intents
from halopst.assistant.rules.question.population import SHARES
from halopst.assistant.rules.question.unit_conversion import OtherUnit, misplaced_unit, other_unit
from halopst.assistant.services.figures.asking import Asking
from halopst.core.formats import language
from halopst.knowledge.rules.figures import values

_OF_ONE_TIME = frozenset([intents.VALUE, intents.RANKING, intents.THRESHOLD])


def in_unit_asked(asking: Asking, answer: Answer) -> Answer:
    if not isinstance(answer, FigureAnswer) or not answer.figures:
        return answer
    if _is_share_of_count(asking):
        return replace(answer, sentence=f"{answer.sentence} {_no_share()}", known=False, no_text=True)
    other = other_unit(asking.said, asking.indicators[0].measure)
    if other is None:
        return _misplaced(asking, answer)
    if not other.factor:
        return replace(answer, sentence=f"{answer.sentence} {_not_turned(other)}", known=False, no_text=True)
    measure = asking.indicators[0].measure
    turned = tuple(_turned(figure, other, measure) for figure in answer.figures)
    said = answer.sentence
    if len(turned) == 1:
        said += " " + _("Itu %(angka)s, hitungan kami.") % {"angka": turned[0].text}
    return replace(answer, sentence=said, computed=(*answer.computed, *turned), wordable=False)


def _misplaced(asking: Asking, answer: FigureAnswer) -> FigureAnswer:
    """The answer, with a note if the unit asked for measures something else."""
    measure = asking.indicators[0].measure
    if not (asked := misplaced_unit(asking.said, measure)):
        return answer
    own = measure_in_english(measure) if language() == "en" else measure
    words = {"terbit": own.lower() if own.istitle() else own, "diminta": _unit(asked)}
    said = _("Satuannya %(terbit)s, bukan %(diminta)s.") % words
    return replace(answer, sentence=f"{answer.sentence} {said}", known=False, no_text=True)


def _is_share_of_count(asking: Asking) -> bool:
    """Whether a share is asked of what is counted: `berapa persen penduduk perempuan`."""
    indicator = asking.indicators[0]
    is_asked = asking.kind in _OF_ONE_TIME and not SHARES.isdisjoint(asking.said)
    return is_asked and adds_over_regions(indicator.name, indicator.measure)


def _no_share() -> str:
    return _("Ini banyaknya, bukan persentase.")


def _turned(figure: Shown, other: OtherUnit, measure: str) -> Computed:
    number = (figure.value * other.factor).normalize()
    whole, *per = measure.split("/")
    name = _unit(other.asked)
    unit = f"{whole}/{name}" if other.is_per else "/".join([name, *per])
    unit = other.asked if other.is_whole else unit
    said = measure_in_english(unit) if language() == "en" else unit
    text = f"{values.shown(number, lang=language())} {said.strip()}"
    label = _("%(wilayah)s %(periode)s dalam satuan lain (dihitung dari angkanya)")
    words = {"wilayah": figure.region, "periode": figure.period_label}
    return Computed(label % words, text, (figure.cell_id,))


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
