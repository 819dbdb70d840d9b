"""Where on a finished letter there is room to sign: above the signer's name, below what stands over it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PIL import ImageFont

if TYPE_CHECKING:
    from pypdf import PageObject

FACE: Final = Path(__file__).parent / "fonts" / "PlusJakartaSans-Bold.ttf"
LETTER_HEIGHT: Final = 12.0  # of the name itself, in points
AIR: Final = 5.0
TALLEST, LEAST = 58.0, 24.0
SHAPE: Final = 3.2  # width over height
EDGE: Final = 14.0
SHORTEST_PART: Final = 10  # letters of a name that goes on in the next line


@dataclass(frozen=True, slots=True)
class Room:
    """In points from the foot of the page, which counts from 1."""

    page: int
    page_height: float
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Words:
    text: str
    x: float
    y: float
    size: float


def room_to_sign(content: bytes, name: str) -> Room | None:
    """Above the lowest place of the last page that bears the name; None where it stands nowhere."""
    import pypdf  # noqa: PLC0415  # a sixth of a worker's memory, for the few letters signed so
    from pypdf.errors import PyPdfError  # noqa: PLC0415

    try:
        pages = pypdf.PdfReader(BytesIO(content)).pages
        for number in range(len(pages), 0, -1):
            words = _words_on(pages[number - 1])
            found = [one for one in words if _names(one.text, name)]
            if found:
                return _room(number, pages[number - 1], min(found, key=lambda one: one.y), words)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return None


def _room(number: int, page: "PageObject", name: Words, words: Sequence[Words]) -> Room | None:
    foot = name.y + LETTER_HEIGHT
    above = min((one.y for one in words if one.y > foot), default=foot + TALLEST + 2 * AIR)
    height = min(above - AIR - foot, TALLEST)
    if height < LEAST:
        return None
    width = height * SHAPE
    middle = name.x + _face(round(name.size)).getlength(name.text.strip()) / 2
    rightmost = float(page.mediabox.width) - EDGE - width
    x = max(EDGE, min(middle - width / 2, rightmost))
    return Room(number, float(page.mediabox.height), x, foot, width, height)


def _words_on(page: "PageObject") -> list[Words]:
    found: list[Words] = []

    def keep(text: str, space: Sequence[float], line: Sequence[float], _font: Any, size: float) -> None:
        if text.strip():
            x = line[4] * space[0] + line[5] * space[2] + space[4]
            y = line[4] * space[1] + line[5] * space[3] + space[5]
            found.append(Words(text, x, y, size))

    page.extract_text(visitor_text=keep)
    return found


def _names(text: str, name: str) -> bool:
    """Whether these words are the name: whole, with a degree after a comma, or its first line."""
    said, wanted = _plain(text), _plain(name)
    return (
        said == wanted
        or said.startswith(f"{wanted},")
        or (len(said) >= SHORTEST_PART and wanted.startswith(f"{said} "))
    )


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


@cache
def _face(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FACE, size)
