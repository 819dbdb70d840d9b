from datetime import date, time
from typing import Any

from django import forms
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from halopst.calendars.models import Holiday, HolidayDecree
from halopst.calendars.queries import WEEKDAYS
from halopst.calendars.rules import Hours, Week, overlaps
from halopst.core.forms import ClockField, DayField

INTERVALS_A_DAY = 3


class WeekForm(forms.Form):
    """Up to three intervals for each weekday, as plain time inputs that need no script."""

    def __init__(self, *args: Any, weekly: Week | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.weekly = weekly or {}
        for weekday, label in enumerate(WEEKDAYS):
            for number in range(INTERVALS_A_DAY):
                self._add_interval(weekday, str(label), number)

    def _add_interval(self, weekday: int, label: str, number: int) -> None:
        hours = self.weekly.get(weekday, ())
        shown: tuple[time | None, time | None] = hours[number] if number < len(hours) else (None, None)
        words = {"hari": label, "ke": number + 1}
        names = (
            say("%(hari)s, buka ke-%(ke)s") % words,
            say("%(hari)s, tutup ke-%(ke)s") % words,
        )
        for end, value, name in zip(("buka", "tutup"), shown, names, strict=True):
            field = ClockField(label=name, required=False, initial=value)
            field.widget.attrs |= {"class": "input num", "aria-label": name}
            self.fields[f"{end}_{weekday}_{number}"] = field

    @property
    def rows(self) -> list[dict[str, Any]]:
        """For the template: each weekday with its pairs of inputs and what is wrong with them."""
        return [
            {
                "label": label,
                "pairs": [
                    (self[f"buka_{weekday}_{number}"], self[f"tutup_{weekday}_{number}"])
                    for number in range(INTERVALS_A_DAY)
                ],
                "errors": self.errors.get(f"buka_{weekday}_0"),
            }
            for weekday, label in enumerate(WEEKDAYS)
        ]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        values["weekly"] = {}
        for weekday in range(len(WEEKDAYS)):
            hours, whole = self._hours(values, weekday)
            if not whole:
                self.add_error(f"buka_{weekday}_0", _("Isi jam buka dan jam tutup berpasangan."))
            elif overlaps(hours):
                self.add_error(
                    f"buka_{weekday}_0", _("Jam tutup harus setelah jam buka, dan jam tidak boleh bertumpuk.")
                )
            elif hours:
                values["weekly"][weekday] = tuple(sorted(hours))
        return values

    def _hours(self, values: dict[str, Any], weekday: int) -> tuple[Hours, bool]:
        pairs = [
            (values.get(f"buka_{weekday}_{number}"), values.get(f"tutup_{weekday}_{number}"))
            for number in range(INTERVALS_A_DAY)
        ]
        hours = tuple((opens, closes) for opens, closes in pairs if opens and closes)
        return hours, all(bool(opens) == bool(closes) for opens, closes in pairs)


class HoursForm(WeekForm):
    """The regular week of an owner from a day on."""

    title = forms.CharField(label=_("Nama"), max_length=120)
    legal_basis = forms.CharField(
        label=_("Dasar hukum"),
        max_length=300,
        required=False,
        help_text=_("Misalnya nomor SK kepala satker."),
    )
    effective_from = DayField(
        label=_("Berlaku mulai"), help_text=_("Hari sebelumnya tetap memakai jam yang lama.")
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if not values["weekly"] and not self.errors:
            raise forms.ValidationError(_("Isi jam layanan paling sedikit untuk satu hari."))
        return values


class SpecialHoursForm(WeekForm):
    """Another week between two days; all empty means closed."""

    title = forms.CharField(label=_("Nama"), max_length=120, help_text=_("Misalnya Jam layanan Ramadan."))
    legal_basis = forms.CharField(label=_("Dasar hukum"), max_length=300, required=False)
    first = DayField(label=_("Mulai"))
    last = DayField(label=_("Sampai"), help_text=_("Tanggal ini masih termasuk."))

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        first, last = values.get("first"), values.get("last")
        if isinstance(first, date) and isinstance(last, date) and last < first:
            self.add_error("last", _("Tanggal selesai tidak boleh mendahului tanggal mulai."))
        return values


class EffectiveForm(forms.Form):
    effective_from = DayField(label=_("Berlaku mulai"))


class JointLeaveForm(forms.Form):
    is_closed = forms.BooleanField(label=_("Tutup pada cuti bersama"), required=False)


class DecreeForm(forms.ModelForm):  # type: ignore[type-arg]  # generic in the stubs only
    decided_on = DayField(label=_("Tanggal penetapan"))

    class Meta:
        model = HolidayDecree
        fields = ["title", "number", "decided_on", "legal_basis"]


class HolidayForm(forms.Form):
    """One day of a decree; which kinds it may be depends on whose decree it is."""

    day = DayField(label=_("Tanggal"))
    name = forms.CharField(label=_("Nama hari libur"), max_length=150)
    kind = forms.ChoiceField(label=_("Jenis"))

    def __init__(self, *args: Any, national: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        local = Holiday.Kind.LOCAL
        choices = [c for c in Holiday.Kind.choices if (c[0] == local) != national]
        kind = self.fields["kind"]
        if isinstance(kind, forms.ChoiceField):
            kind.choices = choices
        self.initial.setdefault("kind", choices[0][0])
