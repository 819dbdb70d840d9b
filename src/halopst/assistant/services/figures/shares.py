"""How much of an area's figure its regions make up, where what is counted there adds up to it."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from halopst.assistant.queries import figures as there
from halopst.assistant.rules.figures.additivity import adds_over_regions
from halopst.assistant.rules.figures.answers import Answer, Computed, FigureAnswer, Shown
from halopst.assistant.rules.question.regions import of_group
from halopst.assistant.rules.question.shares import whole_of
from halopst.assistant.services.figures.asking import Asking
from halopst.assistant.services.figures.comparing import comparison
from halopst.core.formats import language
from halopst.knowledge.rules.figures import values


def share(asking: Asking) -> Answer:
    """The figures of part and whole, and our share; where there can be none only the figures, and why."""
    answer, whole = comparison(asking), whole_of(asking.regions)
    if not isinstance(answer, FigureAnswer) or whole is None or not answer.known:
        return answer
    newest = [one for one in answer.figures if one.period == answer.figures[-1].period]
    area = next((one for one in newest if one.region_code == whole.code), None)
    parts = [one for one in newest if one.region_code != whole.code]
    if not _adds_up(newest):
        return replace(answer, sentence=f"{_no_share()} {answer.sentence}", known=False, no_text=True)
    if area is None or not 0 < sum(one.value for one in parts) <= area.value:
        return answer
    each = [_computed(one.region, [one], area) for one in parts]
    name = _together(asking, parts)
    together = [_computed(name or _("semua wilayah itu"), parts, area)] if len(parts) > 1 else []
    said = _of_several(name or _("Bersama-sama"), answer, (*parts, area), (*each, *together))
    if not together:
        said = _of_one(answer, parts[0], area, each[0])
    return replace(answer, sentence=f"{said} {_ours()}", computed=(*together, *each), wordable=False)


def _adds_up(figures: Sequence[Shown]) -> bool:
    rows = there.cells_of([one.cell_id for one in figures])
    indicators = there.indicators({row.indicator_id for row in rows}).values()
    return all(adds_over_regions(one.name, one.measure) for one in indicators)


def _computed(name: str, parts: Sequence[Shown], area: Shown) -> Computed:
    """To two decimals, rounded once."""
    number = sum((one.value for one in parts), Decimal(0)) / area.value * 100
    rounded = number.quantize(Decimal("0.01"), ROUND_HALF_UP)
    words = {"wilayah": name, "area": area.region}
    label = _("Bagian %(wilayah)s dari %(area)s (dihitung dari angka-angka ini)") % words
    text = _("%(angka)s persen") % {"angka": values.shown(rounded, lang=language())}
    return Computed(label, text, tuple(one.cell_id for one in (*parts, area)))


def _of_one(answer: FigureAnswer, part: Shown, area: Shown, one: Computed) -> str:
    words = {
        "nama": answer.indicator, "wilayah": part.region, "periode": part.period_label,
        "angka": part.spoken, "bagian": one.text, "area": area.region, "seluruhnya": area.spoken,
    }  # fmt: skip
    said = _("%(nama)s %(wilayah)s pada %(periode)s: %(angka)s, %(bagian)s dari %(area)s (%(seluruhnya)s).")
    return said % words


def _together(asking: Asking, parts: Sequence[Shown]) -> str:
    """The name of the group, if they are just its regions; else empty."""
    is_group = {one.region_code for one in parts} == set(of_group(asking.group))
    return asking.group if is_group else ""


def _of_several(name: str, answer: FigureAnswer, figures: Sequence[Shown], shares: Sequence[Computed]) -> str:
    """Each part with its share, and that of all of them, which comes last."""
    *parts, area = figures
    words = {
        "nama": answer.indicator, "periode": area.period_label, "area": area.region,
        "seluruhnya": area.spoken, "semua": name, "bagian": shares[-1].text,
        "rincian": "; ".join(
            f"{part.region} {part.spoken} ({one.text})" for part, one in zip(parts, shares, strict=False)
        ),
    }  # fmt: skip
    said = _("%(nama)s pada %(periode)s: %(rincian)s. %(semua)s %(bagian)s dari %(area)s (%(seluruhnya)s).")
    return said % words


def _ours() -> str:
    return _("Bagian itu hitungan kami, bukan angka terbit.")


def _no_share() -> str:
    return _(
        "Angka wilayah-wilayahnya tidak berjumlah menjadi angka induknya, jadi bagiannya tidak dihitung."
    )
