import re

from django import forms
from django.utils.translation import gettext_lazy as _


class AddressForm(forms.Form):
    email = forms.EmailField(
        label=_("Surel"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "autofocus": True}),
        error_messages={
            "required": _("Isi alamat surel Anda. Contoh: nama@kampus.ac.id"),
            "invalid": _("Surel belum lengkap. Contoh: nama@kampus.ac.id"),
        },
    )


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Kode enam angka"),
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}
        ),
        error_messages={"required": _("Isi enam angka dari surel kami.")},
    )

    def clean_code(self) -> str:
        """People copy codes with spaces and dashes around them."""
        code = re.sub(r"[\s-]", "", self.cleaned_data["code"])
        if not re.fullmatch(r"[0-9]{6}", code):
            raise forms.ValidationError(_("Kode terdiri dari enam angka. Contoh: 402913"))
        return code


class NameForm(forms.Form):
    name = forms.CharField(
        label=_("Nama"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name", "autofocus": True}),
        error_messages={"required": _("Isi nama Anda, supaya petugas tahu dengan siapa ia berbicara.")},
    )
