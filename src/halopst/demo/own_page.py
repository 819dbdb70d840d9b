"""The invented mitra's own pages: addresses, accounts, answers to offers, and one link already sent."""

from collections.abc import Sequence
from datetime import datetime

from halopst.core.actors import Actor
from halopst.partners.models import Registration
from halopst.partners.queries import own as queries
from halopst.partners.rules.own import Mitra
from halopst.partners.services import edit_person, own, set_bank_account

DOMAIN = "peragaan.example"
ACCOUNTS, ANSWERING, DECLINES_EVERY = 12, 9, 4
REASON = "Masih mencacah di kecamatan lain sampai akhir bulan."
NOTE = "Nama belakang saya tertulis keliru di buku tabungan."


def open_pages(actor: Actor, rows: Sequence[Registration], *, now: datetime) -> None:
    """Everyone has an address; the first have accounts and have answered, and the very first has a link."""
    for number, row in enumerate(rows, 1):
        address = {"email": f"mitra{number}@{DOMAIN}"}
        edit_person(actor, row.person, unit=row.unit, particulars=address)
    for number, row in enumerate(rows[:ACCOUNTS], 1):
        _give_account(actor, row, number, now=now)
    for number, row in enumerate(rows[:ANSWERING]):
        _answer(row, number, now=now)
    own.send_link(actor, rows[0].person, unit=rows[0].unit, now=now)


def _give_account(actor: Actor, row: Registration, number: int, *, now: datetime) -> None:
    """Most have said it is right, one that it is not, and one has said nothing yet."""
    account = set_bank_account(
        actor,
        row.person,
        unit=row.unit,
        bank="Bank Peragaan",
        number=f"99900{number:05d}",
        holder=row.person.name,
    )
    mitra = Mitra(row.person_id, 0)
    if number == ACCOUNTS:
        own.remark_account(mitra, seen=account.mark, note=NOTE, now=now)
    elif number > 1:
        own.confirm_account(mitra, seen=account.mark, now=now)


def _answer(row: Registration, number: int, *, now: datetime) -> None:
    """The first leaves theirs open, every fourth declines one, the others will do it all."""
    mitra = Mitra(row.person_id, 0)
    offers = [offer for offer in queries.offers(mitra, now=now) if offer.is_open]
    for place, offer in enumerate(offers if number else []):
        declines = number % DECLINES_EVERY == 0 and place == 0
        own.answer_offer(
            mitra,
            offer.assignment,
            accepted=not declines,
            reason=REASON if declines else "",
            volume=offer.assignment.volume,
            now=now,
        )
