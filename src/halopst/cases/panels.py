"""What a higher domain shows on a case's page: actions for the officer, a ticket for the visitor."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.functional import Promise

from halopst.cases.models import Case
from halopst.cases.rules import Verb
from halopst.core.actors import Actor
from halopst.core.shapes import Moment, Tone


@dataclass(frozen=True)
class Panel:
    """A template with its context, drawn below the head of the case.

    `status` (with `tone`) stands beside the number instead of the case's own state; `moments` join the
    journey before its end; `replaces` names verbs of the case that the panel offers in its own way.
    """

    template: str
    context: dict[str, Any]
    status: str = ""
    tone: Tone = "info"
    moments: tuple[Moment, ...] = field(default=())
    replaces: frozenset[Verb] = frozenset()


@dataclass(frozen=True)
class ReplyAid:
    """Help with a reply: a template above the box, and `words` that already stand in it, to be changed.

    `url` takes the form of the reply with what is typed so far, and comes back to the case's page.
    """

    template: str
    context: dict[str, Any]
    label: str | Promise
    url: str
    words: str = ""


Builder = Callable[[Actor, Case, datetime], Panel | None]
Helper = Callable[[Actor, Case, datetime], ReplyAid | None]
_builders: dict[str, Builder] = {}
_openings: list[Builder] = []
_closings: list[Builder] = []
_helpers: list[Helper] = []


def register(kind_code: str, builder: Builder) -> None:
    """Let `builder(actor, case, now)` speak for the cases of one kind of service."""
    _builders[kind_code] = builder


def open_with(builder: Builder) -> None:
    """Let `builder(actor, case, now)` speak before the first word of any conversation."""
    _openings.append(builder)


def close_with(builder: Builder) -> None:
    """Let `builder(actor, case, now)` speak to officers after the last word of a conversation."""
    _closings.append(builder)


def help_reply(helper: Helper) -> None:
    """Let `helper(actor, case, now)` help whoever may answer a case; the first that has something does."""
    _helpers.append(helper)


def openings(actor: Actor, case: Case, request: HttpRequest, now: datetime) -> list[str]:
    """What stands before the conversation of `case`, as HTML."""
    return _spoken(_openings, actor, case, request, now)


def closings(actor: Actor, case: Case, request: HttpRequest, now: datetime) -> list[str]:
    """What stands after it, for officers."""
    return _spoken(_closings, actor, case, request, now)


def _spoken(
    builders: list[Builder], actor: Actor, case: Case, request: HttpRequest, now: datetime
) -> list[str]:
    panels = (builder(actor, case, now) for builder in builders)
    return [drawn(panel, request) for panel in panels if panel]


def reply_aid(actor: Actor, case: Case, now: datetime) -> ReplyAid | None:
    return next((aid for aid in (helper(actor, case, now) for helper in _helpers) if aid), None)


def drawn(panel: Panel | ReplyAid | None, request: HttpRequest) -> str:
    """The panel as HTML, ready to stand in the page; empty without one."""
    return render_to_string(panel.template, panel.context, request) if panel else ""


def has_own_door(kind_code: str) -> bool:
    """Whether requests of this kind come in by a page of the higher domain."""
    return kind_code in _builders


def panel_for(actor: Actor, case: Case, now: datetime) -> Panel | None:
    builder = _builders.get(case.service.code)
    return builder(actor, case, now) if builder else None
