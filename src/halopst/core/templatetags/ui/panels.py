"""Surfaces and progress: cards, notes, empty states, steps, clocks, timelines, tickets, jobs."""

from collections.abc import Iterable, Sequence
from math import pi
from typing import Literal

from django.template import Library
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from halopst.core.shapes import Clock, Moment, Step, Tone
from halopst.core.templatetags.ui.marks import draw_icon, petals

library = Library()

NOTE_ICONS = {"info": "info", "ok": "circle-check", "warn": "clock", "bad": "triangle-alert"}
RING = 2 * pi * 8
WHOLE = 100


@library.simple_block_tag
def card(
    content: SafeString, *, title: str = "", id: str = "", tight: bool = False, cls: str = ""
) -> SafeString:
    """A flat surface with one line; with a `title` it is a named section."""
    context = {"content": content, "title": title, "id": id, "tight": tight, "cls": cls}
    return render_to_string("ui/card.html", context)


@library.simple_block_tag
def note(content: SafeString, *, tone: Tone = "info", icon: str = "") -> SafeString:
    """One sentence that matters here, with its icon."""
    kind = tone or "info"
    return format_html(
        '<div class="note{}">{}<div>{}</div></div>',
        "" if kind == "info" else f" note--{kind}",
        draw_icon(icon or NOTE_ICONS[kind]),
        content,
    )


@library.simple_block_tag
def empty(content: SafeString, *, title: str, level: int = 3) -> SafeString:
    """Nothing here: what (`title`), why and the one next step (the content)."""
    return format_html('<div class="empty">{}<h{}>{}</h{}>{}</div>', petals(), level, title, level, content)


@library.simple_tag
def steps(labels: Sequence[Step | str], now: int) -> SafeString:
    """The progress of a wizard; `now` counts from 1. Answered steps with a URL lead back."""
    whole = [label if isinstance(label, Step) else Step(label) for label in labels]
    title = _("Langkah %(now)s dari %(all)s") % {"now": now, "all": len(whole)}
    return render_to_string("ui/steps.html", {"steps": whole, "now": now, "title": title})


@library.simple_tag
def sla(
    clock: Clock | str, percent: float = 100, tone: Literal["ok", "warn", "bad", "off"] = "ok"
) -> SafeString:
    """Ring and words. Takes a Clock, or its text, percent left and tone."""
    shown = clock if isinstance(clock, Clock) else Clock(str(clock), percent, tone)
    words: SafeString | str = shown.text
    if shown.deadline:
        moment = shown.deadline.isoformat()
        words = format_html('<time datetime="{}" data-sla="{}">{}</time>', moment, moment, shown.text)
    filled = RING * max(0, min(WHOLE, shown.percent)) / WHOLE
    return format_html(
        '<span class="sla{}"><svg width="18" height="18" viewBox="0 0 20 20" aria-hidden="true">'
        '<circle cx="10" cy="10" r="8"/><circle cx="10" cy="10" r="8" stroke-dasharray="{} {}"/></svg>'
        "{}</span>",
        "" if shown.tone == "ok" else f" sla--{shown.tone}",
        f"{filled:.1f}",
        f"{RING:.1f}",
        words,
    )


@library.simple_tag
def timeline(moments: Iterable[Moment]) -> SafeString:
    """What happened, what happens now, what comes next."""
    return render_to_string("ui/timeline.html", {"moments": moments})


@library.simple_tag
def kv(pairs: Iterable[tuple[str, object]]) -> SafeString:
    """Label and value, line by line."""
    rows = format_html_join("", "<dt>{}</dt><dd>{}</dd>", pairs)
    return format_html('<dl class="kv">{}</dl>', rows)


@library.simple_block_tag
def ticket(
    content: SafeString,
    *,
    code: str,
    label: str,
    status: str = "",
    tone: Tone = "",
    pattern: SafeString | str = "",
) -> SafeString:
    """The deep card with a large number; the content is its lower half, `pattern` a Kain."""
    context = {"content": content, "code": code, "label": label, "status": status, "tone": tone}
    return render_to_string("ui/ticket.html", {**context, "pattern": pattern})


@library.simple_tag
def job(title: str, done: int, total: int, *, note: str = "") -> SafeString:
    """A long job: how far it is, in numbers and as a bar, and what the visitor may do meanwhile."""
    percent = round(WHOLE * done / total) if total else 0
    context = {"title": title, "done": done, "total": total, "percent": percent, "note": note}
    return render_to_string("ui/job.html", context)
