"""Printing a letter: the values its template sees, the QR code, and the stored file."""

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext as say

from halopst.letters.kinds import DocumentKind, kind_named
from halopst.letters.models import Letter
from halopst.letters.rendering.marks import qr_svg
from halopst.letters.rendering.papers import count_pages
from halopst.letters.rendering.press import Press, Sheet, SourceFault, TooHeavy
from halopst.letters.rendering.press import press as the_press
from halopst.letters.rules import Field, Shape, letterhead, official_name, presentable
from halopst.letters.sealing import opened
from halopst.letters.services.refusals import FileLost, TemplateFaulty
from halopst.letters.services.wording import fault_in_words
from halopst.units.models import Unit
from halopst.units.rules import phone_text

_DATE = (Field(name="tanggal", label="", example="", shape=Shape.DATE),)


def verification_address(token: str) -> str:
    return f"{settings.PUBLIC_URL}/verifikasi/{token}"


def values(
    *, kind: DocumentKind, data: Mapping[str, Any], unit: Unit, number: str, dated_on: date
) -> dict[str, Any]:
    """Everything a template may print: the kind's fields and what every letter has."""
    name = official_name(unit.name)
    large, small = letterhead(name, unit.letterhead, _contact(unit))
    office = {
        "nama": name,
        "wilayah": unit.region,
        "tempat": unit.seat,
        "alamat": unit.address,
        "judul_kop": large,
        "kop": small,
    }
    common = {**presentable(_DATE, {"tanggal": dated_on.isoformat()}), "nomor": number, "satker": office}
    return {**presentable(kind.fields, data), **common}


def with_foot(written: dict[str, Any], *, title: str, number: str, token: str) -> dict[str, Any]:
    """Those values, what the foot of each page needs, and what a reader of PDFs calls the letter."""
    address = verification_address(token)
    own = {"judul": f"{title}, {number}", "nomor": number, "alamat": address, "qr": qr_svg(address)}
    return {**written, "halopst": own}


def sheet_of(letter: Letter, kind: DocumentKind, *, at: datetime) -> Sheet:
    """What is printed of a letter that has its number."""
    number = str(letter.number)
    data = opened(kind, letter.data)
    written = values(kind=kind, data=data, unit=letter.unit, number=number, dated_on=letter.dated_on)
    data = with_foot(written, title=letter.title, number=number, token=letter.token)
    return Sheet(body=letter.template.body, data=data, at=at)


def pictures_of(letter: Letter) -> list[bytes]:
    """The pages of a final letter as PNG, as a scanner would see them."""
    at = letter.final_at or letter.created_at
    return the_press().pictures(sheet_of(letter, kind_named(letter.kind), at=at))


def pull(press: Press, letter: Letter, kind: DocumentKind, *, at: datetime) -> bytes:
    """The PDF of a letter that has its number. Raises TemplateFaulty."""
    with faults_told():
        return press.pdf(sheet_of(letter, kind, at=at))


@contextmanager
def faults_told() -> Iterator[None]:
    """Turns what the press says against a text into TemplateFaulty."""
    try:
        yield
    except SourceFault as fault:
        raise TemplateFaulty(fault_in_words(fault.message, fault.line), fault.line) from fault
    except TooHeavy as error:
        raise TemplateFaulty(say("Naskah terlalu berat untuk dicetak. Sederhanakan naskahnya.")) from error


def keep(letter: Letter, content: bytes, *, now: datetime) -> None:
    """Store the file and write on `letter` (unsaved) where it is and what it is."""
    letter.file = store(f"surat/{letter.unit_id}/{now:%Y/%m}/{letter.token}.pdf", content)
    letter.sha256 = hashlib.sha256(content).hexdigest()
    letter.size, letter.pages, letter.final_at = len(content), count_pages(content), now


def store(name: str, content: bytes) -> str:
    """Keep `content` under exactly `name`: what an interrupted try has left there is written over."""
    if default_storage.exists(name):
        default_storage.delete(name)
    return default_storage.save(name, ContentFile(content))


def fetch(name: str) -> bytes:
    """What is kept under `name`; FileLost where the storage has it no more."""
    try:
        with default_storage.open(name) as file:
            content: bytes = file.read()
    except FileNotFoundError as error:
        raise FileLost from error
    return content


def _contact(unit: Unit) -> str:
    """The address on a line of its own, since it is long; below it what else there is."""
    reached = " · ".join(filter(None, (phone_text(unit.phone), unit.email, unit.website)))
    return "\n".join(filter(None, (unit.address, reached)))
