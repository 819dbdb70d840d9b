"""How often one network may ask: without a model an answer is cheap, but not free."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from halopst.assistant.models import Allowance
from halopst.core.errors import TooOften

KEPT_FOR = timedelta(hours=1)
FULL_MINUTES = 5  # the limit of an hour, in minutes of writing as fast as allowed
_COUNT = """
INSERT INTO assistant_allowance AS known (client, minute, asked) VALUES (%s, %s, 1)
ON CONFLICT (client, minute) DO UPDATE SET asked = known.asked + 1 RETURNING asked
"""


class AskedTooOften(TooOften):
    message = _("Terlalu banyak pertanyaan dari jaringan Anda dalam satu menit. Coba lagi sebentar lagi.")


class AskedTooMuch(AskedTooOften):
    message = _("Pesan Anda terlalu banyak dalam satu jam. Tulis lagi satu jam lagi.")


class AskedTooFast(AskedTooOften):
    message = _("Pertanyaan Anda terlalu cepat beruntun. Tunggu satu menit, lalu kirim lagi.")


def spend(client: str, *, now: datetime, most: int | None = None) -> None:
    """Count one question of the network or sender `client`; refuse it above `most` in a minute.

    Without `most` the setting for networks holds; 0 sets no limit.
    """
    limit = settings.ASKS_PER_MINUTE if most is None else most
    if not limit:
        return
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [client, now.replace(second=0, microsecond=0)])
        if cursor.fetchone()[0] > limit:
            raise AskedTooOften


def spend_as_sender(client: str, *, now: datetime) -> None:
    """The same for a sender over WhatsApp, with at most five times as many in an hour.

    A machine that answers each of our answers is refused once in that hour, and then hears nothing more.
    """
    most = settings.CHATS_PER_MINUTE
    spend(client, now=now, most=most)
    lately = Allowance.objects.filter(client=client, minute__gt=now - KEPT_FOR)
    if most and (lately.aggregate(asked=Sum("asked"))["asked"] or 0) > most * FULL_MINUTES:
        raise AskedTooMuch


def spend_in_conversation(pk: int, *, now: datetime) -> None:
    """The same for one conversation on a page, with the limit of a sender over WhatsApp."""
    try:
        spend(f"percakapan:{pk}", now=now, most=settings.CHATS_PER_MINUTE)
    except AskedTooOften:
        raise AskedTooFast from None


def forget_allowances(*, now: datetime) -> int:
    """Drop what was counted more than an hour ago; returns how many."""
    return Allowance.objects.filter(minute__lt=now - KEPT_FOR).delete()[0]
