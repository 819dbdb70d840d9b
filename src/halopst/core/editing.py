"""Editing a row others may change meanwhile: its page says which version it showed, and shows the newer."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Annotated, Any, Final

from django import forms
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _
from pydantic import Field

from halopst.core import formats
from halopst.core.errors import Outdated
from halopst.core.formats import language
from halopst.core.forms import attempt
from halopst.core.http import Request
from halopst.core.models import Model

NEVER = datetime.min.replace(tzinfo=UTC)
LONGEST_VERSION, BRIEF = 40, 120
VERSION: Final = "2026-11-20T02:10:00.123456+00:00"
"""What the description of the API shows."""
Version = Annotated[datetime | None, Field(examples=[VERSION])]
"""As a program read it; null asks for no care."""
Stored = Callable[[], tuple[Model | None, Mapping[str, Any]]]
"""The row as it is now, and what its form would show of it."""
CHANGED = _(
    "Baru saja diubah orang lain, jadi isian Anda belum disimpan. Yang kini tersimpan ditulis di bawah isian "
    "yang berbeda. Sesuaikan bila perlu, lalu simpan lagi."
)


def changed_at(row: Model | None) -> datetime:
    """When the row was last changed, also where there is none yet."""
    at: datetime = row.updated_at if row and row.pk else NEVER
    return at


def version_of(row: Model | None) -> str:
    """What to send back with a change, also where there is no row yet."""
    return changed_at(row).isoformat()


def must_be_as_seen(row: Model | None, version: datetime | None, refusal: type[Outdated] = Outdated) -> None:
    """Refuses to change a locked row its editor saw otherwise; None asks for no such care."""
    if version is not None and changed_at(row) != version:
        raise refusal


class Seen:
    """The version of a row its form was shown with; once that is refused, the newer one.

    `newer` holds what is stored now and too long to stand below its field: label and text.
    """

    def __init__(self, request: Request, row: Model | None) -> None:
        sent = request.POST.get("version", "") if request.method == "POST" else changed_at(row).isoformat()
        self.shown = sent[:LONGEST_VERSION]
        self.newer: list[tuple[str, str]] = []
        self.is_outdated = False

    @property
    def version(self) -> datetime | None:
        """For the service; None where the page was asked to look at nothing."""
        if not self.shown:
            return None
        try:
            at = datetime.fromisoformat(self.shown)
        except ValueError:
            return NEVER
        return at if at.tzinfo else NEVER

    def go_on(self, form: forms.Form, row: Model | None, stored: Mapping[str, Any]) -> None:
        """What is stored now beside what was typed; the next press is about that."""
        self.shown, self.is_outdated = changed_at(row).isoformat(), True
        self.newer = show_newer(form, stored)


def attempt_edit(
    form: forms.Form,
    act: Callable[[], Any],
    seen: Seen,
    now_stored: Stored,
) -> int:
    """As `attempt`; where somebody was first what they stored is shown, and the next press is about that."""

    def watched() -> None:
        try:
            act()
        except Outdated as refusal:
            seen.go_on(form, *now_stored())
            raise Outdated(CHANGED) from refusal

    return attempt(form, watched)


def show_newer(form: forms.Form, stored: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Below each field that says otherwise what is stored now; gives those too long for that."""
    long = []
    typed = {name: in_words(form.fields[name], form.cleaned_data.get(name)) for name in stored}
    for name, value in stored.items():
        field = form.fields[name]
        text = in_words(field, value)
        if text == typed[name]:
            continue
        if len(text) > BRIEF or "\n" in text:
            long.append((str(field.label), text))
            form.add_error(name, say("Kini berisi lain; lihat di atas formulir."))
        else:
            form.add_error(name, say("Kini tersimpan: %(isi)s.") % {"isi": text or say("kosong")})
    return long


def in_words(field: forms.Field, value: Any) -> str:
    """A value as its field would show it."""
    text = "" if value is None else str(value)
    if isinstance(field, forms.BooleanField):
        text = say("ya") if value else say("tidak")
    elif isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField):
        known: dict[Any, Any] = dict(field.choices)  # type: ignore[arg-type]  # none of our forms groups them
        text = str(known.get(value, text))
    elif isinstance(value, date):
        text = formats.medium_date(value, lang=language())
    elif isinstance(value, list):
        text = "\n".join(", ".join(one.values()) if isinstance(one, dict) else str(one) for one in value)
    return text.replace("\r\n", "\n").strip()
