"""The demonstration's knowledge: texts of our own, written and published as the offices' people would."""

import tomllib
from datetime import datetime, timedelta
from importlib.resources import files
from typing import Any

from halopst.accounts.actors import actor_for
from halopst.accounts.models import Membership
from halopst.core.actors import Actor
from halopst.demo.cast import OFFICES
from halopst.knowledge.models import Document
from halopst.knowledge.services import Content, publish, write
from halopst.units.models import Unit
from halopst.units.queries import head_office

WRITTEN_BEFORE = timedelta(days=120)  # so that a text can have been due for review in the meantime


def build_texts(*, now: datetime) -> None:
    given = tomllib.loads((files("halopst.demo") / "pengetahuan.toml").read_text(encoding="utf-8"))
    author = _publisher(head_office())
    for text in given["text"]:
        _write(author, None, text, now=now)
    for unit in Unit.objects.filter(code__in=[office.code for office in OFFICES]):
        colleague = _publisher(unit)
        for text in given["office"]:
            said = text["text"].format(kantor=unit.name, wilayah=unit.region)
            title = f"{text['title']}: {unit.name}"
            _write(colleague, unit, {**text, "title": title, "text": said}, now=now)


def _write(author: Actor, unit: Unit | None, text: dict[str, Any], *, now: datetime) -> None:
    then = now - WRITTEN_BEFORE
    due = None if text.get("draft") else (now + timedelta(days=text["review"])).date()
    content = Content(
        title=text["title"],
        text=text["text"].strip(),
        kind=text["kind"],
        audience=text.get("audience", Document.Audience.EVERYONE),
        review_by=due,
    )
    written = write(author, unit=unit, content=content, now=then)
    if due is not None:
        publish(author, written, now=then)


def _publisher(unit: Unit) -> Actor:
    """Whoever of the office may publish for it."""
    leading = (Membership.Role.ADMIN, Membership.Role.HEAD, Membership.Role.TEAM_LEAD)
    return actor_for(Membership.objects.filter(unit=unit, role__in=leading).order_by("pk")[0].user)
