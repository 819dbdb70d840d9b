"""Figures asked for with a claim or a judgement: the published figure, and that AIDA does not judge it."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from halopst.assistant.queries.figures import periods_beside
from halopst.assistant.queries.years_and_regions import years_and_regions_of
from halopst.assistant.rules.question import periods, regions
from halopst.assistant.rules.question.claimed_figures import Claim, claim
from halopst.assistant.rules.question.judgements import says_amount, without_judgement
from halopst.assistant.rules.question.poverty_line import POVERTY_LINE, asks_if_poor
from halopst.assistant.services.answering.figure_replies import asking_still
from halopst.assistant.services.answering.replies import Answer
from halopst.assistant.services.answering.several_figures import figures_told
from halopst.core.spelling import words
from halopst.knowledge.queries.regions import gazetteer
from halopst.knowledge.rules.figures.regions import NATION_CODE, full_name
from halopst.units.models import Unit

CATEGORY = "kategori"


@dataclass(frozen=True, slots=True)
class Noted:
    """A figure with our note, and where a text may tell more about it.

    `sought` is what that text is searched by; its title has all words of `titled`, and its passage the word
    `says`.
    """

    answer: Answer
    sought: str = ""
    titled: frozenset[str] = frozenset()
    says: str = ""


def figure_with_note(question: str, *, unit: Unit | None, today: date, follow: str) -> Noted | None:
    """The figure with our note.

    None if neither a claim nor a judgement is asked about, or if no figure settles the rest.
    """
    if asks_if_poor(question):
        return _poverty_line(question, unit, today)
    if (heard := claim(question)) is not None:
        return _claimed(heard, unit, today, follow)
    bare = without_judgement(question)
    if not bare or not _names_figure(bare, today):
        return None
    told = figures_told(bare, unit=unit, today=today, follow=follow)
    if told is not None and told.answer.asks_back:
        return Noted(asking_still(told.answer, question[len(bare) :], follow))
    if told is None or not told.settles or not told.answer.figures:
        return None
    said = _("Apakah itu tinggi, rendah, baik, atau buruk tidak dinilai AIDA.")
    name = told.answer.title
    beside = _beside_areas(told.answer, unit, today) or told.answer
    return Noted(_with_note(beside, said), f"{CATEGORY} {name}", frozenset(words(name)), CATEGORY)


def _beside_areas(told: Answer, unit: Unit | None, today: date) -> Answer | None:
    """A single figure beside those of its province and the nation, where the same table has them."""
    if len(told.figures) != 1:
        return None
    figure, known = told.figures[0], gazetteer().by_code
    own = known[figure["region_code"]]
    around = [known[code] for code in (own.parent, NATION_CODE) if code in known and code != own.code]
    there = periods_beside(figure["cell"], [own.code, *(one.code for one in around)])
    others = [one for one in dict.fromkeys(around) if there.get(one.code, set()) & there[own.code]]
    if not others:
        return None
    names = ", ".join(full_name(one) for one in (own, *others))
    asked = " ".join([_("Bandingkan"), told.title, names, figure["period"]])
    beside = figures_told(asked, unit=unit, today=today, follow="")
    is_it = beside is not None and figure["cell"] in {one["cell"] for one in beside.answer.figures}
    return beside.answer if beside is not None and is_it and beside.settles else None


def _claimed(said: Claim, unit: Unit | None, today: date, follow: str) -> Noted | None:
    """The published figure, and whether it is lower or higher than what somebody has heard."""
    told = figures_told(said.question, unit=unit, today=today, follow=follow)
    if told is None or not told.settles or not told.answer.figures:
        return None
    figure = told.answer.figures[-1]
    if len({one["region_code"] for one in told.answer.figures}) > 1:
        return None
    verdict = {
        -1: _("Angka terbit %(periode)s lebih rendah daripada yang Anda sebut."),
        0: _("Dibulatkan, angka terbit %(periode)s sama dengan yang Anda sebut."),
        1: _("Angka terbit %(periode)s lebih tinggi daripada yang Anda sebut."),
    }
    side = said.side(Decimal(figure["number"]), figure["measure"])
    if side is None:
        return None
    return Noted(_with_note(told.answer, verdict[side] % {"periode": figure["period"]}))


def _names_figure(question: str, today: date) -> bool:
    """`IPM Surabaya` asks for a figure; `IPM 75` already holds one."""
    said = periods.split(words(question))
    used = periods.find(said, today).used
    if any(word[0].isdigit() and at not in used for at, word in enumerate(said)):
        return False
    return says_amount(question) or bool(years_and_regions_of(question).regions)


def _poverty_line(question: str, unit: Unit | None, today: date) -> Noted | None:
    """The poverty line of the region named, else that of the office's own region."""
    said = words(question)
    named = regions.find(said, gazetteer(), lambda _word: True)
    places = [" ".join(said[one.start : one.end]) for one in named[:1]]
    told = figures_told(" ".join([POVERTY_LINE, *places]), unit=unit, today=today, follow="")
    if told is None or not (told.settles or told.answer.asks_back):
        return None
    if not told.settles:
        return Noted(told.answer)
    return Noted(_with_note(told.answer, _of_a_head(told.answer)), sought=f"apa itu {POVERTY_LINE}")


def _of_a_head(answer: Answer) -> str:
    judges = _("Apakah seseorang miskin tidak dinilai AIDA dari satu angka.")
    if not {"kapita", "capita"} & set(words(str(answer.figures[0]["measure"]))):
        return judges
    each = _(
        "Itu pengeluaran sebulan untuk tiap orang, bukan gaji: pengeluaran serumah dibagi banyaknya anggota "
        "rumah tangga."
    )
    return f"{each} {judges}"


def _with_note(answer: Answer, note: str) -> Answer:
    return replace(answer, text=f"{answer.text} {note}", wordable=False, parts=())
