from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from halopst.accounts.models import ApiToken, Profile, User
from halopst.accounts.services import DETAILS
from halopst.core.formats import phone_digits


class ProfileForm(forms.ModelForm):  # type: ignore[type-arg]  # not generic at run time
    """Who I am, in two parts: how to reach me, and block I of the data-needs survey."""

    name = forms.CharField(label=_("Nama"), max_length=150)
    phone = forms.CharField(label=_("Nomor WhatsApp"), max_length=30, required=False)
    language = forms.ChoiceField(
        label=_("Bahasa"), choices=User._meta.get_field("language").choices or (), widget=forms.RadioSelect
    )

    class Meta:
        model = Profile
        fields = DETAILS
        widgets = {"sex": forms.RadioSelect, "birth_year": forms.NumberInput(attrs={"inputmode": "numeric"})}

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        contact = {"name": user.name, "phone": user.phone, "language": user.language}
        kwargs["initial"] = contact
        super().__init__(*args, **kwargs)
        for name in DETAILS:
            field: Any = self.fields[name]
            field.required = False
            if hasattr(field, "choices"):
                field.choices = [("", _("Tidak disebut")), *(c for c in field.choices if c[0])]

    def clean_phone(self) -> str:
        text = self.cleaned_data["phone"]
        try:
            return phone_digits(text) if text else ""
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error

    @property
    def details(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in DETAILS}


class TokenForm(forms.Form):
    LIFETIMES = ((30, _("30 hari")), (90, _("90 hari")), (366, _("1 tahun")))

    name = forms.CharField(
        label=_("Nama token"), max_length=80, help_text=_("Untuk apa token ini. Contoh: dasbor bulanan")
    )
    scopes = forms.MultipleChoiceField(
        label=_("Cakupan"),
        choices=ApiToken.Scope.choices,
        widget=forms.CheckboxSelectMultiple,
        initial=[ApiToken.Scope.READ],
    )
    days = forms.TypedChoiceField(label=_("Masa berlaku"), choices=LIFETIMES, coerce=int, initial=90)
