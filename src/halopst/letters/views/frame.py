"""What every page of this domain starts with."""

from collections.abc import Callable

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from halopst.core.actors import Actor
from halopst.core.http import Request
from halopst.core.shapes import NavItem, Tone
from halopst.letters.kinds import all_kinds, find_kind
from halopst.letters.models import Letter
from halopst.letters.rules import Shape, State
from halopst.units.models import Unit

# How each state is marked: tone and icon.
MARKS: dict[str, tuple[Tone, str]] = {
    State.DRAFT: ("", "hourglass"),
    State.FINAL: ("info", "file-check"),
    State.PRINTED: ("info", "printer"),
    State.SIGNED: ("ok", "pen-line"),
    State.HANDED_OVER: ("ok", "handshake"),
    State.PAID: ("ok", "banknote"),
    State.OUTDATED: ("warn", "triangle-alert"),
    State.REPLACED: ("", "refresh-cw"),
    State.VOID: ("bad", "ban"),
}


def office(look: Callable[[Actor], QuerySet[Unit]], request: Request, slug: str) -> Unit:
    """The office of that address among those `look` finds for the person asking, or 404."""
    unit: Unit = get_object_or_404(look(request.actor), slug=slug)
    return unit


def kind_label(code: str) -> str:
    kind = find_kind(code)
    return str(kind.label) if kind else code


def kind_choices() -> list[tuple[str, str]]:
    return [(kind.code, str(kind.label)) for kind in all_kinds()]


def management_tabs(unit: Unit) -> list[NavItem]:
    parts = [
        ("naskah", _("Naskah"), "letters:templates"),
        ("nomor", _("Nomor"), "letters:numbers"),
        ("tangan", _("Penanda tangan"), "letters:signatories"),
    ]
    return [NavItem(key, label, reverse(route, args=[unit.slug])) for key, label, route in parts]


def download(content: bytes, name: str, content_type: str) -> HttpResponse:
    """A file as a download and nothing else: never shown, never run, never guessed at."""
    response = HttpResponse(content, content_type=content_type)
    as_file = content_disposition_header(as_attachment=True, filename=name)
    response.headers["Content-Disposition"] = as_file or "attachment"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def letter_of(request: Request, pk: int) -> Letter:
    """The letter of that number among those the person asking may read, or 404."""
    rows = Letter.objects.visible_to(request.actor)
    found: Letter = get_object_or_404(
        rows.select_related("unit", "number", "template", "batch", "replaced_by__number"), pk=pk
    )
    return found


def official_of(letter: Letter) -> str:
    """The name of the first official the letter prints: most often who signs it."""
    kind = find_kind(letter.kind)
    people = [field for field in kind.fields if field.shape is Shape.PERSON] if kind else []
    officials = [field.name for field in people if any(column.name == "nip" for column in field.columns)]
    return str(letter.data.get(officials[0], {}).get("nama", "")) if officials else ""
