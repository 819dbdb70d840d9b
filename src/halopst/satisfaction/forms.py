from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from halopst.satisfaction.models import Instrument, Rating

WORDS = {
    1: _("Sangat tidak puas"),
    2: _("Tidak puas"),
    3: _("Cukup"),
    4: _("Puas"),
    5: _("Sangat puas"),
}


class RatingForm(forms.Form):
    score = forms.TypedChoiceField(
        label=_("Seberapa puas Anda dengan petugas?"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Pilih satu nilai dulu."),
            "invalid_choice": _("Pilih satu nilai dari daftar."),
        },
    )
    need_met = forms.ChoiceField(
        label=_("Apakah kebutuhan data Anda terjawab?"),
        choices=Rating.NeedMet.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Pilih salah satu jawaban."),
            "invalid_choice": _("Pilih satu jawaban dari daftar."),
        },
    )
    comment = forms.CharField(
        label=_("Kritik atau saran (boleh dikosongkan)"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": _("Ringkas sampai %(limit_value)d huruf.")},
    )

    def __init__(self, *args: Any, instrument: Instrument, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["score"]
        assert isinstance(field, forms.TypedChoiceField)  # noqa: S101  # narrows the type; declared above
        field.choices = [(value, WORDS.get(value, str(value))) for value in range(1, instrument.scale + 1)]
