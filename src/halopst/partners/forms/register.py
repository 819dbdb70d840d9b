"""Forms about one mitra."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from halopst.core.formats import phone_digits
from halopst.core.forms import DayField, YearField
from halopst.partners.models import Blacklisting, Person, PersonDocument, Registration
from halopst.partners.rules.identity import (
    Malformed,
    account_of,
    contradictions,
    nik_of,
    npwp_of,
    sobat_id_of,
)
from halopst.partners.services.people.register import PARTICULARS
from halopst.partners.wording.faults import sentence

EARLIEST_BIRTH = date(1900, 1, 1)
PLACEHOLDER = [("", "–")]


def _plausible(day: date) -> None:
    if not EARLIEST_BIRTH <= day <= date.today():  # noqa: DTZ011  # a birth date has no zone
        raise forms.ValidationError(sentence("date-range"))


class NumberField(forms.CharField):
    """A number that `read` checks and normalises; what it refuses becomes a sentence for the form."""

    def __init__(self, *, read: Callable[[str], str], **kwargs: Any) -> None:
        hints = {"inputmode": "numeric", "autocomplete": "off"}
        super().__init__(**{"max_length": 40, "widget": forms.TextInput(attrs=hints), **kwargs})
        self.read = read

    def clean(self, value: Any) -> str:
        text: str = super().clean(value)
        if not text:
            return ""
        try:
            return self.read(text)
        except Malformed as wrong:
            raise forms.ValidationError(sentence(wrong.code, wrong.detail), code=wrong.code) from wrong


class PhoneField(forms.CharField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 30, "widget": forms.TextInput(attrs={"type": "tel"}), **kwargs})

    def clean(self, value: Any) -> str:
        text: str = super().clean(value)
        try:
            return phone_digits(text) if text else ""
        except ValueError as wrong:
            raise forms.ValidationError(str(wrong), code="phone") from wrong


class BirthField(DayField):
    default_validators = [_plausible]


class YearForm(forms.Form):
    """What a mitra is to an office in a year."""

    year = YearField(label=_("Tahun"))
    position = forms.ChoiceField(label=_("Posisi"), choices=Registration.Position)
    status = forms.ChoiceField(label=_("Status"), choices=Registration.Status)
    decree = forms.CharField(
        label=_("SK penetapan"), max_length=150, required=False, help_text=_("Contoh: SK KPA 12/2026")
    )


class PersonForm(forms.Form):
    """All an office writes of a mitra. `warnings` holds what looks odd in a valid form but may be saved."""

    nik = NumberField(label=_("NIK"), read=nik_of, required=False)
    id_sobat = NumberField(label=_("ID SOBAT"), read=sobat_id_of, required=False, help_text=_("12 angka"))
    name = forms.CharField(label=_("Nama sesuai KTP"), max_length=150)
    birth_date = BirthField(label=_("Tanggal lahir"), required=False)
    sex = forms.ChoiceField(
        label=_("Jenis kelamin"), choices=[*PLACEHOLDER, *Person.Sex.choices], required=False
    )
    phone = PhoneField(label=_("Nomor WhatsApp"), required=False, help_text=_("Contoh: 0812-3456-7890"))
    email = forms.EmailField(label=_("Surel"), max_length=254, required=False)
    npwp = NumberField(
        label=_("NPWP"), read=npwp_of, required=False, help_text=_("16 angka (sama dengan NIK) atau 15 angka")
    )
    address = forms.CharField(
        label=_("Alamat"),
        max_length=300,
        required=False,
        help_text=_("Tercetak di perjanjian; tanpa alamat surat mitra ini tidak dapat dibuat."),
    )
    district = forms.CharField(label=_("Kecamatan"), max_length=100, required=False)
    village = forms.CharField(label=_("Desa atau kelurahan"), max_length=100, required=False)
    education = forms.ChoiceField(
        label=_("Pendidikan"), choices=[*PLACEHOLDER, *Person.Education.choices], required=False
    )
    occupation = forms.CharField(label=_("Pekerjaan"), max_length=100, required=False)
    other_employment = forms.CharField(
        label=_("Ikatan kerja lain"),
        max_length=150,
        required=False,
        help_text=_("Misalnya perangkat desa atau pegawai kontrak instansi lain."),
    )
    capi_experience = forms.BooleanField(label=_("Pernah memakai CAPI"), required=False)

    def __init__(self, data: Any = None, *, person: Person | None = None) -> None:
        shown = [name for name in PARTICULARS if name != "npwp"]
        super().__init__(data, initial={name: getattr(person, name) for name in shown} if person else {})
        self.person = person
        if person and person.nik_hash:
            self.fields["nik"].help_text = _("Isi hanya bila NIK yang tercatat salah.")
        if person and person.npwp_locked:
            self.fields["npwp"].help_text = _("Isi hanya bila NPWP yang tercatat salah.")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        known = bool(self.person and self.person.nik_hash)
        if not self.errors and not cleaned["nik"] and not cleaned["id_sobat"] and not known:
            self.add_error("nik", sentence("nik-missing"))
        return cleaned

    @property
    def particulars(self) -> dict[str, Any]:
        """The values for the service; an NPWP left blank keeps the one on record."""
        given = {name: self.cleaned_data[name] for name in PARTICULARS}
        return given if given["npwp"] else {name: given[name] for name in given if name != "npwp"}

    @property
    def warnings(self) -> list[str]:
        nik = self.cleaned_data["nik"] or (self.person.nik if self.person else "")
        if not nik:
            return []
        birth_date, sex = self.cleaned_data["birth_date"], self.cleaned_data["sex"]
        return [sentence(code) for code in contradictions(nik, birth_date=birth_date, sex=sex)]


class AccountForm(forms.Form):
    bank = forms.CharField(label=_("Bank"), max_length=80)
    number = NumberField(label=_("Nomor rekening"), read=account_of)
    holder = forms.CharField(
        label=_("Atas nama"), max_length=150, help_text=_("Persis seperti di buku rekening.")
    )


class DocumentForm(forms.Form):
    kind = forms.ChoiceField(label=_("Jenis"), choices=PersonDocument.Kind)
    file = forms.FileField(
        label=_("Berkas"),
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
        help_text=_("PDF, JPG, atau PNG, paling besar 5 MB."),
        error_messages={"required": _("Pilih satu berkas dulu.")},
    )


class BlacklistForm(forms.Form):
    reason = forms.CharField(
        label=_("Alasan"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Apa yang terjadi, di kegiatan apa, dan buktinya. Mitra berhak membacanya."),
    )
    since = DayField(label=_("Sejak"))
    last_day = DayField(
        label=_("Hari terakhir"),
        required=False,
        help_text=_("Sesudah hari ini mitra boleh ditugaskan lagi; kosongkan bila tanpa batas."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        since, last_day = cleaned.get("since"), cleaned.get("last_day")
        if since and last_day and last_day < since:
            self.add_error("last_day", _("Hari terakhir tidak boleh sebelum tanggal mulai."))
        return cleaned


class AppealForm(forms.Form):
    text = forms.CharField(
        label=_("Keberatan mitra"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class DecisionForm(forms.Form):
    decision = forms.ChoiceField(
        label=_("Putusan"),
        choices=[choice for choice in Blacklisting.Decision.choices if choice[0]],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(label=_("Pertimbangan"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
