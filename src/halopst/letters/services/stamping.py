"""The visible signature: a picture with the code that verifies the letter, put above the signer's name."""

from datetime import datetime
from functools import cache
from pathlib import Path

from halopst.core.formats import MONTHS
from halopst.letters.esign import Stamp
from halopst.letters.models import Letter
from halopst.letters.rendering import places
from halopst.letters.rendering.press import Sheet, press
from halopst.letters.services.papers import with_foot
from halopst.letters.services.refusals import SignerNotOnPaper


def stamp_for(letter: Letter, content: bytes, *, signer: str, now: datetime) -> Stamp:
    """Raises SignerNotOnPaper where there is no such name with room above it."""
    room = places.room_to_sign(content, signer)
    if room is None:
        raise SignerNotOnPaper
    (image, *_more) = press().pictures(_sheet(letter, signer, now))
    return Stamp(image, room.page, room.page_height, room.x, room.y, room.width, room.height)


def _sheet(letter: Letter, signer: str, now: datetime) -> Sheet:
    written = {"nama": signer, "waktu": _told(now, letter)}
    data = with_foot(written, title=letter.title, number=str(letter.number), token=letter.token)
    return Sheet(body=_body(), data=data, at=now)


def _told(now: datetime, letter: Letter) -> str:
    """`20 November 2026 pukul 09.00 WIB`, on paper in Indonesian whoever signs."""
    here = now.astimezone(letter.unit.tz)
    zone = letter.unit.get_zone_display()
    return f"{here.day} {MONTHS['id'][here.month - 1]} {here.year} pukul {here:%H.%M} {zone}"


@cache
def _body() -> str:
    return (Path(places.__file__).parent / "stempel.typ").read_text(encoding="utf-8")
