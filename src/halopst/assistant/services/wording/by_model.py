"""A model puts an answer into words; what it wrote is checked before anyone sees it, or not shown."""

import asyncio
import time
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

from asgiref.sync import async_to_sync, sync_to_async
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone, translation

from halopst.assistant.language_models import Brief, NotWritten, Written, draft, provided, writer
from halopst.assistant.language_models.prompt import OF_BOTH_LANGUAGES, prompt
from halopst.assistant.models import Turn, Wording
from halopst.assistant.queries.setups import in_use
from halopst.assistant.rules.checking.cleaning import cleaned
from halopst.assistant.rules.checking.completeness import left_out
from halopst.assistant.rules.checking.sentences import Checked, Flaw, Offence, check, flaw
from halopst.assistant.rules.checking.sources import Sentence, filled, placeholders
from halopst.assistant.rules.evaluation.setups import NO_MODEL, Using
from halopst.assistant.rules.learning.low_confidence import LOW
from halopst.assistant.rules.privacy.masking import contacts_masked, masked
from halopst.assistant.rules.question.remarks import tells_of_person
from halopst.assistant.services.answering.replies import Answer
from halopst.assistant.services.answering.withdrawn_sources import uncitable
from halopst.assistant.services.limits.spending import BudgetSpent, spend_call, spend_tokens
from halopst.assistant.services.wording.sources import Desk
from halopst.core.actors import Actor
from halopst.core.formats import language
from halopst.core.live import announce
from halopst.knowledge.rules.texts.prompt_injection import gives_orders
from halopst.units.models import Unit

TURNS, LONGEST_TURN = 6, 300
TRIES = 2
LEAST_LEFT = 1.0  # seconds a second try needs
MUST_SHOW = 2
"""A plain answer of so few figures has no table: the words must hold them all."""


def prepare(turn: Turn, answer: Answer, *, using: Using) -> bool:
    """Set a turn up to be worded with `using`, where the question and its answer are for a model."""
    if not is_wordable(turn.question, answer, using):
        return False
    Wording.objects.create(turn=turn, prompt=using.prompt, language=language())
    return True


def is_wordable(question: str, answer: Answer, using: Using) -> bool:
    """In English only figures are worded, and only by instructions that say in which language to write."""
    if using == NO_MODEL or not answer.wordable or gives_orders(question) or tells_of_person(question):
        return False
    return language() == "id" or (using.prompt in OF_BOTH_LANGUAGES and bool(answer.figures))


def used_by(unit: Unit | None) -> Using:
    """What words the answers of an office; where no model is set up, nothing is looked for."""
    return in_use(unit) if settings.MODELS else NO_MODEL


def worded_by(unit: Unit) -> str:
    """The models in use at an office, for visitors to know: which of our servers is nothing to them."""
    if used_by(unit) == NO_MODEL:
        return ""
    return ", ".join(dict.fromkeys(one.model for one in provided(settings.MODELS)))


def word(actor: Actor, turn: Turn, *, client: str, now: datetime) -> None:
    """Ask the models once for this turn. Whatever goes wrong, its answer is the one it has."""
    begun = Wording.objects.filter(turn=turn, state=Wording.State.WAITING).exclude(prompt="")
    if begun.update(state=Wording.State.WRITING, began_at=now):
        row = Wording.objects.get(turn=turn)
        with translation.override(row.language):
            _Wording(actor, row, turn, client, now).run()


