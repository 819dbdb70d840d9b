"""The invented mitra's own pages: addresses, words on accounts and offers, and one link already sent."""

from collections.abc import Sequence
from datetime import datetime

from halopst.core.actors import Actor
from halopst.partners.models import Registration
from halopst.partners.queries.own import page as queries
from halopst.partners.queries.own.offers import offers
from halopst.partners.rules.own import Mitra
from halopst.partners.services import edit_person, own

DOMAIN = "peragaan.example"
ACCOUNTS, ANSWERING, DECLINES_EVERY = 12, 9, 4
REASON = "Masih mencacah di kecamatan lain sampai akhir bulan."
NOTE = "Nama belakang saya tertulis keliru di buku tabungan."


def open_pages(actor: Actor, rows: Sequence[Registration], *, now: datetime) -> None:
    """Everyone has an address; some have looked at their account and answered; the first has a link."""
    for number, row in enumerate(rows, 1):
        address = {"email": f"mitra{number}@{DOMAIN}"}
        edit_person(actor, row.person, unit=row.unit, particulars=address)
    for number, row in enumerate(rows[:ACCOUNTS], 1):
        _speak_of_account(row, number, now=now)
    for number, row in enumerate(rows[:ANSWERING]):
        _answer(row, number, now=now)
    own.send_link(actor, rows[0].person, unit=rows[0].unit, now=now)


def _speak_of_account(row: Registration, number: int, *, now: datetime) -> None:
    """Most say it is right, one that it is not, and the first has said nothing yet."""
    mitra = Mitra(row.person_id, 0)
    account = queries.own_person(mitra).bank_account
    if number == ACCOUNTS:
        own.remark_account(mitra, seen=account.mark, note=NOTE, now=now)
    elif number > 1:
        own.confirm_account(mitra, seen=account.mark, now=now)


def _answer(row: Registration, number: int, *, now: datetime) -> None:
    """The first leaves theirs open, every fourth declines one, the others will do it all."""
    mitra = Mitra(row.person_id, 0)
    waiting = [offer for offer in offers(mitra, now=now) if offer.is_open]
    for place, offer in enumerate(waiting if number else []):
        declines = number % DECLINES_EVERY == 0 and place == 0
        own.answer_offer(
            mitra,
            offer.assignment,
            accepted=not declines,
            reason=REASON if declines else "",
            volume=offer.assignment.volume,
            now=now,
        )
