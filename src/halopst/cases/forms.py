from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from halopst.cases.models import Case
from halopst.core.forms import DayField
from halopst.units.models import ServiceKind


class RequestForm(forms.Form):
    """A request to one office; it offers the kinds of service that have no door of their own."""

    service = forms.ChoiceField(label=_("Layanan"), widget=forms.RadioSelect)
    subject = forms.CharField(label=_("Pokok permintaan"), max_length=200)
    body = forms.CharField(
        label=_("Apa yang Anda perlukan?"), max_length=5000, widget=forms.Textarea(attrs={"rows": 6})
    )

    def __init__(self, kinds: list[ServiceKind], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["service"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(kind.code, kind.name) for kind in kinds]


class ReplyForm(forms.Form):
    """A message of either side. What is missing or too long the service says; nothing typed is lost."""

    body = forms.CharField(label=_("Tulis balasan"), required=False, strip=False)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    ask = forms.BooleanField(label=_("Tunggu jawaban pemohon, jam dijeda"), required=False)


class FinishForm(forms.Form):
    result = forms.ChoiceField(label=_("Hasil"), choices=Case.Result.choices)
    summary = forms.CharField(
        label=_("Ringkasan untuk pemohon"), max_length=5000, widget=forms.Textarea(attrs={"rows": 4})
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Alasan"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)


class TrackForm(forms.Form):
    number = forms.CharField(
        label=_("Nomor lacak"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "placeholder": "JTM-2611-0427"}),
    )
    email = forms.EmailField(label=_("Surel yang dipakai saat mengajukan"), max_length=254)

    def clean_number(self) -> str:
        number: Any = self.cleaned_data["number"]
        return str(number).strip().upper()


class FollowUpForm(forms.Form):
    valid_from = DayField(label=_("Berlaku mulai"))
    silence_warn_days = forms.IntegerField(
        label=_("Ingatkan pemohon setelah (hari tanpa balasan)"), min_value=1, max_value=60
    )
    silence_close_days = forms.IntegerField(
        label=_("Tutup permintaan setelah (hari tanpa balasan)"), min_value=2, max_value=90
    )
    late_warning_hours = forms.IntegerField(
        label=_("Ingatkan petugas sebelum batas (jam)"), min_value=1, max_value=72
    )
    basis = forms.CharField(
        label=_("Dasar"), max_length=300, help_text=_("Surat, SOP, atau standar pelayanan.")
    )
