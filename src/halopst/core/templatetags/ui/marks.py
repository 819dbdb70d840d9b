"""Small marks: icons, the glyph, avatars, tags, stars, QR codes."""

import re
from functools import lru_cache
from io import BytesIO
from typing import Literal
from zlib import crc32

import segno
from django.template import Library
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from lucide.templatetags.lucide import lucide

from halopst.core import formats
from halopst.core.formats import language
from halopst.core.shapes import Tone

library = Library()

AVATAR_COLOURS = 5
TONE_ICONS: dict[str, str] = {
    "": "circle",
    "info": "refresh-cw",
    "ok": "check",
    "warn": "clock",
    "bad": "triangle-alert",
}
BEST_RATING = 5


@library.simple_tag(name="icon")
@lru_cache(maxsize=512)
def draw_icon(name: str, cls: str = "") -> SafeString:
    """A Lucide icon, decorative: the word beside it carries the meaning."""
    svg = lucide(name, size=20, **{"class": f"i {cls}".strip(), "aria_hidden": "true"})
    svg = re.sub(r"\s*\n\s*", "", svg).replace(" />", "/>").replace(' stroke-width="2"', "")
    return mark_safe(svg)  # noqa: S308  # drawn by the icon library, nothing in it comes from a visitor


def lens(x0: float, y0: float, x1: float, y1: float, radius: float) -> str:
    """SVG path of a petal: the overlap of two circles through two corners of a square."""
    return f"M{x0} {y0}A{radius} {radius} 0 0 1 {x1} {y1}A{radius} {radius} 0 0 1 {x0} {y0}Z"


@library.simple_tag
def glyph(mode: Literal["color", "dark"] = "color") -> SafeString:
    """The HaloPST mark: four petals, the fourth a speech bubble. `dark` is for deep panels."""
    dark = mode == "dark"
    fills = ("#67B9E7", "#A5D477", "#F4BA74") if dark else ("#0093DD", "#68B92E", "#EB891C")
    corners = ((17, 17, 1, 1), (19, 17, 35, 1), (17, 19, 1, 35))
    petals = format_html_join(
        "",
        '<path fill="{}" d="{}"/>',
        ((fill, lens(*corner, radius=16)) for fill, corner in zip(fills, corners, strict=True)),
    )
    return format_html(
        '<svg class="glyph" width="34" height="34" viewBox="0 0 36 36" aria-hidden="true">{}<path fill="{}" '
        'd="M19 19h7a9 9 0 0 1 9 9v7l-4.2-1.6A9 9 0 0 1 19 26z"/></svg>',
        petals,
        "currentColor" if dark else "var(--mark)",
    )


@library.simple_tag
def petals() -> SafeString:
    """The small drawing of empty states and error pages."""
    return format_html(
        '<svg class="kw" width="72" height="72" viewBox="0 0 64 64" aria-hidden="true">'
        '<path fill="var(--nila-200)" d="{}"/><path fill="var(--soga-300)" d="{}"/>'
        '<path fill="none" stroke="var(--line-strong)" stroke-width="1.5" stroke-dasharray="3 3" '
        'd="{}{}"/></svg>',
        lens(1.5, 1.5, 30.5, 30.5, radius=29),
        lens(33.5, 33.5, 62.5, 62.5, radius=29),
        lens(62.5, 1.5, 33.5, 30.5, radius=29),
        lens(30.5, 33.5, 1.5, 62.5, radius=29),
    )


@library.simple_tag
def avatar(
    name: str, *, photo: str = "", size: Literal["", "sm", "lg"] = "", live: bool = False
) -> SafeString:
    """Initials in a petal, always the same colour for the same name; or the photo at that URL.

    Decorative: the page says the name beside it. `live` adds the dot of someone on duty.
    """
    colour = crc32(name.encode()) % AVATAR_COLOURS + 1
    face: SafeString | str = formats.initials(name)
    if photo:
        face = format_html('<img src="{}" alt="" loading="lazy" width="64" height="64">', photo)
    return format_html(
        '<span class="ava ava--{}{}" aria-hidden="true">{}{}</span>',
        colour,
        f" ava--{size}" if size else "",
        face,
        mark_safe('<span class="live"></span>') if live else "",
    )


@library.simple_tag(name="tag")
def status_tag(word: str, *, tone: Tone = "", icon: str = "", live: bool = False) -> SafeString:
    """A status: icon and word, never colour alone. `live` shows the open dot instead of an icon."""
    mark = mark_safe('<span class="live"></span>') if live else draw_icon(icon or TONE_ICONS[tone])
    return format_html('<span class="tag{}">{}{}</span>', f" tag--{tone}" if tone else "", mark, word)


@library.simple_tag
def rating(value: float | None, count: int) -> SafeString:
    """The mean rating beside the number of people who gave it; nothing pretends when nobody has."""
    if value is None or not count:
        return format_html('<span class="rate faint">{}</span>', _("Belum ada penilaian"))
    from_many = ngettext("dari %(n)s penilaian", "dari %(n)s penilaian", count) % {
        "n": formats.number(count, lang=language())
    }
    return format_html(
        '<span class="rate">{}<b>{}</b> <span class="faint">{}</span></span>',
        draw_icon("star"),
        formats.number(value, 1, lang=language()),
        from_many,
    )


@library.simple_tag
def stars(value: int) -> SafeString:
    """One person's rating as five stars."""
    drawn = format_html_join(
        "", "{}", ((draw_icon("star", "" if n < value else "i--off"),) for n in range(BEST_RATING))
    )
    label = _("%(value)s dari %(best)s bintang") % {"value": value, "best": BEST_RATING}
    return format_html('<span class="rate rate--all" role="img" aria-label="{}">{}</span>', label, drawn)


@library.simple_tag
def qr(text: str, *, label: str) -> SafeString:
    """A QR code of `text`, for example the address of a ticket; `label` says what scanning it does."""
    buffer = BytesIO()
    segno.make(str(text), error="m").save(
        buffer, kind="svg", border=0, xmldecl=False, svgns=False, dark="#08233A", light=None, omitsize=True
    )
    svg = mark_safe(buffer.getvalue().decode())  # noqa: S308  # squares only: the text is encoded in them
    return format_html('<div class="qr" role="img" aria-label="{}">{}</div>', label, svg)
