from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.validators import RegexValidator, validate_email
from django.utils.translation import gettext_lazy as _

from halopst.core.errors import Refused
from halopst.core.forms import DayField, PlainField
from halopst.letters.esign import Person
from halopst.letters.models import NumberPattern, Signatory, Template
from halopst.letters.services import check_classification
from halopst.letters.services.refusals import PdfTooLarge
from halopst.letters.services.verifying import LARGEST_SIGNED
from halopst.units.models import Unit

HEAD = 1024  # a PDF says that it is one within its first bytes
WORD_TYPE = ".docx,application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class TemplateForm(forms.Form):
    body = PlainField(
        label=_("Naskah"),
        max_length=60_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 26, "spellcheck": "false", "wrap": "off", "class": "naskah"}),
    )
    note = PlainField(label=_("Catatan perubahan"), max_length=300, required=False)
    word = forms.FileField(
        label=_("Templat Word"),
        required=False,
        help_text=_("Opsional, .docx paling besar 2 MB, dengan isian seperti {{ nomor }}."),
        widget=forms.ClearableFileInput(attrs={"accept": WORD_TYPE}),
    )
    valid_from = DayField(label=_("Berlaku mulai"), required=False)

    def __init__(self, *args: Any, template: Template | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if template is not None:
            self.initial = {"body": template.body, "note": template.note, **self.initial}

    @property
    def word_bytes(self) -> bytes | None:
        """The Word template uploaded now, None to keep what is there."""
        given = self.cleaned_data.get("word")
        return given.read() if given else None


class KindForm(forms.Form):
    """A form about one of the `kinds` of letters (code and label)."""

    kind = forms.ChoiceField(label=_("Jenis surat"))

    def __init__(self, *args: Any, kinds: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # declared above
        field.choices = kinds


class PatternForm(KindForm):
    counter = PlainField(
        label=_("Urutan nomor"),
        max_length=20,
        help_text=NumberPattern._meta.get_field("counter").help_text,
    )
    pattern = PlainField(
        label=_("Pola"), max_length=120, help_text=NumberPattern._meta.get_field("pattern").help_text
    )
    grade = forms.ChoiceField(
        label=_("Derajat"),
        choices=[
            ("B", _("B, biasa")),
            ("T", _("T, terbatas")),
            ("R", _("R, rahasia")),
            ("SR", _("SR, sangat rahasia")),
        ],
    )
    classification = PlainField(
        label=_("Klasifikasi arsip"),
        max_length=10,
        required=False,
        help_text=_("Kode yang berlaku pada hari pola itu mulai. Contoh: VS.330"),
        widget=forms.TextInput(attrs={"list": "klasifikasi", "autocomplete": "off"}),
    )
    resets = forms.ChoiceField(label=_("Mulai dari satu"), choices=NumberPattern.Reset.choices)
    keeps_dates = forms.BooleanField(
        label=_("Nomor mengikuti urutan tanggal; surat bertanggal mundur mendapat sisipan (B-005.01)"),
        required=False,
    )
    valid_from = DayField(label=_("Berlaku mulai"))
    basis = PlainField(label=_("Dasar"), max_length=200)

    def __init__(self, *args: Any, unit: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unit = unit

    def clean_classification(self) -> str:
        return str(self.cleaned_data["classification"]).upper()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if "valid_from" in cleaned and "classification" in cleaned:
            code, day = cleaned["classification"], cleaned["valid_from"]
            try:
                check_classification(self.unit, code, day, must_be_known=True)
            except Refused as refusal:
                self.add_error("classification", str(refusal.message))
        return cleaned


class ImportNumbersForm(KindForm):
    """Numbers used before, pasted from a spreadsheet: number, date, note, one letter per line."""

    lines = PlainField(
        label=_("Nomor yang sudah dipakai"),
        max_length=500_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_(
            "Satu surat satu baris: nomor, tanggal (31 Januari 2026 atau 2026-01-31), catatan; dipisah tab "
            "atau titik koma."
        ),
    )

    def clean_lines(self) -> list[tuple[str, Any, str]]:
        rows = []
        self.places: list[int] = []
        for place, line in enumerate(self.cleaned_data["lines"].splitlines(), 1):
            if not line.strip():
                continue
            self.places.append(place)
            cells = [cell.strip() for cell in line.replace("\t", ";").split(";")]
            rows.append((cells[0][:150], _day_in(cells, place), " ".join(cells[2:])))
        return rows


def _day_in(cells: Sequence[str], place: int) -> date:
    """The day after the number. Raises ValidationError that names the line and what is wrong with the day."""
    if not "".join(cells[1:2]):
        lacking = _("Baris %(baris)d: tulis tanggal setelah nomor, misalnya 2026-01-31.")
        raise forms.ValidationError(lacking, params={"baris": place})
    try:
        day: date = DayField().clean(cells[1])
    except forms.ValidationError as error:
        wrong = _("Baris %(baris)d, tanggal “%(tanggal)s”: %(alasan)s")
        said = {"baris": place, "tanggal": cells[1][:40], "alasan": " ".join(error.messages)}
        raise forms.ValidationError(wrong, params=said) from error
    return day


class WhoSignsForm(forms.Form):
    """Who a signatory is, as it is printed."""

    name = PlainField(label=_("Nama dan gelar"), max_length=150)
    nip = PlainField(
        label=_("NIP"),
        max_length=30,
        help_text=_("18 angka. Spasi boleh."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    title = PlainField(label=_("Jabatan"), max_length=200, help_text=_("Seperti tercetak di surat."))
    is_acting = forms.BooleanField(
        label=_("Pelaksana tugas (Plt.)"),
        required=False,
        help_text=_("Jabatan dicetak dengan Plt. di depannya; tulis Plh. sendiri bila pelaksana harian."),
    )
    basis = PlainField(
        label=_("Dasar penetapan"), max_length=200, help_text=_("Nomor SK atau surat perintah.")
    )

    def clean_nip(self) -> str:
        digits = "".join(str(self.cleaned_data["nip"]).split())
        RegexValidator(r"^[0-9]{18}$", _("NIP terdiri dari 18 angka."))(digits)
        return digits


class SignatoryForm(WhoSignsForm):
    role = forms.ChoiceField(label=_("Peran"), choices=Signatory.Role.choices)
    first_day = DayField(label=_("Mulai"))
    last_day = DayField(label=_("Sampai"), required=False)

    field_order = ("role", "name", "nip", "title", "is_acting", "first_day", "last_day", "basis")


class EndForm(forms.Form):
    last_day = DayField(label=_("Hari terakhir"))


class ClassificationForm(forms.Form):
    code = forms.RegexField(
        r"^[A-Z]{2}(\.[0-9]{3,4})?$",
        label=_("Kode"),
        max_length=10,
        help_text=_("Dua huruf, titik, lalu angka. Contoh: VS.330"),
        error_messages={"invalid": _("Tulis dua huruf besar, titik, lalu tiga atau empat angka: VS.330")},
    )
    title = PlainField(label=_("Uraian"), max_length=300)
    first_day = DayField(label=_("Berlaku mulai"))
    last_day = DayField(label=_("Hari terakhir"), required=False, help_text=_("Kosongkan bila seterusnya."))
    basis = PlainField(label=_("Dasar hukum"), max_length=200, help_text=_("Contoh: Perka BPS 99 Tahun 2018"))


class EndClassificationForm(EndForm):
    """The end of a code, and the document it comes from."""

    basis = PlainField(label=_("Dasar hukum"), max_length=200)


class ReasonForm(forms.Form):
    reason = PlainField(label=_("Alasan"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class ScanForm(forms.Form):
    file = forms.FileField(
        label=_("Pindaian PDF"),
        help_text=_("Semua halaman, paling besar 10 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,application/pdf"}),
    )
    signer = PlainField(label=_("Penanda tangan"), max_length=150)
    compared = forms.BooleanField(
        label=_("Saya sudah mencocokkan nomor di kertas dengan nomor surat ini"),
        required=False,
        help_text=_("Hanya perlu bila kode QR di pindaian tidak terbaca."),
    )


class StackForm(forms.Form):
    file = forms.FileField(
        label=_("Pindaian banyak surat"),
        help_text=_(
            "Satu PDF berisi semua surat bertanda tangan, paling besar 60 MB. Halaman satu surat berurutan."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,application/pdf"}),
    )
    signer = PlainField(label=_("Penanda tangan"), max_length=150)


class EsignForm(forms.Form):
    """Who signs and with what only they know; asking for a code or a status takes no more than who."""

    signer = PlainField(
        label=_("Penanda tangan"), max_length=150, help_text=_("Nama seperti tercetak di surat.")
    )
    identity = PlainField(
        label=_("NIK atau surel pemilik sertifikat"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    passphrase = forms.CharField(
        label=_("Frasa sandi"),
        max_length=200,
        strip=False,
        required=False,
        help_text=_("Dikirim langsung ke BSrE, tidak disimpan."),
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )
    totp = forms.CharField(
        label=_("Kode TOTP"),
        max_length=20,
        required=False,
        help_text=_("Minta kodenya lebih dulu. Dikirim langsung ke BSrE, tidak disimpan."),
        widget=forms.PasswordInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )
    visible = forms.BooleanField(
        label=_("Tampilkan blok tanda tangan di atas nama"),
        required=False,
        help_text=_("Berisi kode QR pemeriksaan, nama, dan waktu."),
    )
    confirmed = forms.BooleanField(
        label=_("Pemilik sertifikat ini adalah penanda tangan surat"),
        required=False,
        help_text=_("Hanya perlu bila nama di sertifikat ditulis lain daripada di surat."),
    )

    def __init__(self, *args: Any, asks_code: bool, is_signing: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("passphrase" if asks_code else "totp")
        self.fields["totp" if asks_code else "passphrase"].required = is_signing
        self.fields["signer"].required = is_signing

    def clean_identity(self) -> str:
        given: str = self.cleaned_data["identity"].strip()
        if "@" in given:
            validate_email(given)
        else:
            RegexValidator(r"^[0-9]{16}$", _("Tulis NIK 16 angka, atau alamat surel."))(given)
        return given

    @property
    def asks_confirmation(self) -> bool:
        """Whether to show the tick: only once a certificate named somebody else, so that it is no habit."""
        return "confirmed" in self.errors or "confirmed" in self.data

    @property
    def person(self) -> Person:
        given = self.cleaned_data
        name = "email" if "@" in given["identity"] else "nik"
        secrets = {kind: given.get(kind, "") for kind in ("passphrase", "totp")}
        return Person(**{name: given["identity"]}, **secrets)


class SealForm(forms.Form):
    """The code that activates the office's seal; empty when the code is only asked for."""

    code = forms.CharField(
        label=_("Kode segel"),
        max_length=40,
        help_text=_(
            "Minta kodenya lebih dulu: BSrE mengirimnya lewat surel kepada pemegang segel. Dikirim langsung "
            "ke BSrE, tidak disimpan."
        ),
        widget=forms.PasswordInput(attrs={"autocomplete": "one-time-code"}),
    )

    def __init__(self, *args: Any, is_sealing: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].required = is_sealing


class CheckForm(forms.Form):
    file = forms.FileField(
        label=_("PDF bertanda tangan"),
        help_text=_("Paling besar 20 MB. Dikirim ke layanan BSrE instansi untuk diperiksa, tidak disimpan."),
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,application/pdf"}),
    )


class VerifyForm(forms.Form):
    file = forms.FileField(
        label=_("Berkas PDF yang Anda terima"),
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,application/pdf"}),
    )

    def clean_file(self) -> Any:
        given = self.cleaned_data["file"]
        if given.size > LARGEST_SIGNED:
            raise forms.ValidationError(PdfTooLarge.message)
        if b"%PDF-" not in next(given.chunks())[:HEAD]:
            raise forms.ValidationError(_("Berkas ini bukan PDF. Pilih PDF surat yang Anda terima."))
        return given
