"""The codes a page of a PDF shows to whoever looks at it; what nobody can see on it says nothing."""

from io import BytesIO
from typing import Final, cast

import pikepdf
from PIL import Image

from halopst.letters.rendering.marks import tokens_in
from halopst.letters.rendering.press import Drawer, SourceFault, TooHeavy

LARGEST_PICTURE: Final = 80_000_000
LARGEST_DRAWN: Final = 4 * 1024 * 1024
FILLS = ["f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "sh"]
PAINTS: Final = frozenset([*FILLS, "Do", "INLINE IMAGE", "Tj", "TJ", "'", '"'])
UNREADABLE: Final = (pikepdf.PikepdfError, NotImplementedError, ValueError, OSError, RuntimeError)


def tokens_seen(page: pikepdf.Page, drawer: Drawer) -> set[str]:
    """The verification tokens somebody sees on a page.

    One that is a single picture, as scanners make them, is read from that picture. Any other, and one whose
    picture gives nothing, is drawn: a code may be drawn in lines, and a picture may lie under something.
    """
    if (picture := _only_picture(page)) and (found := tokens_of_picture(picture)):
        return found
    drawn = _drawn(page, drawer)
    if drawn is None:
        return set()
    with Image.open(BytesIO(drawn)) as image:
        return tokens_in(image)


def tokens_of_picture(picture: pikepdf.Stream) -> set[str]:
    try:
        seen = pikepdf.PdfImage(picture)
        if seen.width * seen.height > LARGEST_PICTURE:
            return set()
        image: Image.Image = seen.as_pil_image()
        return tokens_in(image)
    except UNREADABLE:
        return set()


def look_alike(one: pikepdf.Page, other: pikepdf.Page, drawer: Drawer) -> bool:
    """Whether nothing on the page tells it from the other; a scanned page is never quite another."""
    if _only_picture(one):
        return False
    drawn = _drawn(one, drawer)
    return drawn is not None and drawn == _drawn(other, drawer)


def _only_picture(page: pikepdf.Page) -> pikepdf.Stream | None:
    try:
        steps = pikepdf.parse_content_stream(page)
        painted = [sign for step in steps if (sign := str(step.operator)) in PAINTS]
        pictures = list(page.get_images().values())
    except UNREADABLE:
        return None
    return cast("pikepdf.Stream", pictures[0]) if painted == ["Do"] and len(pictures) == 1 else None


def _drawn(page: pikepdf.Page, drawer: Drawer) -> bytes | None:
    """None where the page cannot be drawn, or is too large for it: somebody has to look then."""
    alone = BytesIO()
    try:
        with pikepdf.new() as one:
            one.pages.append(page)
            one.save(alone)
        return drawer.picture(alone.getvalue()) if alone.tell() <= LARGEST_DRAWN else None
    except (*UNREADABLE, SourceFault, TooHeavy):
        return None
