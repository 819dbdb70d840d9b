"""An evaluation: AIDA is asked all that an office wants her to know, and the outcome is kept."""

import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime, timedelta
from importlib.metadata import version
from typing import Any

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from halopst.assistant import permissions
from halopst.assistant.events import EvaluationAsked
from halopst.assistant.models import Evaluation, EvaluationQuestion, Wording
from halopst.assistant.queries.evaluations import (
    cell_keys,
    digest_of,
    is_ranking,
    is_there,
    questions_for,
    shown_cells,
)
from halopst.assistant.queries.setups import choices, in_use
from halopst.assistant.rules.evaluation import measures as rules
from halopst.assistant.rules.evaluation.measures import Seen
from halopst.assistant.rules.evaluation.setups import Using
from halopst.assistant.services.answering.asking import ask
from halopst.assistant.services.conversation.conversing import begin, say
from halopst.audit.services import record
from halopst.core.actors import ANONYMOUS, SYSTEM, Actor
from halopst.core.errors import Invalid, NotPermitted, Refused
from halopst.core.events import publish
from halopst.knowledge.queries import Filters, search
from halopst.knowledge.rules.figures.periods import Lang
from halopst.units.models import Unit
from halopst.units.queries import head_office

LOOKED_AT = 10
TOLD_EVERY = 10  # questions between two reports of progress
MOST_MISSED = 300
MOST_NAMED = 10  # cells or texts named beside a question that did not go as expected
LONGEST_RUN = timedelta(hours=6)  # after that a run counts as cut short
UNHEARD = (Wording.Verdict.UNAVAILABLE, Wording.Verdict.SPENT)
State = Evaluation.State
Said = dict[str, Any]  # an answer as it is kept


class NothingToAsk(Refused):
    message = _("Belum ada soal. Tambahkan atau impor soal dulu.")


class UnknownSetup(Invalid):
    message = _("Susunan ini tidak dikenal. Pilih salah satu yang terdaftar.")


class AlreadyRunning(Refused):
    message = _("Penilaian sebelumnya masih berjalan. Tunggu sampai selesai.")


@transaction.atomic
def begin_evaluation(actor: Actor, *, unit: Unit | None, using: Using, now: datetime) -> Evaluation:
    """Have a job ask the questions of an office; those of the nation for `unit` None."""
    run = _begun(actor, unit, using, now)
    publish(EvaluationAsked(evaluation_id=run.pk))
    return run


def evaluate_now(actor: Actor, *, unit: Unit | None, using: Using, now: datetime) -> Evaluation:
    """Ask the questions now and wait for the result."""
    with transaction.atomic():
        run = _begun(actor, unit, using, now)
    try:
        run_evaluation(run.pk)
    except BaseException:
        fail_evaluation(run.pk)
        raise
    run.refresh_from_db()
    return run


def _begun(actor: Actor, unit: Unit | None, using: Using, now: datetime) -> Evaluation:
    kept_by = must_configure(actor, unit)
    Unit.objects.select_for_update(no_key=True).get(pk=kept_by.pk)  # when two begin at once, the second waits
    must_be_known(using)
    questions = questions_for(unit)
    if not questions:
        raise NothingToAsk
    going = Evaluation.objects.of(unit).filter(state__in=[State.WAITING, State.RUNNING])
    if going.filter(began_at__gt=now - LONGEST_RUN).exists():
        raise AlreadyRunning
    run = Evaluation.objects.create(
        unit=unit,
        model=using.model,
        prompt=using.prompt,
        engine=version("halopst"),
        was_in_use=using == in_use(unit),
        questions=digest_of(questions),
        asked_by_id=actor.user_id,
        began_at=now,
        whole=len(questions),
    )
    record(actor, "assistant.evaluation-begun", run, model=using.model, prompt=using.prompt)
    return run


