"""What a higher domain shows on a case's page: actions for the officer, a ticket for the visitor."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

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


Builder = Callable[[Actor, Case, datetime], Panel | None]
_builders: dict[str, Builder] = {}


def register(kind_code: str, builder: Builder) -> None:
    """Let `builder(actor, case, now)` speak for the cases of one kind of service."""
    _builders[kind_code] = builder


def drawn(panel: Panel | None, request: HttpRequest) -> str:
    """The panel as HTML, ready to stand in the page; empty without one."""
    return render_to_string(panel.template, panel.context, request) if panel else ""


def has_own_door(kind_code: str) -> bool:
    """Whether requests of this kind come in by a page of the higher domain."""
    return kind_code in _builders


def panel_for(actor: Actor, case: Case, now: datetime) -> Panel | None:
    builder = _builders.get(case.service.code)
    return builder(actor, case, now) if builder else None
