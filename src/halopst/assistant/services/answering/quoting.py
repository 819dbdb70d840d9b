"""Which texts an answer quotes: one or two that answer, else those that come nearest."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from django.utils.translation import gettext as _

from halopst.assistant.services.answering.next_steps import next_steps
from halopst.assistant.services.answering.related_texts import related
from halopst.assistant.services.answering.replies import Answer, Citation
from halopst.assistant.services.answering.title_matches import SURE_BY_TITLE
from halopst.core.actors import Actor
from halopst.knowledge.queries import Filters, Found, Hit, search
from halopst.knowledge.rules.search.excerpts import excerpt
from halopst.units.models import Unit

CONSIDERED = 5
QUOTED = 320  # characters
MOST_NEAR = 4
MAY_BE = 0.135
"""How sure the second text must be, as a share of the first: two points of the ranking behind it, e^-2."""
NEAR = 0.05
"""The same where none of them is sure: three points, e^-3."""


def found_for(actor: Actor, sought: str, unit: Unit | None, today: date) -> Found:
    """What the search finds among the texts that may be cited today."""
    return search(actor, sought, filters=Filters(unit=unit, citable_on=today), limit=CONSIDERED)


def quoted(fitting: Sequence[Hit]) -> list[Hit]:
    """The first of `fitting`, and the second unless the first is all but certain."""
    first, *others = fitting
    if first.score >= SURE_BY_TITLE:
        return [first]
    return [first, *(hit for hit in others[:1] if hit.score >= MAY_BE * first.score)]


def known(found: Found, fitting: Sequence[Hit], unit: Unit | None) -> Answer:
    """An answer with what the first of `fitting` says, and the second where it may answer better."""
    told = quoted(fitting)
    beside = related(found, [hit for hit in fitting if hit not in told])
    return answer_of([(found, hit) for hit in told], beside, unit)


def nearest(found: Found, fitting: Sequence[Hit], unit: Unit | None) -> Answer:
    """An answer with the first of `fitting` and those close behind: one likely answers, none surely."""
    first, *others = fitting
    told = [first, *(hit for hit in others[: MOST_NEAR - 1] if hit.score >= NEAR * first.score)]
    beside = related(found, [hit for hit in fitting if hit not in told])
    said = answer_of([(found, hit) for hit in told], beside, unit)
    lead = _("Saya belum menemukan jawaban yang pasti. Yang paling dekat dari tulisan yang ada:")
    quotes = said.parts or [{"text": said.text, "cites": [0]}]
    parts = [{"text": lead, "cites": []}, *quotes]
    return replace(said, text=f"{lead}\n\n{said.text}", parts=parts, tentative=True)


def answer_of(told: Sequence[tuple[Found, Hit]], beside: Sequence[Hit], unit: Unit | None) -> Answer:
    """An answer that quotes each hit in the words it was found with; `beside` are offered to read."""
    cited = [citation(found, hit) for found, hit in told]
    texts = [said_by(hit, one.text) for (_found, hit), one in zip(told, cited, strict=True)]
    return Answer(
        text="\n\n".join(texts),
        known=True,
        confidence=round(told[0][1].score, 4),
        wordable=True,
        citations=cited,
        parts=[{"text": text, "cites": [at]} for at, text in enumerate(texts)] if len(texts) > 1 else (),
        suggestions=next_steps(beside, unit),
    )


def said_by(hit: Hit, words_of_it: str) -> str:
    """The heading, and below it the words in quotation marks."""
    about = hit.heading or hit.document.title
    lead = f"{about} " if about.endswith(("?", "!", ":")) else f"{about}: "
    return f"{lead}“{words_of_it}”" if about else f"“{words_of_it}”"


def citation(found: Found, hit: Hit) -> Citation:
    """The source, with those of its words that answer."""
    document = hit.document
    return Citation(
        external_id=document.external_id,
        source=document.source,
        title=str(document),
        heading=hit.heading,
        url=document.address,
        text=excerpt(found.asked.sieve, hit.read, QUOTED).text,
        unit=document.unit.code if document.unit else None,
        date=document.published_on.isoformat() if document.published_on else None,
        score=round(hit.score, 4),
    )