class _Wording:
    def __init__(self, actor: Actor, row: Wording, turn: Turn, client: str, now: datetime) -> None:
        self._turn, self._client, self._now = turn, client, now
        self._unit = turn.conversation.unit
        self._row, self._lang, self._prompt = row, language(), prompt(row.prompt)
        self._today = timezone.localdate(now, self._unit.tz)
        self._desk = Desk(actor, self._unit, self._today, lang=self._lang)
        self._write = writer()  # loads a library the first time: that is not the provider's time
        self._began = time.monotonic()
        self._spoiled = False

    def run(self) -> None:
        self._desk.lay(self._turn.question, self._turn.answer)
        verdict, reason = Wording.Verdict.UNKNOWN, "nothing-to-say"
        try:
            if self._desk.covers(self._turn.answer):
                verdict, reason = self._tries()
        except BudgetSpent:
            verdict, reason = Wording.Verdict.SPENT, ""
        except NotWritten as failed:
            self._spend(failed.tokens_in, failed.tokens_out)
            verdict, reason = Wording.Verdict.UNAVAILABLE, failed.reason
        self._finish(verdict, reason)

    def _tries(self) -> tuple[Wording.Verdict, str]:
        mended: list[str] = []
        verdict = (Wording.Verdict.REJECTED, "")
        for again in range(TRIES):
            if again and self._left() < LEAST_LEFT:
                break
            written = self._draft(mended)
            if not written.draft.known:
                return Wording.Verdict.UNKNOWN, ""
            checked = self._checked(written)
            if not (offences := self._offences(checked)):
                if self._lost_its_source(checked):
                    return Wording.Verdict.REJECTED, "source-gone"
                self._take(checked)
                return (Wording.Verdict.MENDED if again else Wording.Verdict.PASSED), ""
            mended = [_told(one) for one in offences]
            verdict = (Wording.Verdict.REJECTED, offences[0].flaw.value)
        return verdict

    def _left(self) -> float:
        return float(settings.MODEL_SECONDS) - (time.monotonic() - self._began)

    def _draft(self, mended: Sequence[str]) -> Written:
        spend_call(client=self._client, unit=self._unit, now=self._now)
        self._row.sentences, self._spoiled = [], False
        brief = Brief(
            question=masked(self._turn.question),
            sources=tuple(self._desk.sources),
            turns=_turns(self._turn),
            mended=mended,
            version=self._row.prompt,
            lang=self._lang,
        )
        if not connection.in_atomic_block:
            connection.close()  # nobody waits for a connection while a model thinks
        written = async_to_sync(_drafted)(
            self._write,
            provided(settings.MODELS),
            brief,
            search=self._desk,
            heard=self._heard,
            anew=sync_to_async(self._forget_heard),
            within=self._left(),
        )
        self._row.model, self._row.sent = written.model[:120], written.sent
        self._spend(written.tokens_in, written.tokens_out)
        return written

    def _spend(self, tokens_in: int, tokens_out: int) -> None:
        self._row.tokens_in += tokens_in
        self._row.tokens_out += tokens_out
        spend_tokens(tokens_in + tokens_out, client=self._client, unit=self._unit, now=self._now)

    async def _heard(self, sentence: Sentence) -> None:
        """A sentence that passes is shown at once; after one that does not, nothing of this draft is."""
        await sync_to_async(self._show)(Sentence(cleaned(sentence.text), sentence.cites))

    def _forget_heard(self) -> None:
        """Nothing of a draft that was never finished stays on the page."""
        self._spoiled = False
        if self._row.sentences:
            self._row.sentences = []
            self._told_so_far()

    def _show(self, sentence: Sentence) -> None:
        found = flaw(sentence, self._desk.sources, self._prompt, self._lang)
        self._spoiled = self._spoiled or found is not None
        if self._spoiled:
            return
        self._row.sentences = [*self._row.sentences, filled(sentence.text, self._desk.sources)]
        self._told_so_far()

    def _told_so_far(self) -> None:
        self._row.save(update_fields=["sentences", "updated_at"])
        announce(f"aida:{self._turn.pk}", "changed", {"turn": self._turn.pk})

    def _checked(self, written: Written) -> Checked:
        checked = check(written.draft, self._desk.sources, self._prompt, self._lang)
        self._row.offences = [
            *self._row.offences,
            *([one.sentence, one.flaw, one.said] for one in checked.offences),
        ]
        return checked

    def _offences(self, checked: Checked) -> list[Offence]:
        """What keeps these sentences from being the answer."""
        if not checked.passed:
            return list(checked.offences) or [Offence(1, Flaw.UNCITED, "")]
        used = {number for one in checked.sentences for number in placeholders(one.text)}
        if unsaid := self._unsaid(used):
            return [Offence(1, Flaw.PLACEHOLDER, f"{{S{unsaid[0]}}}")]
        cited = {number for one in checked.sentences for number in one.cites}
        if not self._desk.names(self._turn.question, sorted(cited)):
            return [Offence(1, Flaw.CITATION, "wilayah atau tahun yang ditanyakan")]
        return []

    def _unsaid(self, used: set[int]) -> list[int]:
        """Figures that no words for the plain answer may leave out; of one or two all: no table has them."""
        values = self._desk.told(self._turn.answer)
        if len(values) <= MUST_SHOW:
            return sorted(set(values) - used)
        return left_out(self._turn.answer["text"], values, self._desk.sources, used)

    def _lost_its_source(self, checked: Checked) -> bool:
        """A text was withdrawn, or its review fell due, while the model wrote."""
        cited = {number for one in checked.sentences for number in one.cites}
        return uncitable([self._desk.citations[one] for one in cited], today=self._today).exists()

    def _take(self, checked: Checked) -> None:
        """The words become the answer's; its figures, table and chart stay what they are."""
        answer = self._turn.answer
        numbers = list(dict.fromkeys(number for one in checked.sentences for number in one.cites))
        citations = list(answer["citations"]) if answer.get("figures") else []
        places = {number: _place(citations, self._desk.citations[number]) for number in numbers}
        texts = [filled(one.text, self._desk.sources) for one in checked.sentences]
        extra = [self._desk.figures[one] for one in numbers if one in self._desk.figures]
        known = {figure["cell"] for figure in answer.get("figures", ())}
        self._turn.answer = answer | {
            "text": " ".join(texts),
            "known": True,
            "tentative": False,
            "citations": citations,
            "figures": [*answer.get("figures", ()), *(one for one in extra if one["cell"] not in known)],
            "sentences": [
                {"text": text, "cites": list(dict.fromkeys(places[number] for number in one.cites))}
                for text, one in zip(texts, checked.sentences, strict=True)
            ],
        }
        self._turn.known, self._turn.outcome = True, Turn.Outcome.ANSWERED
        self._turn.confidence = max(self._turn.confidence, LOW)  # checked word by word

    def _finish(self, verdict: Wording.Verdict, reason: str) -> None:
        done = verdict in {Wording.Verdict.PASSED, Wording.Verdict.MENDED}
        self._row.verdict, self._row.reason = verdict, reason[:20]
        self._row.state = Wording.State.DONE if done else Wording.State.LEFT
        self._row.sentences = []
        self._row.milliseconds = round(1000 * (time.monotonic() - self._began))
        with transaction.atomic():
            if done:
                self._turn.save(update_fields=["answer", "known", "outcome", "confidence", "updated_at"])
            self._row.save()
            announce(f"aida:{self._turn.pk}", "changed", {"turn": self._turn.pk})


