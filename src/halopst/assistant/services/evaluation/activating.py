"""The setup that visitors are answered with: only one that was shown to answer no worse."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from halopst.assistant.models import Evaluation, Setup
from halopst.assistant.queries.evaluations import latest_with, measures_of
from halopst.assistant.queries.setups import in_use
from halopst.assistant.rules.evaluation.measures import fallen
from halopst.assistant.rules.evaluation.setups import NO_MODEL, Using
from halopst.assistant.services.evaluation.evaluating import must_be_known, must_configure
from halopst.assistant.wording import measure_words, share_written
from halopst.audit.services import record
from halopst.core.actors import Actor
from halopst.core.errors import Refused
from halopst.units.models import Unit

FEWEST = 30
HOLDS_FOR = timedelta(days=7)


class NotEvaluated(Refused):
    message = _("Susunan ini belum dinilai dalam tujuh hari terakhir. Nilai dulu, baru pakai.")


class NothingToCompareWith(Refused):
    message = _("Susunan yang sekarang dipakai belum dinilai dengan soal yang sama. Nilai dulu keduanya.")


class TooFewQuestions(Refused):
    message = _("Soal masih terlalu sedikit untuk membandingkan: paling sedikit 30 soal.")


class AnswersWorse(Refused):
    """The measures that fell, each with its value before and after."""


NOT_GOOD_ENOUGH = (NotEvaluated, TooFewQuestions, NothingToCompareWith, AnswersWorse)


@transaction.atomic
def activate(actor: Actor, *, unit: Unit | None, using: Using, now: datetime) -> Setup:
    """Answer with `using` from now on.

    Going without a model needs no evaluation: that always works.
    """
    kept_by = must_configure(actor, unit)
    must_be_known(using)
    Unit.objects.select_for_update(no_key=True).get(
        pk=kept_by.pk
    )  # when two activate at once, the second sees the result of the first
    current = in_use(unit)
    if using not in {current, NO_MODEL}:
        _must_be_as_good(unit, current, using, now)
    Setup.objects.of(unit).filter(is_active=True).update(is_active=False)
    setup, _made = Setup.objects.get_or_create(unit=unit, model=using.model, prompt=using.prompt)
    setup.is_active, setup.activated_at = True, now
    setup.save()
    record(
        actor,
        "assistant.setup-activated",
        setup,
        model=using.model,
        prompt=using.prompt,
        instead_of=current.model,
    )
    return setup


def _must_be_as_good(unit: Unit | None, current: Using, using: Using, now: datetime) -> None:
    after, before = latest_with(unit, using), latest_with(unit, current)
    if after is None or after.began_at < now - HOLDS_FOR:
        raise NotEvaluated
    if after.whole < FEWEST:
        raise TooFewQuestions
    if before is None or (before.questions, before.engine) != (after.questions, after.engine):
        raise NothingToCompareWith
    if worse := fallen(measures_of(before), measures_of(after)):
        raise AnswersWorse(_told(before, after, worse))


def _told(before: Evaluation, after: Evaluation, worse: list[str]) -> str:
    """The refusal in words: `jawaban benar dari 97,0% menjadi 91,2%`."""
    each = [
        _("%(ukuran)s dari %(dulu)s menjadi %(kini)s")
        % {
            "ukuran": measure_words()[name],
            "dulu": share_written(getattr(before, name)),
            "kini": share_written(getattr(after, name)),
        }
        for name in worse
    ]
    said = _(
        "Susunan ini tidak dipakai karena menurunkan mutu: %(ukuran)s. "
        "Soal yang meleset ada di riwayat penilaian; perbaiki modelnya, lalu nilai lagi."
    )
    return str(said % {"ukuran": "; ".join(str(one) for one in each)})
