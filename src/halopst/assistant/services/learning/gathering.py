"""Questions that need a remedy, gathered into groups of like questions; in the background, each once."""

from django.db import connection, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from halopst.assistant.models import QuestionGroup, Turn
from halopst.assistant.queries.similar_groups import nearest
from halopst.assistant.rules.learning.likeness import ALIKE, Reading, likeness
from halopst.assistant.services.learning.likeness import read

TOGETHER = 200
LONGEST_STEMS = 40
_ALONE = "SELECT pg_advisory_xact_lock(hashtext('assistant.gather'))"


@transaction.atomic
def gather(*, most: int = TOGETHER) -> int:
    """Put the oldest questions without a group into one; returns how many.

    Only questions the office may keep.
    """
    with connection.cursor() as cursor:
        cursor.execute(_ALONE)  # two workers at once would make two groups of one question
    turns = Turn.objects.wanting().filter(group=None, conversation__kept=True)
    found = list(turns.select_related("conversation__unit").order_by("pk")[:most])
    for turn in found:
        turn.group_id = _group_of(turn)
    Turn.objects.bulk_update(found, ["group"])
    return len(found)


def prune() -> int:
    """Delete groups whose questions were all taken back or forgotten; returns how many."""
    readable = Turn.objects.filter(group=OuterRef("pk"), conversation__kept=True)
    empty = QuestionGroup.objects.filter(~Exists(readable))
    count: int = empty.count()
    Turn.objects.filter(group__in=empty).update(group=None)
    empty.delete()
    return count


def previous(turn: Turn) -> Turn | None:
    """The question before it in the same conversation."""
    return Turn.objects.filter(conversation=turn.conversation_id, pk__lt=turn.pk).last()


def reading_of(turn: Turn) -> Reading:
    unit, before = turn.conversation.unit, previous(turn)
    today = timezone.localdate(turn.asked_at, unit.tz)
    return read(turn.question, unit=unit, today=today, before=before.question if before else "")


def _group_of(turn: Turn) -> int:
    """The group that is most alike, the older of two equals; a new one when none is alike enough.

    Questions like those set aside join them.
    """
    reading, unit = reading_of(turn), turn.conversation.unit
    scored = [(likeness(reading.stems, stems), -pk) for pk, stems in nearest(unit, reading)]
    share, number = max(scored, default=(0.0, 0))
    if share >= ALIKE:
        return -number
    stems = sorted(reading.stems)[:LONGEST_STEMS]
    return int(QuestionGroup.objects.create(unit=unit, slots=reading.slots, stems=stems).pk)
