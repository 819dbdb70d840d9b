"""Forms of the mitra's own page."""

from django import forms
from django.utils.translation import gettext_lazy as _

from halopst.core.formats import phone_digits
from halopst.core.forms import CodeField, plain
from halopst.partners.rules.cells import email_of
from halopst.partners.rules.identity import Malformed
from halopst.partners.wording.faults import sentence


class OwnAddressForm(forms.Form):
    """An e-mail address or a WhatsApp number, given back as the register writes them."""

    address = forms.CharField(
        label=_("Surel atau nomor WhatsApp"),
        help_text=_("Yang Anda berikan kepada satker BPS saat mendaftar."),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
        error_messages={"required": _("Isi surel atau nomor WhatsApp Anda.")},
    )

    def clean_address(self) -> str:
        text = plain(self.cleaned_data["address"], 254)
        if "@" not in text and any(c.isalpha() for c in text):
            raise forms.ValidationError(_("Alamat surel memuat @, nomor WhatsApp hanya berisi angka."))
        if "@" not in text:
            try:
                return phone_digits(text)
            except ValueError as wrong:
                raise forms.ValidationError(str(wrong)) from wrong
        try:
            return email_of(text)
        except Malformed as wrong:
            raise forms.ValidationError(sentence(wrong.code, wrong.detail)) from wrong


class OwnCodeForm(forms.Form):
    code = CodeField(error_messages={"required": _("Isi enam angka dari pesan kami.")})


class OwnScanForm(forms.Form):
    file = forms.FileField(
        label=_("Pindaian PDF"),
        help_text=_("Semua halaman dalam satu berkas, paling besar 10 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,application/pdf"}),
        error_messages={"required": _("Pilih berkas pindaiannya."), "empty": _("Berkas ini kosong.")},
    )