async def _drafted(*args: Any, **kwargs: Any) -> Written:
    """A draft, also where whoever asked hangs up: their page asks again for what is being written."""
    writing = asyncio.ensure_future(draft(*args, **kwargs))
    while not writing.done():
        with suppress(asyncio.CancelledError):
            await asyncio.shield(writing)
    return writing.result()


def _turns(turn: Turn) -> list[tuple[str, str]]:
    before = turn.conversation.turns.filter(pk__lt=turn.pk).order_by("-pk")[:TURNS]
    return [
        (masked(one.question), contacts_masked(one.answer["text"][:LONGEST_TURN])) for one in reversed(before)
    ]


def _place(citations: list[Any], cited: Any) -> int:
    """Where a citation stands in the list, from 0; it is put there when it does not yet."""
    for at, one in enumerate(citations):
        if one["external_id"] == cited["external_id"] and one["heading"] == cited["heading"]:
            return at
    citations.append(dict(cited))
    return len(citations) - 1


def _told(offence: Offence) -> str:
    """What was wrong, as the model is told it."""
    words = {
        Flaw.UNCITED: "tidak menyebut sumber",
        Flaw.CITATION: "menyebut sumber yang tidak ada atau yang tidak tentang",
        Flaw.NUMBER: "memuat angka yang tidak ada di sumber yang disebutnya:",
        Flaw.PLACEHOLDER: "salah memakai atau tidak memakai penanda angka",
        Flaw.DIRECTION: "memakai kata arah yang tidak dinyatakan sumber:",
        Flaw.UNSUPPORTED: "tidak didukung sumber yang disebutnya",
        Flaw.ADDRESS: "memuat tautan atau alamat:",
        Flaw.PERSONAL: "memuat keterangan tentang perorangan",
        Flaw.LEAK: "mengulang instruksi, bukan menjawab",
        Flaw.LENGTH: "terlalu panjang",
    }
    return f"Kalimat {offence.sentence} {words[offence.flaw]} {contacts_masked(offence.said)}".strip()
