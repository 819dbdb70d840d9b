from dataclasses import asdict, fields
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from halopst.scheduling.models import DAYS, AvailabilityException, BookingPolicy, Expert, Field, Leave
from halopst.scheduling.queries import all_fields
from halopst.scheduling.rules import Policy

ICONS = [
    ("life-buoy", _("Pelampung")),
    ("database", _("Basis data")),
    ("users-round", _("Penduduk")),
    ("hard-hat", _("Helm kerja")),
    ("hand-heart", _("Tangan dan hati")),
    ("shopping-basket", _("Keranjang belanja")),
    ("tags", _("Label harga")),
    ("wheat", _("Bulir padi")),
    ("tree-palm", _("Pohon palem")),
    ("ship", _("Kapal")),
    ("trending-up", _("Garis naik")),
    ("sprout", _("Tunas")),
    ("circle-question-mark", _("Tanda tanya")),
    ("map", _("Peta")),
    ("factory", _("Pabrik")),
    ("store", _("Toko")),
    ("graduation-cap", _("Toga")),
    ("heart-pulse", _("Kesehatan")),
    ("house", _("Rumah")),
    ("truck", _("Truk")),
    ("fish", _("Ikan")),
    ("landmark", _("Gedung")),
    ("chart-no-axes-column", _("Grafik batang")),
    ("leaf", _("Daun")),
]
LAST_YEAR = 2100


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class ClockInput(forms.TimeInput):
    input_type = "time"

    def __init__(self) -> None:
        super().__init__(attrs={"step": "300"}, format="%H:%M")


def day_field(label: Any, **options: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        widget=DayInput(),
        error_messages={"invalid": _("Tulis tanggal lengkap. Contoh: 2026-11-23")},
        **options,
    )


def clock_field(label: Any) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        widget=ClockInput(),
        input_formats=["%H:%M", "%H.%M", "%H:%M:%S"],
        error_messages={"invalid": _("Tulis jam dan menit. Contoh: 08.30")},
    )