def must_configure(actor: Actor, unit: Unit | None) -> Unit:
    """The office whose permission is needed; for national questions the head office."""
    kept_by = unit or head_office()
    if not actor.may(permissions.CONFIGURE, kept_by.pk):
        raise NotPermitted
    return kept_by


def must_be_known(using: Using) -> None:
    if using not in choices():
        raise UnknownSetup


def run_evaluation(evaluation_id: int, *, clock: Callable[[], datetime] = timezone.now) -> None:
    """Ask and measure.

    A run that is done or gone is left alone; one that was cut short begins again. A model that mostly did not
    answer was not measured: the outcome is what AIDA says without it.
    """
    run = Evaluation.objects.select_related("unit").filter(pk=evaluation_id).exclude(state=State.DONE).first()
    if run is None:
        return
    questions = questions_for(run.unit)
    rows = Evaluation.objects.filter(pk=run.pk)
    rows.update(state=State.RUNNING, asked=0, whole=len(questions), questions=digest_of(questions))
    seen, missed, verdicts = list[Seen](), list[dict[str, Any]](), Counter[str]()
    for number, question in enumerate(questions, 1):
        one, said, found = _asked(question, run, verdicts, now=clock())
        seen.append(one)
        if not one.is_right:
            missed.append(_missed(question, said, found))
        if number % TOLD_EVERY == 0:
            rows.update(asked=number)
    if 2 * sum(verdicts[one] for one in UNHEARD) > verdicts.total():
        rows.update(asked=len(questions))
        fail_evaluation(run.pk)
        return
    measures = asdict(rules.measured(seen))
    rows.update(state=State.DONE, asked=len(questions), missed=missed[:MOST_MISSED], **measures)


def fail_evaluation(evaluation_id: int) -> None:
    """Mark a run as failed for good, so that another can begin."""
    Evaluation.objects.filter(pk=evaluation_id).exclude(state=State.DONE).update(state=State.FAILED)


def _asked(
    question: EvaluationQuestion, run: Evaluation, verdicts: Counter[str], *, now: datetime
) -> tuple[Seen, Said, Sequence[str]]:
    """The answer a visitor of the office would get, and what it shows of the kind expected.

    Questions before it are asked first and not timed; `verdicts` counts the outcomes of the model.
    """
    lines = [line for line in (line.strip() for line in question.before.splitlines()) if line]
    with translation.override(question.language):
        asked = [*lines, question.question]
        said, milliseconds = _worded(asked, run, verdicts, now) if run.model else _plainly(asked, run, now)
    cells, agreeing = shown_cells(said["figures"], _language(question))
    found = cells if question.expects == rules.FIGURE else _offered(question, said)
    rank = _rank(question, run.unit, now)
    seen = _seen(question, said, found, agreeing=agreeing, rank=rank, milliseconds=milliseconds)
    return seen, said, found


def _plainly(lines: Sequence[str], run: Evaluation, now: datetime) -> tuple[Said, float]:
    """The last answer without a model, and how long it took."""
    follow, answer, began = "", None, 0.0
    for line in lines:
        began = time.perf_counter()
        answer = ask(ANONYMOUS, question=line, unit=run.unit, client="", now=now, follow=follow)
        follow = answer.follow
    return (asdict(answer) if answer else {}), (time.perf_counter() - began) * 1000


def _worded(
    lines: Sequence[str], run: Evaluation, verdicts: Counter[str], now: datetime
) -> tuple[Said, float]:
    """The last answer in the model's words, from a conversation that is not kept."""
    conversation = begin(run.unit or head_office(), now=now)
    using, said, began = Using(run.model, run.prompt), {}, 0.0
    try:
        for line in lines:
            began = time.perf_counter()
            turn = say(ANONYMOUS, conversation, question=line, client="", now=now, using=using)
            turn.refresh_from_db()
            said = turn.answer
        verdicts.update(
            Wording.objects.filter(turn__conversation=conversation).values_list("verdict", flat=True)
        )
        return said, (time.perf_counter() - began) * 1000
    finally:
        conversation.delete()


