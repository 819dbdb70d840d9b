"""Contracts of this month, one in each state a letter can be in; and a scan its mitra has sent."""

from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO

from PIL import Image

from halopst.core.actors import Actor
from halopst.demo.scans import sign_as_if_scanned
from halopst.letters.models import Letter
from halopst.letters.rules import State
from halopst.letters.services import annul, mark_printed, replace
from halopst.letters.services.papers import pictures_of
from halopst.partners.models import Assignment, Registration
from halopst.partners.rules.own import Mitra
from halopst.partners.services import own
from halopst.partners.services.allocation.assigning import Cell, set_volumes
from halopst.units.models import Unit

MISTAKE = "Contoh peragaan: alamat mitra tertulis keliru."
GIVEN_UP = "Contoh peragaan: mitra batal bertugas sebelum menandatangani."


def show_every_state(actor: Actor, office: Unit, month: date, *, now: datetime) -> None:
    """The first contract waits for its mitra, who has a link; each of the next is taken a step of its own."""
    letters = Letter.objects.filter(unit=office, kind="partners.contract", state=State.FINAL)
    waiting = letters.filter(about__endswith=f":{month:%Y-%m}").select_related("unit", "number")
    by_mitra = sorted(waiting, key=_registration_id)
    for letter, step in zip(by_mitra[1:], _STEPS, strict=False):
        step(actor, letter, month, now)


def _scan_sent(_actor: Actor, letter: Letter, _month: date, now: datetime) -> None:
    """Sent by its mitra; an officer has yet to look at it."""
    mitra = Mitra(_registration(letter).person_id, 0)
    own.send_scan(mitra, letter, content=_pictures_of(letter), now=now)


def _printed(actor: Actor, letter: Letter, _month: date, now: datetime) -> None:
    mark_printed(actor, letter, now=now)


def _signed(actor: Actor, letter: Letter, _month: date, now: datetime) -> None:
    signer = letter.data["petugas"]["nama"]
    sign_as_if_scanned(actor, letter, signer=signer, now=now)


def _replaced(actor: Actor, letter: Letter, _month: date, now: datetime) -> None:
    replace(actor, letter, reason=MISTAKE, now=now)


def _void(actor: Actor, letter: Letter, _month: date, now: datetime) -> None:
    annul(actor, letter, reason=GIVEN_UP, now=now)


def _outdated(actor: Actor, letter: Letter, month: date, now: datetime) -> None:
    """One unit less than was approved."""
    rows = Assignment.objects.filter(registration=_registration(letter), volume__gt=1)
    row = rows.filter(shares__month=month).order_by("pk")[0]
    cell = Cell(row.registration_id, row.duty_id, row.volume - 1)
    set_volumes(actor, unit=letter.unit, month=month, cells=[cell], now=now)


def _registration_id(letter: Letter) -> int:
    _kind, registration, _month = letter.about.split(":")
    return int(registration)


def _registration(letter: Letter) -> Registration:
    return Registration.objects.get(pk=_registration_id(letter))


def _pictures_of(letter: Letter) -> bytes:
    """The letter as a scanner gives it back: a picture of each page."""
    pages = [Image.open(BytesIO(page)).convert("L") for page in pictures_of(letter)]
    content = BytesIO()
    pages[0].save(content, "PDF", save_all=True, append_images=pages[1:])
    return content.getvalue()


_STEPS: tuple[Callable[[Actor, Letter, date, datetime], None], ...] = (
    _scan_sent,
    _printed,
    _printed,
    _signed,
    _replaced,
    _void,
    _outdated,
)
