"""Forms for what an office carries out: activities, their parts by year, their duties."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from halopst.core.formats import language, rupiah
from halopst.core.forms import DayField
from halopst.partners.forms.reference import PositionField, offer, offer_positions
from halopst.partners.models import Activity, ActivityKind, BudgetLine, Position, Team, UnitPrice
from halopst.partners.services.planning.activities import LineOfAnotherYear


class LineField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not subscriptable when it runs
    """A budget line, with its year."""

    def __init__(self, **kwargs: Any) -> None:
        needed = {"required": _("Pilih MAK; tambahkan dulu di Acuan bila belum ada.")}
        rows = BudgetLine.objects.none()
        super().__init__(
            **{"queryset": rows, "empty_label": _("Pilih MAK"), "error_messages": needed, **kwargs}
        )

    def label_from_instance(self, obj: BudgetLine) -> str:
        return f"{obj.year}: {obj}"


class ActivityForm(forms.Form):
    name = forms.CharField(label=_("Nama kegiatan"), max_length=200)
    short_name = forms.CharField(
        label=_("Nama pendek"),
        max_length=24,
        help_text=_("Kepala kolom di lembar alokasi. Contoh: Sakernas Agt"),
    )
    kind = forms.ChoiceField(label=_("Jenis"), choices=ActivityKind)
    first_day = DayField(label=_("Hari pertama"))
    last_day = DayField(label=_("Hari terakhir"))
    budget_line = LineField(
        label=_("MAK"),
        help_text=_(
            "Tahun anggarannya sama dengan hari pertama. Tahun berikutnya dipilih di halaman kegiatan."
        ),
    )
    team = forms.ModelChoiceField(
        label=_("Tim"), queryset=Team.objects.none(), required=False, empty_label="–"
    )
    is_open = forms.BooleanField(
        label=_("Masih dialokasikan"),
        required=False,
        help_text=_("Bila dimatikan, kegiatan tidak tampil di lembar alokasi; yang sudah ada tetap."),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        lines: QuerySet[BudgetLine],
        teams: QuerySet[Team],
        activity: Activity | None = None,
    ) -> None:
        initial: dict[str, Any] = {"is_open": True}
        if activity:
            names = ("name", "short_name", "kind", "team", "is_open", "first_day", "last_day")
            initial = {name: getattr(activity, name) for name in names}
            initial["budget_line"] = activity.line_of(activity.first_day.year)
        super().__init__(data, initial=initial)
        offer(self, "budget_line", lines)
        offer(self, "team", teams)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        first, last = cleaned.get("first_day"), cleaned.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("Hari terakhir tidak boleh sebelum hari pertama."))
        line = cleaned.get("budget_line")
        if line and first and line.year != first.year:
            self.add_error("budget_line", str(LineOfAnotherYear(line, first.year).message))
        return cleaned


class YearLineForm(forms.Form):
    """What pays the part of an activity in one year."""

    budget_line = LineField(label=_("MAK"))

    def __init__(
        self,
        data: Any = None,
        *,
        lines: QuerySet[BudgetLine],
        year: int | None = None,
        chosen: BudgetLine | None = None,
    ) -> None:
        """A page shows one for each `year`, with the line `chosen` so far."""
        super().__init__(data, auto_id=f"mak-{year}-%s" if year else True, initial={"budget_line": chosen})
        offer(self, "budget_line", lines)


class PriceField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not subscriptable when it runs
    """Prices by year and amount: an activity over New Year has both years'."""

    def label_from_instance(self, obj: UnitPrice) -> str:
        return f"{obj.year}: {obj.name}, {rupiah(obj.amount, lang=language())} / {obj.volume_unit}"


class DutyForm(forms.Form):
    duty = PositionField(label=_("Jabatan"))
    unit_price = PriceField(
        label=_("Harga satuan"),
        queryset=UnitPrice.objects.none(),
        empty_label=_("Pilih harga"),
        error_messages={"required": _("Pilih harga; tambahkan dulu di Acuan bila belum ada.")},
    )

    def __init__(
        self, data: Any = None, *, prices: QuerySet[UnitPrice], positions: Iterable[Position]
    ) -> None:
        super().__init__(data)
        offer(self, "unit_price", prices)
        offer_positions(self, "duty", positions)
