from typing import TYPE_CHECKING, Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from halopst.consultations.models import Mode, Purpose, Result
from halopst.core.formats import phone_digits
from halopst.core.forms import CodeField, PlainField

if TYPE_CHECKING:
    from collections.abc import Sequence


class ManyFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class ManyFiles(forms.FileField):
    """Several at once; the draft keeps them whatever else is wrong."""

    widget = ManyFilesInput
    keeps_files = True

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        single = super().clean
        given: Sequence[Any] = data if isinstance(data, list | tuple) else [data] if data else []
        return [single(one, initial) for one in given]


def phone_or_error(text: str) -> str:
    try:
        return phone_digits(text) if text.strip() else ""
    except ValueError as error:
        raise forms.ValidationError(str(error)) from error


class TopicForm(forms.Form):
    """What the visitor wants to talk about, and who they are if they have not signed in."""

    topic = PlainField(
        label=_("Topik singkat"),
        max_length=150,
        help_text=_("Satu kalimat cukup."),
        error_messages={
            "required": _("Tulis topiknya dalam satu kalimat. Contoh: garis kemiskinan 2021–2026"),
            "max_length": _("Topik terlalu panjang. Ringkas menjadi 150 huruf; rinciannya di isian berikut."),
        },
    )
    need = PlainField(
        label=_("Ceritakan kebutuhan Anda"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Data apa, wilayah mana, tahun berapa. Semakin jelas, semakin siap ahli kami."),
        error_messages={
            "required": _("Ceritakan data yang Anda butuhkan agar ahli dapat bersiap."),
            "max_length": _("Terlalu panjang. Ringkas menjadi 2.000 huruf, atau kirim sebagai berkas."),
        },
    )
    purpose = forms.ChoiceField(
        label=_("Untuk keperluan apa?"),
        choices=Purpose.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Pilih salah satu keperluan."),
            "invalid_choice": _("Pilih salah satu keperluan."),
        },
    )
    attachments = ManyFiles(
        label=_("Berkas pendukung"),
        required=False,
    )
    name = PlainField(
        label=_("Nama Anda"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Tulis nama Anda agar ahli tahu harus menyapa siapa.")},
    )
    email = forms.EmailField(
        label=_("Surel"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _("Tulis surel Anda; kabar dan tautan kami kirim ke sana."),
            "invalid": _("Surel belum lengkap. Contoh: nama@kampus.ac.id"),
        },
    )
    phone = PlainField(
        label=_("Nomor WhatsApp"),
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel", "type": "tel"}),
    )
    wants_whatsapp = forms.BooleanField(label=_("Kirim juga kabarnya lewat WhatsApp"), required=False)
    agreed = forms.BooleanField(
        label=_("Saya setuju data kontak dipakai untuk mengatur konsultasi ini."),
        error_messages={"required": _("Beri tanda setuju supaya kami boleh menghubungi Anda.")},
    )

    def __init__(self, *args: Any, known: bool, mode: str, agreed: bool, **kwargs: Any) -> None:
        """`known` visitors have signed in; `agreed` ones already gave the consent in force."""
        super().__init__(*args, **kwargs)
        if known:
            del self.fields["name"], self.fields["email"]
        if agreed:
            del self.fields["agreed"]
        if mode == Mode.PHONE:
            self.fields["phone"].required = True
            self.fields["phone"].label = _("Nomor yang kami telepon")
            self.fields["phone"].error_messages["required"] = _(
                "Isi nomor yang dapat kami telepon. Contoh: 0812-3456-7890"
            )

    def clean_phone(self) -> str:
        return phone_or_error(self.cleaned_data["phone"])

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("wants_whatsapp") and not values.get("phone") and "phone" not in self.errors:
            self.add_error("phone", _("Isi nomor WhatsApp, atau hapus tanda pada pilihan WhatsApp."))
        return values


class CodeForm(forms.Form):
    code = CodeField(
        error_messages={
            "required": _("Tulis enam angka dari surel kami."),
            "invalid": _("Kode terdiri atas enam angka. Periksa surel terbaru dari kami."),
        },
    )


class CancelForm(forms.Form):
    reason = PlainField(
        label=_("Alasan"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Membantu kami memperbaiki layanan."),
    )


class VersionedForm(forms.Form):
    """Carries which state of the consultation the officer was looking at."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2_000_000_000)


class LinkForm(VersionedForm):
    link = PlainField(
        label=_("Tautan pertemuan"),
        required=False,
        max_length=500,
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
        help_text=_("Tempel tautan Zoom atau layanan lain. Harus dimulai dengan https://"),
    )

    def __init__(self, *args: Any, needs_link: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["link"].required = needs_link
        self.fields["link"].error_messages["required"] = _(
            "Isi tautan pertemuan daring. Contoh: https://us02web.zoom.us/j/81234567890"
        )


class ProposeForm(LinkForm):
    note = PlainField(
        label=_("Pesan untuk pemohon"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    starts_at = forms.DateTimeField(widget=forms.HiddenInput)


class PassForm(VersionedForm):
    expert = forms.IntegerField(
        min_value=1,
        max_value=2**63 - 1,
        error_messages={
            "required": _("Pilih ahli yang akan menangani."),
            "invalid": _("Pilih ahli yang akan menangani."),
        },
    )
    note = PlainField(
        label=_("Pesan untuk pemohon"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class DeclineForm(VersionedForm):
    reason = PlainField(
        label=_("Alasan"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Dikirim kepada pemohon. Sebutkan langkah lain yang dapat ditempuh."),
        error_messages={"required": _("Tulis alasannya agar pemohon tahu langkah berikutnya.")},
    )


class FinishForm(VersionedForm):
    result = forms.ChoiceField(
        label=_("Hasil"),
        choices=Result.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih hasilnya."), "invalid_choice": _("Pilih hasilnya.")},
    )
    summary = PlainField(
        label=_("Ringkasan untuk pemohon"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Tulis ringkasan: apa yang dijawab dan dari sumber mana.")},
    )
    note = PlainField(
        label=_("Sebab tidak tersedia, atau dirujuk ke mana"),
        required=False,
        max_length=300,
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("result") not in {None, Result.FOUND} and not values.get("note"):
            self.add_error("note", _("Tulis sebabnya, atau ke mana pemohon dirujuk."))
        return values


class PolicyForm(forms.Form):
    change_notice_minutes = forms.IntegerField(
        label=_("Batas ubah atau batal, menit sebelum mulai"), min_value=0, max_value=10080
    )
    check_in_minutes = forms.IntegerField(
        label=_("Tanda hadir dibuka, menit sebelum mulai"), min_value=5, max_value=240
    )
    grace_minutes = forms.IntegerField(
        label=_("Tenggang sebelum dinyatakan tidak hadir, menit"), min_value=5, max_value=120
    )
    most_unanswered = forms.IntegerField(
        label=_("Permintaan satu pemohon yang boleh menunggu jawaban sekaligus"), min_value=1, max_value=20
    )
