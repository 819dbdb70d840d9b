"""An answer without a model: what a source says in its own words, or that no source says it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from halopst.assistant.queries.years_and_regions import years_and_regions_of
from halopst.assistant.rules.language.colloquial import in_indonesian
from halopst.assistant.rules.question import regions
from halopst.assistant.rules.question.english_definitions import meaning_asked
from halopst.assistant.rules.question.english_services import way_asked
from halopst.assistant.rules.question.everyday_phrasing import (
    defined,
    formal,
    made_of,
    names_anything,
    of_thing,
    says_of_what,
    what_for,
    who_pays_nothing,
)
from halopst.assistant.rules.question.intents import asks_about_before, asks_for_amount
from halopst.assistant.rules.question.introductions import without_introduction
from halopst.assistant.rules.question.remarks import is_upset, remark
from halopst.assistant.rules.question.years_and_regions import YearsAndRegions, named_in
from halopst.assistant.services.answering.after_definitions import told_after
from halopst.assistant.services.answering.claims_and_judgements import Noted, figure_with_note
from halopst.assistant.services.answering.desk_replies import desk_reply
from halopst.assistant.services.answering.dictation import as_dictated
from halopst.assistant.services.answering.differences import both_definitions
from halopst.assistant.services.answering.figure_replies import (
    as_picked,
    follow_of,
    going_on,
    indicator_before,
)
from halopst.assistant.services.answering.next_steps import next_steps
from halopst.assistant.services.answering.quoting import citation, found_for, known, nearest, said_by
from halopst.assistant.services.answering.related_texts import related
from halopst.assistant.services.answering.remark_replies import remark_reply
from halopst.assistant.services.answering.replies import Answer
from halopst.assistant.services.answering.several_figures import figures_told
from halopst.assistant.services.answering.surveys import survey_told
from halopst.assistant.services.answering.title_matches import (
    called,
    defined_first,
    is_under_review,
    titled_first,
)
from halopst.assistant.services.limits.allowances import spend
from halopst.core.actors import Actor
from halopst.core.formats import language
from halopst.core.once import reading_once
from halopst.core.spelling import words
from halopst.knowledge.queries import Found, Hit, read_as
from halopst.knowledge.queries.regions import gazetteer
from halopst.knowledge.rules.search.confidence import LIKELY, SURE
from halopst.knowledge.rules.texts.prompt_injection import gives_orders, without_orders
from halopst.units.models import Unit


def ask(
    actor: Actor, *, question: str, unit: Unit | None, client: str, now: datetime, follow: str = ""
) -> Answer:
    """Answer from cells, else from the texts that `actor` may read and that are not due for review.

    `client` names a network whose questions are counted; it is empty for a question of our own. `follow` is
    the token that the answer before this one gave, so that this question can refer to it.
    """
    if client:
        spend(client, now=now)
    with reading_once():
        return _answered(actor, question, unit, now, follow)


def _answered(actor: Actor, question: str, unit: Unit | None, now: datetime, follow: str) -> Answer:
    if (said := remark(question)) is not None:
        return going_on(remark_reply(said, unit), follow)
    typed = without_introduction(without_orders(question))
    today = timezone.localdate(now, unit.tz if unit else None)
    question = _read(typed, today)
    if (told := desk_reply(actor, question, unit=unit, now=now)) is not None:
        return going_on(told, follow)
    meant = as_picked(_read(read_as(typed, unit), today), follow, today)
    if (by_name := _by_name(actor, meant, unit=unit, today=today, follow=follow)) is not None:
        return by_name
    if (beside := figure_with_note(meant, unit=unit, today=today, follow=follow)) is not None:
        return _with_text(actor, beside, unit, today)
    figures = figures_told(meant, unit=unit, today=today, follow=follow)
    if figures and (
        figures.settles or (follow and figures.answer.asks_back)
    ):  # then no text can answer better
        return figures.answer
    by_cells = figures.answer if figures else None
    return _from_texts(actor, meant, typed, unit=unit, today=today, follow=follow, otherwise=by_cells)


def _by_name(actor: Actor, meant: str, *, unit: Unit | None, today: date, follow: str) -> Answer | None:
    """The survey of a figure, or definitions: of two things, or of one that goes on from another."""
    told = survey_told(actor, meant, unit=unit, today=today, follow=follow)
    told = told or both_definitions(actor, formal(meant), unit, today)
    if told is not None:
        return going_on(told, follow)
    return told_after(actor, formal(meant), unit=unit, today=today, follow=follow)


def _with_text(actor: Actor, told: Noted, unit: Unit | None, today: date) -> Answer:
    """The answer so far, with what a text surely says about it below."""
    if not told.sought:
        return told.answer
    found = found_for(actor, told.sought, unit, today)
    fitting = [hit for hit in defined_first(told.sought, found.hits) if _tells_more(told, hit)]
    if not fitting:
        return told.answer
    cited, before = citation(found, fitting[0]), list(told.answer.citations)
    said = said_by(fitting[0], cited.text)
    parts = [
        {"text": told.answer.text, "cites": list(range(len(before)))},
        {"text": said, "cites": [len(before)]},
    ]
    text = f"{told.answer.text}\n{said}"
    return replace(told.answer, text=text, citations=[*before, cited], parts=parts)


def _tells_more(told: Noted, hit: Hit) -> bool:
    lead = f"{hit.document.title} {hit.heading}\n{hit.read.text}"
    is_it = told.titled <= frozenset(words(hit.document.title)) and told.says in ("", *words(lead))
    return hit.score >= SURE and is_it and not gives_orders(lead)


def _from_texts(
    actor: Actor,
    meant: str,
    typed: str,
    *,
    unit: Unit | None,
    today: date,
    follow: str,
    otherwise: Answer | None,
) -> Answer:
    """What a text surely says of `meant`, else the answer `otherwise`, else that it is not known."""
    sought = _sought(meant, follow)
    found = found_for(actor, sought, unit, today)
    named = years_and_regions_of(meant)
    fitting = defined_first(sought, titled_first(found, [hit for hit in found.hits if fits(named, hit)]))
    likely = bool(fitting) and fitting[0].score >= LIKELY and _names_anything(sought)
    likely = likely and not is_under_review(actor, sought, fitting, unit, today)
    if likely and fitting[0].score >= SURE:
        after = follow_of(defined(sought), unit=unit, today=today, follow=follow)
        return going_on(known(found, fitting, unit), after)
    if (told := _said_otherwise(actor, sought, unit, today)) is not None:
        return going_on(told, follow)
    if likely and otherwise is None:
        return going_on(nearest(found, fitting, unit), follow)
    return otherwise or _unknown(typed, found, fitting, named=named, unit=unit, follow=follow)


def _names_anything(sought: str) -> bool:
    """Whether a text could be about it; `Kalau Surabaya?` names only a region."""
    said = words(sought)
    named = {
        at for one in regions.find(said, gazetteer(), lambda _word: True) for at in range(one.start, one.end)
    }
    return names_anything([word for at, word in enumerate(said) if at not in named])


def _said_otherwise(actor: Actor, sought: str, unit: Unit | None, today: date) -> Answer | None:
    """A sure answer to the same question put in fewer or in other words."""
    if not (asked := who_pays_nothing(sought) or what_for(sought)):
        return _made_of(actor, sought, unit, today)
    found = found_for(actor, asked, unit, today)
    fitting = [hit for hit in found.hits if fits(years_and_regions_of(asked), hit)]
    return known(found, fitting, unit) if fitting and fitting[0].score >= SURE else None


def _made_of(actor: Actor, sought: str, unit: Unit | None, today: date) -> Answer | None:
    """What something is, for a question how it is counted, where the definition says of what it is made.

    Only where no text tells more about the counting.
    """
    if not (thing := made_of(sought)):
        return None
    asked = f"apa itu {thing}"
    found = found_for(actor, asked, unit, today)
    fitting = called(asked, found.hits)
    if not fitting or is_under_review(actor, asked, fitting, unit, today):
        return None
    told = known(found, fitting, unit)
    return told if says_of_what(sought, told.citations[0].text) else None


def figures_told_of(text: str, *, unit: Unit | None, today: date) -> Answer | None:
    """What the cells alone say of `text`, as it is typed into a search."""
    told = figures_told(_read(read_as(text, unit), today), unit=unit, today=today, follow="")
    return told.answer if told else None


def _read(question: str, today: date) -> str:
    """The question in the words of our texts and tables.

    An English question is put into Indonesian only if it asks for a meaning or for the way to a service.
    """
    if (asked := meaning_asked(question, today) or way_asked(question)) and not years_and_regions_of(
        question
    ).regions:
        return asked
    return in_indonesian(as_dictated(question)) if language() == "id" else question


def _sought(question: str, follow: str) -> str:
    """The question as texts would put it; if it names nothing itself, with what was asked about before."""
    said = formal(question)
    before = indicator_before(follow) if asks_about_before(words(said)) else ""
    return formal(of_thing(said, before)) if before else said


def fits(named: YearsAndRegions, hit: Hit) -> bool:
    """Whether a passage names the years and regions asked about, and gives no orders to a machine."""
    if gives_orders(f"{hit.read.lead}\n{hit.read.text}"):
        return False
    return named_in(named, f"{hit.read.lead}\n{hit.read.text}\n{hit.region}", published=hit.year)


def _unknown(
    question: str,
    found: Found,
    fitting: Sequence[Hit],
    *,
    named: YearsAndRegions,
    unit: Unit | None,
    follow: str,
) -> Answer:
    """An answer that asserts nothing and offers related texts to read."""
    about = related(found, fitting or found.hits)
    if is_upset(question):
        text = _(
            "Maaf, jawaban di sini belum membantu. Tulis data yang Anda cari dengan wilayah dan tahunnya, "
            "atau tanyakan kepada petugas."
        )
    else:
        text = _not_found(named, is_of_another=bool(about) and not fitting)
    sure = round(fitting[0].score, 4) if fitting else 0.0
    steps = next_steps(about, unit)
    aside = not (named.years or named.regions or asks_for_amount(words(question)))
    answer = Answer(text=text, known=False, confidence=sure, wordable=True, suggestions=steps)
    return going_on(answer, follow) if aside else answer


def _not_found(named: YearsAndRegions, *, is_of_another: bool) -> str:
    """`is_of_another`: there is a source, but of another year or region than the question names."""
    if is_of_another and named.years and named.regions:
        return _("Saya belum menemukan sumber untuk wilayah dan tahun yang Anda tanyakan.")
    if is_of_another and named.years:
        return _("Saya belum menemukan sumber untuk tahun yang Anda tanyakan.")
    if is_of_another and named.regions:
        return _("Saya belum menemukan sumber untuk wilayah yang Anda tanyakan.")
    return _("Saya belum menemukan sumber yang menjawab pertanyaan ini.")