def _offered(question: EvaluationQuestion, said: Said) -> list[str]:
    """Its first text by id and title, or the choices of a question back, or the addresses to go on at."""
    if question.expects == rules.TEXT:
        return [name for cited in said["citations"][:1] for name in (cited["external_id"], cited["title"])]
    if question.expects == rules.CLARIFY:
        return [step["title"] for step in said["suggestions"] if step["kind"] == "question"]
    return [step["url"] for step in said["suggestions"] if step["kind"] == "source"]


def _seen(
    question: EvaluationQuestion,
    said: Said,
    found: Sequence[str],
    *,
    agreeing: int,
    rank: int | None,
    milliseconds: float,
) -> Seen:
    loose = rules.ungrounded(said["text"], _sources(question, said)) if said["figures"] else []
    asks_back = any(step["kind"] == "question" for step in said["suggestions"])
    return Seen(
        expects=question.expects,
        known=said["known"],
        asks_back=asks_back,
        is_right=_is_right(question, said, found, asks_back=asks_back),
        rank=rank,
        shown=len(said["figures"]) + len(loose),
        grounded=agreeing,
        milliseconds=milliseconds,
    )


def _is_right(question: EvaluationQuestion, said: Said, found: Sequence[str], *, asks_back: bool) -> bool:
    of_cells = question.expects == rules.FIGURE and bool(question.expected)
    return rules.is_right(
        question.expects,
        known=said["known"],
        asks_back=asks_back,
        found=list(found),
        expected=cell_keys(question.expected) if of_cells else question.expected or None,
        in_order=of_cells and is_ranking(question.expected),
    )


def _language(question: EvaluationQuestion) -> Lang:
    return "en" if question.language == EvaluationQuestion.Language.ENGLISH else "id"


def _rank(question: EvaluationQuestion, unit: Unit | None, now: datetime) -> int | None:
    """The place of the first expected text among those found; None where no text is expected."""
    if question.expects != rules.TEXT or not is_there(question.expected):
        return None
    filters = Filters(unit=unit, citable_on=timezone.localdate(now, unit.tz if unit else None))
    hits = search(ANONYMOUS, question.question, filters=filters, limit=LOOKED_AT).hits
    for rank, hit in enumerate(hits, 1):
        if {hit.document.external_id, str(hit.document)} & set(question.expected):
            return rank
    return 0


def _sources(question: EvaluationQuestion, said: Said) -> list[str]:
    """The texts in which a number of the answer may stand, with the question itself."""
    told = [f"{one['value']} {one['period']} {one['region']}" for one in said["figures"]]
    computed = [str(one["text"]) for one in said["computed"]]
    cited = [f"{one['title']} {one['text']}" for one in said["citations"]]
    asked = f"{question.before}\n{question.question}"  # a bound may stand in the question before
    return [asked, said["title"], *told, *computed, *cited]


def _missed(question: EvaluationQuestion, said: Said, found: Sequence[str]) -> dict[str, Any]:
    return {
        "id": question.pk,
        "question": question.question,
        "expects": question.expects,
        "expected": question.expected[:MOST_NAMED],
        "known": said["known"],
        "answer": said["text"][:300],
        "found": list(found)[:MOST_NAMED],
    }


def begin_weekly(*, now: datetime) -> int:
    """Evaluate every office with questions of its own, and the nation, with the setup in use."""
    units = Unit.objects.filter(pk__in=EvaluationQuestion.objects.exclude(unit=None).values("unit"))
    scopes: list[Unit | None] = list(units)
    scopes += [None] if EvaluationQuestion.objects.of(None).exists() else []
    begun = 0
    for unit in scopes:
        with suppress(AlreadyRunning):
            begin_evaluation(SYSTEM, unit=unit, using=in_use(unit), now=now)
            begun += 1
    return begun
