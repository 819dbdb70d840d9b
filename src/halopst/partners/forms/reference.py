"""Forms for the figures money rests on."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, TypeAlias

from django import forms
from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from halopst.accounts.models import User
from halopst.core.formats import language, rupiah
from halopst.core.forms import DayField, YearField
from halopst.core.validity import period_of
from halopst.partners.models import (
    ActivityKind,
    BudgetLine,
    Employment,
    HonorCap,
    OfficeRules,
    Position,
    TaxPolicy,
    Team,
    UnitPrice,
)
from halopst.partners.models.reference import LARGEST_AMOUNT
from halopst.partners.rules import brackets
from halopst.partners.rules.money import rupiah_of
from halopst.partners.services.reference.positions import position_to_cap
from halopst.units.models import Unit

# How many parts a MAK has and what each means differs by kind of office and year: only its shape is asked.
PARTS_OF_A_LINE = r"^[0-9A-Za-z]+(\.[0-9A-Za-z]+)+$"


class PositionField(forms.ChoiceField):
    """The code of a position; whether it may be given is for the service to say, in a sentence."""

    def valid_value(self, value: Any) -> bool:  # noqa: ARG002  # every code is for the service to judge
        return True


class RupiahField(forms.CharField):
    """Whole rupiah, as `rupiah_of` reads them."""

    def __init__(self, *, least: int = 1, **kwargs: Any) -> None:
        hints = {"inputmode": "numeric", "autocomplete": "off"}
        super().__init__(**{"max_length": 24, "widget": forms.TextInput(attrs=hints), **kwargs})
        self.least = least

    def clean(self, value: Any) -> int | None:
        text = super().clean(value)
        if not text and not self.required:
            return None
        try:
            amount = rupiah_of(text)
        except ValueError:
            amount = -1
        if amount > LARGEST_AMOUNT:
            most = rupiah(LARGEST_AMOUNT, lang=language())
            raise forms.ValidationError(_("Paling banyak %(rupiah)s."), params={"rupiah": most})
        if amount < self.least:
            raise forms.ValidationError(_("Tulis rupiah bulat tanpa sen. Contoh: 3.085.000"))
        return amount


class DatedForm(forms.Form):
    """A figure with its basis and first day."""

    basis = forms.CharField(
        label=_("Dasar hukum"), max_length=200, help_text=_("Contoh: Surat Menteri Keuangan S-1/MK.02/2026")
    )
    valid_from = DayField(label=_("Berlaku mulai"))
    field_order: list[str] | None = None

    @property
    def dated(self) -> dict[str, Any]:
        first = self.cleaned_data["valid_from"]
        return {"basis": self.cleaned_data["basis"], "valid_from": first, "year": first.year}


class CapForm(DatedForm):
    activity_kind = forms.ChoiceField(label=_("Jenis kegiatan"), choices=ActivityKind)
    employment = forms.ChoiceField(label=_("Kepegawaian"), choices=Employment)
    duty = PositionField(label=_("Jabatan"))
    amount = RupiahField(label=_("Batas sebulan"))
    field_order = ["activity_kind", "employment", "duty", "amount", "valid_from", "basis"]

    def __init__(self, data: Any = None, *, positions: Iterable[Position], **more: Any) -> None:
        super().__init__(data, **more)
        offer_positions(self, "duty", positions)

    def row(self, unit: Unit) -> HonorCap:
        line = {name: self.cleaned_data[name] for name in ("activity_kind", "employment", "amount")}
        first, code = self.cleaned_data["valid_from"], self.cleaned_data["duty"]
        position = position_to_cap(unit, code, day=first, kind=line["activity_kind"])
        return HonorCap(province=unit, position=position, **line, **self.dated)


class PriceForm(DatedForm):
    name = forms.CharField(label=_("Pekerjaan"), max_length=200, help_text=_("Contoh: Pencacahan Sakernas"))
    volume_unit = forms.CharField(label=_("Satuan"), max_length=40, help_text=_("Contoh: dokumen, O-B"))
    amount = RupiahField(label=_("Harga satuan"))
    field_order = ["name", "volume_unit", "amount", "valid_from", "basis"]

    def row(self, unit: Unit) -> UnitPrice:
        line = {name: self.cleaned_data[name] for name in ("name", "volume_unit", "amount")}
        return UnitPrice(unit=unit, **line, **self.dated)


class BudgetLineForm(forms.Form):
    year = YearField(label=_("Tahun anggaran"))
    code = forms.RegexField(
        PARTS_OF_A_LINE,
        label=_("MAK"),
        max_length=60,
        help_text=_("Contoh: 054.01.GG.2900.BMA.004.005.A.521213"),
        error_messages={
            "invalid": _(
                "Tulis MAK dengan titik di antara bagiannya, misalnya 054.01.GG.2900.BMA.004.521213."
            )
        },
    )
    name = forms.CharField(label=_("Uraian"), max_length=200)
    ceiling = RupiahField(label=_("Pagu"), least=0)
    valid_from = DayField(label=_("Tanggal dokumen"))
    basis = forms.CharField(
        label=_("Dasar"), max_length=200, help_text=_("Contoh: DIPA 2026, SP DIPA-054.01.2.018100/2026")
    )

    def row(self, unit: Unit) -> BudgetLine:
        return BudgetLine(unit=unit, **self.cleaned_data)


class CeilingForm(forms.Form):
    revision = forms.IntegerField(
        label=_("Revisi POK ke"),
        min_value=1,
        max_value=999,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    valid_from = DayField(label=_("Tanggal revisi"))
    ceiling = RupiahField(label=_("Pagu baru"), least=0)
    basis = forms.CharField(
        label=_("Dasar"), max_length=200, help_text=_("Contoh: Surat pengesahan revisi POK 2/KPA/2026")
    )


class TeamForm(forms.Form):
    name = forms.CharField(label=_("Nama tim"), max_length=100)
    lead = forms.ModelChoiceField(
        label=_("Ketua tim"), queryset=User.objects.none(), required=False, empty_label="–"
    )

    def __init__(self, data: Any = None, *, people: QuerySet[User]) -> None:
        super().__init__(data)
        offer(self, "lead", people)

    def row(self, unit: Unit) -> Team:
        return Team(unit=unit, **self.cleaned_data)


class TaxForm(DatedForm):
    """Which figures are needed depends on the method; those it does not use are left out."""

    method = forms.ChoiceField(label=_("Cara"), choices=TaxPolicy.Method)
    ptkp_month = RupiahField(
        label=_("PTKP sebulan"),
        required=False,
        help_text=_("Hanya untuk cara bebas sampai PTKP. Contoh: 4.500.000"),
    )
    base_percent = forms.DecimalField(
        label=_("Bagian bruto yang dikenai (persen)"),
        required=False,
        min_value=1,
        max_value=100,
        localize=True,
        help_text=_("Hanya untuk bukan pegawai. Contoh: 50"),
    )
    rates = forms.CharField(
        label=_("Lapisan tarif"),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Satu baris satu lapisan: batas atas = persen. Baris terakhir hanya persen."),
    )
    surcharge_percent = forms.DecimalField(
        label=_("Tambahan tanpa NPWP (persen)"),
        required=False,
        min_value=1,
        max_value=100,
        localize=True,
        help_text=_(
            "Menambah pajak mitra yang NPWP-nya tidak tercatat. Kosongkan bila NIK berlaku sebagai NPWP."
        ),
    )
    surcharge_basis = forms.CharField(
        label=_("Dasar hukum tambahan"),
        max_length=200,
        required=False,
        help_text=_("Wajib bila ada tambahan. Contoh: Pasal 21 ayat (5a) UU Pajak Penghasilan"),
    )
    field_order = [
        "method",
        "ptkp_month",
        "base_percent",
        "rates",
        "valid_from",
        "basis",
        "surcharge_percent",
        "surcharge_basis",
    ]
    needs = {TaxPolicy.Method.ALLOWANCE: "ptkp_month", TaxPolicy.Method.NOT_AN_EMPLOYEE: "base_percent"}

    def clean_rates(self) -> list[dict[str, Any]]:
        try:
            return brackets.read(self.cleaned_data["rates"])
        except brackets.Unread as wrong:
            said = _("Baris %(line)d belum benar. Contoh: 5.400.000 = 0") % {"line": wrong.line}
            raise forms.ValidationError(said if wrong.line else _("Isi 1 sampai 60 lapisan.")) from wrong

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        needed = self.needs.get(cleaned.get("method", ""))
        if needed and not cleaned.get(needed) and needed not in self.errors:
            self.add_error(needed, _("Isi angka ini untuk cara yang dipilih."))
        for other in set(self.needs.values()) - {needed}:
            if cleaned.get("method") and cleaned.get(other):
                self.add_error(other, _("Cara yang dipilih tidak memakai angka ini. Kosongkan."))
        self._check_surcharge(cleaned.get("surcharge_percent"), cleaned.get("surcharge_basis"))
        return cleaned

    def _check_surcharge(self, percent: Decimal | None, basis: str | None) -> None:
        if percent and not basis:
            self.add_error("surcharge_basis", _("Tulis dasar hukum tambahan itu."))
        if basis and not percent and "surcharge_percent" not in self.errors:
            self.add_error("surcharge_percent", _("Isi persennya, atau kosongkan dasar hukum tambahannya."))

    def row(self, unit: Unit) -> TaxPolicy:
        method = self.cleaned_data["method"]
        figures: dict[str, Any] = {"brackets": self.cleaned_data["rates"]}
        if needed := self.needs.get(method):
            value = self.cleaned_data[needed]
            figures[needed] = value if isinstance(value, int) else brackets.plain(value)
        if more := self.cleaned_data["surcharge_percent"]:
            figures |= {
                "surcharge_percent": brackets.plain(more),
                "surcharge_basis": self.cleaned_data["surcharge_basis"],
            }
        return TaxPolicy(unit=unit, method=method, parameters=figures, **self.dated)


def as_typed(policy: TaxPolicy) -> dict[str, Any]:
    """What the form would hold of a policy that is on record."""
    figures = policy.parameters
    words = ("ptkp_month", "base_percent", "surcharge_percent", "surcharge_basis")
    typed = {name: figures[name] for name in words if name in figures}
    rates = brackets.written(figures.get("brackets", []))
    return {**typed, "method": policy.method, "rates": rates, "basis": policy.basis}


class PositionForm(forms.Form):
    code = forms.RegexField(
        r"^[a-z][a-z0-9_]*$",
        label=_("Kode"),
        max_length=20,
        help_text=_("Huruf kecil tanpa spasi, tetap dipakai bila namanya berganti. Contoh: pcl_ppl"),
        error_messages={"invalid": _("Tulis huruf kecil, angka, atau garis bawah. Contoh: pcl_ppl")},
    )
    name = forms.CharField(label=_("Nama jabatan"), max_length=100)
    name_en = forms.CharField(label=_("Nama dalam bahasa Inggris"), max_length=100, required=False)
    counts_as = PositionField(
        label=_("Batas honor (SBML)"),
        required=False,
        help_text=_("Batas mana yang berlaku bagi honornya."),
    )
    for_survey = forms.BooleanField(label=_("Untuk survei"), required=False, initial=True)
    for_census = forms.BooleanField(label=_("Untuk sensus"), required=False, initial=True)
    valid_from = DayField(label=_("Berlaku mulai"))
    last_day = DayField(label=_("Hari terakhir"), required=False, help_text=_("Kosongkan bila seterusnya."))
    basis = forms.CharField(label=_("Dasar hukum"), max_length=200)

    def __init__(self, data: Any = None, *, positions: Iterable[Position]) -> None:
        super().__init__(data)
        offer_positions(self, "counts_as", positions, ("", _("Batas tersendiri")))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        first, last = cleaned.get("valid_from"), cleaned.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("Hari terakhir tidak boleh sebelum hari pertama."))
        if not cleaned.get("for_survey") and not cleaned.get("for_census"):
            self.add_error("for_census", _("Pilih survei, sensus, atau keduanya."))
        return cleaned

    def row(self, unit: Unit) -> Position:
        known = self.cleaned_data
        kind = ActivityKind.SURVEY if known["for_survey"] else ActivityKind.CENSUS
        first, last, under = known["valid_from"], known["last_day"], known["counts_as"]
        words = ("code", "name", "name_en", "for_survey", "for_census", "basis")
        return Position(
            unit=unit,
            period=period_of(first, last),
            counts_as=position_to_cap(unit, under, day=first, kind=kind) if under else None,
            **{name: known[name] for name in words},
        )


class EndForm(forms.Form):
    """The end of a position, and the document it comes from."""

    last_day = DayField(label=_("Hari terakhir"))
    basis = forms.CharField(label=_("Dasar hukum"), max_length=200)


FigureForm: TypeAlias = PositionForm | CapForm | PriceForm | BudgetLineForm | TeamForm | TaxForm
"""Each describes one row of its model, which `row` gives."""


class RulesForm(forms.Form):
    census_is_exclusive = forms.BooleanField(
        label=_("Sensus tidak dirangkap"),
        required=False,
        help_text=_(
            "Mitra yang bertugas sensus pada suatu bulan tidak menerima kegiatan lain pada bulan itu."
        ),
    )
    contract_kind = forms.ChoiceField(
        label=_("Satu perjanjian untuk"),
        choices=OfficeRules.ContractKind,
        help_text=_("Berlaku bagi perjanjian berikutnya; yang sudah dibuat tidak berubah."),
    )
    payment_days = forms.IntegerField(
        label=_("Batas hari pembayaran"),
        required=False,
        min_value=1,
        max_value=365,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        help_text=_(
            "Honor dibayar paling lambat sekian hari sesudah bulannya berakhir. Kosong: tidak dipantau."
        ),
    )
    basis = forms.CharField(label=_("Dasar"), max_length=200, required=False)


def offer(form: forms.Form, name: str, rows: QuerySet[Any, Model]) -> None:
    field: Any = form.fields[name]
    field.queryset = rows


def offer_positions(form: forms.Form, name: str, rows: Iterable[Position], *first: Any) -> None:
    field: Any = form.fields[name]
    field.choices = [*first, *((row.code, row.title) for row in rows)]