class ProfileForm(forms.Form):
    display_name = forms.CharField(
        label=_("Nama tampilan"),
        max_length=80,
        help_text=_("Nama panggilan yang dilihat pengunjung. Contoh: Cak Bagus, Ning Sekar"),
    )
    title = forms.CharField(
        label=_("Jabatan"), max_length=120, required=False, help_text=_("Contoh: Statistisi Ahli Muda")
    )
    bio = forms.CharField(
        label=_("Tentang saya"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Dua atau tiga kalimat: data apa yang Anda kuasai dan biasa Anda bantu."),
    )
    subjects = forms.ModelMultipleChoiceField(
        label=_("Bidang"),
        queryset=Field.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    languages = forms.MultipleChoiceField(
        label=_("Bahasa"), choices=Expert.Language, required=False, widget=forms.CheckboxSelectMultiple
    )
    is_public = forms.BooleanField(
        label=_("Pengunjung dapat memilih saya"),
        required=False,
        help_text=_("Bila dimatikan, janji yang sudah ada tetap berlaku."),
    )

    def __init__(self, data: Any = None, *, expert: Expert) -> None:
        super().__init__(
            data,
            initial={
                "display_name": expert.display_name,
                "title": expert.title,
                "bio": expert.bio,
                "subjects": list(expert.fields.all()),
                "languages": expert.languages,
                "is_public": expert.is_public,
            },
        )
        subjects = self.fields["subjects"]
        assert isinstance(subjects, forms.ModelMultipleChoiceField)  # noqa: S101  # tells the type checker
        subjects.queryset = all_fields(expert.unit)

    @property
    def values(self) -> dict[str, Any]:
        """What the service is given."""
        named = {key: value for key, value in self.cleaned_data.items() if key != "subjects"}
        return {**named, "fields": self.cleaned_data["subjects"]}


class PhotoForm(forms.Form):
    photo = forms.FileField(
        label=_("Foto"),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        help_text=_("JPEG, PNG atau WebP, paling besar 5 MB. Dipotong menjadi persegi."),
        error_messages={"required": _("Pilih satu berkas foto dulu.")},
    )


class HoursForm(forms.Form):
    weekdays = forms.TypedMultipleChoiceField(
        label=_("Hari"),
        choices=DAYS,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Pilih paling sedikit satu hari.")},
    )
    starts_at = clock_field(_("Mulai"))
    ends_at = clock_field(_("Selesai"))
    valid_from = day_field(_("Berlaku sejak"), required=False)
    valid_until = day_field(_("Berlaku sampai"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        starts, ends = cleaned.get("starts_at"), cleaned.get("ends_at")
        if starts and ends and starts >= ends:
            self.add_error("ends_at", _("Jam selesai harus sesudah jam mulai."))
        first, last = cleaned.get("valid_from"), cleaned.get("valid_until")
        if first and last and first > last:
            self.add_error("valid_until", _("Tanggal akhir tidak boleh sebelum tanggal awal."))
        return cleaned


class ExceptionForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("Jenis"),
        choices=AvailabilityException.Kind,
        widget=forms.RadioSelect,
        initial=AvailabilityException.Kind.BLOCKED,
    )
    day = day_field(_("Tanggal"))
    starts = clock_field(_("Mulai"))
    ends = clock_field(_("Selesai"))
    note = forms.CharField(
        label=_("Catatan untuk diri sendiri"),
        max_length=120,
        required=False,
        help_text=_("Tidak dilihat pengunjung. Contoh: rapat ARC"),
    )

    def __init__(self, data: Any = None, *, zone: ZoneInfo) -> None:
        super().__init__(data)
        self.zone = zone

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        day, starts, ends = (cleaned.get(name) for name in ("day", "starts", "ends"))
        if day and day.year >= LAST_YEAR:
            self.add_error("day", _("Tanggal itu terlalu jauh. Periksa tahunnya."))
        elif starts and ends and starts >= ends:
            self.add_error("ends", _("Jam selesai harus sesudah jam mulai."))
        elif day and starts and ends:
            cleaned["starts_at"] = datetime.combine(day, starts, self.zone)
            cleaned["ends_at"] = datetime.combine(day, ends, self.zone)
        return cleaned

    @property
    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("kind", "starts_at", "ends_at", "note")}


class LeaveForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("Keperluan"),
        choices=Leave.Kind,
        help_text=_("Pengunjung hanya melihat bahwa Anda tidak ada."),
    )
    first_day = day_field(_("Hari pertama"))
    last_day = day_field(_("Hari terakhir"), required=False, help_text=_("Kosongkan bila hanya satu hari."))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        first = cleaned.get("first_day")
        last = cleaned["last_day"] = cleaned.get("last_day") or first
        if first and last and last.year >= LAST_YEAR:
            self.add_error("last_day", _("Tanggal itu terlalu jauh. Periksa tahunnya."))
        elif first and last and first > last:
            self.add_error("last_day", _("Hari terakhir tidak boleh sebelum hari pertama."))
        return cleaned


class FieldForm(forms.Form):
    name = forms.CharField(label=_("Nama bidang"), max_length=60)
    synonyms = forms.CharField(
        label=_("Kata lain"),
        max_length=300,
        required=False,
        help_text=_("Kata yang biasa diketik orang, dipisah koma. Contoh: inflasi, IHK, harga konsumen"),
    )
    icon = forms.ChoiceField(
        label=_("Ikon"), choices=ICONS, widget=forms.RadioSelect, initial="circle-question-mark"
    )


class EditFieldForm(FieldForm):
    is_active = forms.BooleanField(
        label=_("Tampilkan kepada pengunjung"),
        required=False,
        help_text=_("Bidang yang disembunyikan tetap menyimpan ahli dan riwayatnya."),
    )

    def __init__(self, data: Any = None, *, field: Field) -> None:
        initial = {name: getattr(field, name) for name in ("name", "synonyms", "icon", "is_active")}
        super().__init__(data, initial=initial)


class PolicyForm(forms.Form):
    """Asks for what a `Policy` is made of, with the limits the model knows."""

    def __init__(self, data: Any = None, *, policy: Policy) -> None:
        super().__init__(data, initial=asdict(policy))
        names = [field.name for field in fields(Policy)]
        self.fields.update(forms.fields_for_model(BookingPolicy, fields=names))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        try:
            BookingPolicy(**cleaned).clean_fields(exclude={"unit", "expert"})
        except ValidationError as wrong:
            self.add_error(None, wrong)
        return cleaned

    @property
    def policy(self) -> Policy:
        return Policy(**self.cleaned_data)
