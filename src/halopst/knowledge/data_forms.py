"""Forms for the people who keep an office's figures."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from halopst.core.forms import DayField
from halopst.knowledge.services.webapi_access import KeyMissing

DEFAULT_ADDRESS = "https://webapi.bps.go.id/v1/api"


class AccessForm(forms.Form):
    address = forms.CharField(
        label=_("Alamat WebAPI"),
        max_length=200,
        initial=DEFAULT_ADDRESS,
        help_text=_("Tanpa kunci di dalamnya."),
    )
    key = forms.CharField(
        label=_("Kunci WebAPI"),
        max_length=200,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_("Disimpan tersegel dan tidak ditampilkan lagi. Kosongkan bila kuncinya tetap."),
    )
    per_second = forms.IntegerField(
        label=_("Permintaan per detik"),
        min_value=1,
        max_value=10,
        initial=1,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        help_text=_("Satu atau dua sudah cukup dan sopan."),
    )
    is_on = forms.BooleanField(
        label=_("Ambil data lewat WebAPI"),
        required=False,
        help_text=_("Selama belum dicentang, tidak ada yang diminta ke jaringan."),
    )

    def __init__(self, *args: Any, needs_key: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].required = needs_key
        self.fields["key"].error_messages["required"] = KeyMissing.message
        if needs_key:
            self.fields["key"].help_text = _("Disimpan tersegel dan tidak ditampilkan lagi.")


class FiguresFileForm(forms.Form):
    file = forms.FileField(
        label=_("Berkas angka"),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        help_text=_("XLSX atau CSV, paling besar 10 MB dan 20.000 baris. Tabelnya di lembar pertama."),
        error_messages={"required": _("Pilih satu berkas dulu.")},
    )


class AliasesForm(forms.Form):
    aliases = forms.CharField(
        label=_("Nama lain"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "Satu per baris: sebutan yang dipakai orang saat bertanya. Awali dengan “en:” yang menjadi nama "
            "di halaman berbahasa Inggris, misalnya “en: Poverty Rate”."
        ),
    )


class ReleaseForm(forms.Form):
    period = forms.CharField(
        label=_("Periode"), max_length=40, help_text=_("Misalnya 2026, Triwulan II 2026, atau Maret 2026.")
    )
    due_on = DayField(label=_("Dijadwalkan rilis"))
    note = forms.CharField(label=_("Catatan"), max_length=200, required=False)


class CloseRequestForm(forms.Form):
    note = forms.CharField(label=_("Catatan"), max_length=300, required=False)
