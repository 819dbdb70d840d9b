"""Form fields and answers that several domains share."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import HttpRequest, QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _
from ninja import UploadedFile
from ninja.errors import ValidationError

from halopst.core.errors import Refused
from halopst.core.http import refusal_status
from halopst.core.visible import visible
from halopst.core.written_days import day_in_words

EARLIEST, LATEST = date(1990, 1, 1), date(2100, 12, 31)
YEARS = range(2000, 2101)


class DayField(forms.DateField):
    """A calendar day, typed or picked; refuses years no office could mean."""

    default_error_messages = {"invalid": _("Isi tanggal, misalnya 23-11-2026.")}
    default_validators = [
        MinValueValidator(EARLIEST, _("Tanggal paling awal 1 Januari 1990.")),
        MaxValueValidator(LATEST, _("Tanggal paling akhir 31 Desember 2100.")),
    ]

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(**{"widget": widget, **kwargs})

    def to_python(self, value: Any) -> date | None:
        """As Django does, and `5 Januari 2026`, which it reads with English names only."""
        day: date | None = day_in_words(value) if isinstance(value, str) else None
        return day or super().to_python(value)


class YearField(forms.IntegerField):
    """A year an office works in, in four digits: `26` is no year that could be guessed."""

    default_error_messages = {"invalid": _("Tulis tahun dengan empat angka, misalnya 2026.")}
    default_validators = [
        MinValueValidator(YEARS[0], _("Tulis tahun dengan empat angka, misalnya 2026.")),
        MaxValueValidator(YEARS[-1], _("Tulis tahun dengan empat angka, paling akhir 2100.")),
    ]

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
        super().__init__(**{"widget": widget, **kwargs})


class ClockField(forms.TimeField):
    """A wall-clock time, to the minute, as people write it: `08.00`, `8:00`, `0800`.

    A plain text input: a native time input would show AM and PM to a browser in English.
    """

    default_error_messages = {"invalid": _("Isi jam, misalnya 08.00.")}

    def __init__(self, **kwargs: Any) -> None:
        hints = {"inputmode": "numeric", "placeholder": "00.00", "maxlength": 8, "autocomplete": "off"}
        widget = forms.TimeInput(format="%H.%M", attrs=hints)
        formats = ["%H.%M", "%H:%M", "%H%M", "%H:%M:%S"]
        super().__init__(**{"widget": widget, "input_formats": formats, **kwargs})

    def clean(self, value: Any) -> Any:
        padded = f"0{value}" if isinstance(value, str) and value[1:2] in {".", ":"} else value
        moment = super().clean(padded)
        return moment and moment.replace(second=0, microsecond=0)


class PlainField(forms.CharField):
    """Text as people see it; a NUL never reaches the database, nor does what turns a name around."""

    def to_python(self, value: Any) -> str:
        text = visible(super().to_python(value) or "")
        return text.strip() if self.strip else text


class CodeField(forms.CharField):
    """The six digits of a message from us; people copy them with spaces and dashes around them."""

    default_error_messages = {"invalid": _("Kode terdiri dari enam angka. Contoh: 402913")}

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"})
        label = _("Kode enam angka")
        super().__init__(**{"label": label, "max_length": 20, "widget": widget, **kwargs})

    def clean(self, value: Any) -> str:
        code = re.sub(r"[\s-]", "", super().clean(value))
        if not re.fullmatch(r"[0-9]{6}", code):
            raise forms.ValidationError(self.error_messages["invalid"], "invalid")
        return code


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form was sent with, even when that is nothing; None when it is only being shown."""
    return request.POST if request.method == "POST" else None


def attempt(form: forms.Form, act: Callable[[], Any], *, field: str | None = None) -> int:
    """Do what a valid form asks, and give the status; a refusal becomes an error of the form or a `field`."""
    if not form.is_valid():
        return 422
    try:
        act()
    except Refused as refusal:
        form.add_error(field, str(refusal.message))
        return refusal_status(refusal)
    return 200


def plain(text: str, longest: int = 100) -> str:
    """What a search or an address may hold: one line, no more than `longest` characters."""
    return " ".join(visible(text[:longest]).split())


def cleaned(form: forms.BaseForm) -> dict[str, Any]:
    """The values of a form the API filled; what is wrong is answered like any misshapen request."""
    if form.is_valid():
        return form.cleaned_data
    raise ValidationError(
        [{"loc": ("body", name), "msg": str(text)} for name, texts in form.errors.items() for text in texts]
    )


def filed(file: UploadedFile | None) -> "MultiValueDict[str, Any]":
    """The one `file` of a form a program sent, as forms take files."""
    return MultiValueDict({"file": [file]} if file else {})
