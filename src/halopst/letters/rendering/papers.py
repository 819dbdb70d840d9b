"""Looking into finished PDF files: how many pages, which codes; and binding many into one."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import BytesIO
from itertools import zip_longest
from pathlib import Path
from typing import Final, cast

import pikepdf

from halopst.letters.rendering.codes import look_alike, tokens_of_picture, tokens_seen
from halopst.letters.rendering.press import Drawer

_COUNT = re.compile(rb"/Type\s*/Pages\b[^>]*?/Count\s+(\d+)|/Count\s+(\d+)[^>]*?/Type\s*/Pages\b")
PAGES_LOOKED_AT: Final = 40
SIGNATURE: Final = b"/ByteRange"  # which bytes are signed: it cannot be packed away


class NotAPaper(Exception):
    """The file is not a PDF, or cannot be read."""


def count_pages(content: bytes) -> int:
    """The number of pages of a PDF of our own press, which writes its page tree uncompressed."""
    counts = [int(found[1] or found[2]) for found in _COUNT.finditer(content)]
    return max(counts) if counts else pages_of(content)


def pages_of(content: bytes) -> int:
    """The number of pages of an uploaded PDF. Raises NotAPaper."""
    with _opened(content) as paper:
        return len(paper.pages)


def tokens_of_scan(content: bytes, drawer: Drawer) -> set[str]:
    """The verification tokens its pages show; empty when none can be read. Raises NotAPaper."""
    with _opened(content) as paper:
        return set().union(*(tokens_seen(page, drawer) for page in list(paper.pages)[:PAGES_LOOKED_AT]))


def is_untouched(content: bytes, letter: bytes, drawer: Drawer) -> bool:
    """Whether it looks like the letter's own file page by page, and bears no electronic signature either."""
    if SIGNATURE in content:
        return False
    with _opened(content) as given, _opened(letter) as ours:
        pairs = zip_longest(given.pages, ours.pages)
        return all(one and other and look_alike(one, other, drawer) for one, other in pairs)


class Scan:
    """A scanned PDF, page by page, counted from 0. Raises NotAPaper."""

    def __init__(self, content: bytes) -> None:
        self._read: dict[int, str] = {}
        try:
            self._paper = pikepdf.open(BytesIO(content))
            self.pages = len(self._paper.pages)
        except (pikepdf.PikepdfError, RuntimeError, ValueError) as error:
            raise NotAPaper from error

    def token(self, at: int) -> str:
        """The one verification token on a page; empty where none can be read, or several.

        Pictures alone are read: pages nobody printed are no scan, and their letters not signed.
        """
        if at not in self._read:
            pictures = self._paper.pages[at].get_images().values()
            found = set().union(*(tokens_of_picture(cast("pikepdf.Stream", picture)) for picture in pictures))
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


@contextmanager
def _opened(content: bytes) -> Iterator[pikepdf.Pdf]:
    try:
        with pikepdf.open(BytesIO(content)) as paper:
            yield paper
    except (pikepdf.PikepdfError, RuntimeError, ValueError) as error:
        raise NotAPaper from error
