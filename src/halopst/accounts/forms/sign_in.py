from django import forms
from django.utils.translation import gettext_lazy as _

from halopst.core.forms import CodeField


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
    code = CodeField(error_messages={"required": _("Isi enam angka dari surel kami.")})


class NameForm(forms.Form):
    name = forms.CharField(
        label=_("Nama"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name", "autofocus": True}),
        error_messages={"required": _("Isi nama Anda, supaya petugas tahu dengan siapa ia berbicara.")},
    )
