"""Looking into finished PDF files: how many pages, which codes; and binding many into one."""

import re
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

import pikepdf

from halopst.letters.rendering.marks import tokens_in

if TYPE_CHECKING:
    from PIL import Image

_COUNT = re.compile(rb"/Type\s*/Pages\b[^>]*?/Count\s+(\d+)|/Count\s+(\d+)[^>]*?/Type\s*/Pages\b")
LARGEST_PICTURE: Final = 80_000_000
PAGES_LOOKED_AT: Final = 40


class NotAPaper(Exception):
    """The file is no PDF that can be read."""


def count_pages(content: bytes) -> int:
    """Pages of a PDF of our own press, which writes its page tree in the open."""
    counts = [int(found[1] or found[2]) for found in _COUNT.finditer(content)]
    return max(counts) if counts else pages_of(content)


def pages_of(content: bytes) -> int:
    """Pages of anybody's PDF. Raises NotAPaper."""
    try:
        with pikepdf.open(BytesIO(content)) as paper:
            return len(paper.pages)
    except (pikepdf.PdfError, RuntimeError, ValueError) as error:
        raise NotAPaper from error


def tokens_of_scan(content: bytes) -> set[str]:
    """The verification tokens read from the pictures of a scanned PDF; empty when none can be read."""
    found: set[str] = set()
    try:
        with pikepdf.open(BytesIO(content)) as paper:
            for page in list(paper.pages)[:PAGES_LOOKED_AT]:
                for picture in page.get_images().values():
                    found |= _tokens_on(cast("pikepdf.Stream", picture))
    except (pikepdf.PdfError, RuntimeError, ValueError) as error:
        raise NotAPaper from error
    return found


class Scan:
    """A scanned PDF, page by page, counted from 0. Raises NotAPaper."""

    def __init__(self, content: bytes) -> None:
        self._read: dict[int, str] = {}
        try:
            self._paper = pikepdf.open(BytesIO(content))
            self.pages = len(self._paper.pages)
        except (pikepdf.PdfError, RuntimeError, ValueError) as error:
            raise NotAPaper from error

    def token(self, at: int) -> str:
        """The one verification token on a page; empty where none can be read, or several."""
        if at not in self._read:
            pictures = self._paper.pages[at].get_images().values()
            found = set().union(*(_tokens_on(cast("pikepdf.Stream", picture)) for picture in pictures))
            self._read[at] = found.pop() if len(found) == 1 else ""
        return self._read[at]

    def cut(self, first: int, count: int) -> bytes:
        """These pages as a PDF of their own."""
        with pikepdf.new() as part:
            part.pages.extend(self._paper.pages[first : first + count])
            made = BytesIO()
            part.save(made)
        return made.getvalue()


def bind(papers: Iterable[bytes], to: Path) -> None:
    """One PDF of many, written to `to`; each is let go of as soon as its pages are in."""
    with pikepdf.new() as book:
        for content in papers:
            with pikepdf.open(BytesIO(content)) as paper:
                book.pages.extend(paper.pages)
        book.save(to, object_stream_mode=pikepdf.ObjectStreamMode.generate)


def _tokens_on(picture: pikepdf.Stream) -> set[str]:
    try:
        seen = pikepdf.PdfImage(picture)
        if seen.width * seen.height > LARGEST_PICTURE:
            return set()
        image: Image.Image = seen.as_pil_image()
        return tokens_in(image)
    except (pikepdf.PdfError, NotImplementedError, ValueError, OSError, RuntimeError):
        return set()
