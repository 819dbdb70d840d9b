from django import forms
from django.utils.translation import gettext_lazy as _

from halopst.assistant.models import Turn

LONGEST = 500


class QuestionForm(forms.Form):
    question = forms.CharField(
        label=_("Tulis pertanyaan untuk AIDA"),
        max_length=LONGEST,
        error_messages={
            "required": _("Tulis pertanyaan Anda dulu."),
            "max_length": _("Pertanyaan paling panjang 500 karakter. Ringkas sedikit, lalu kirim lagi."),
        },
    )


class VerdictForm(forms.Form):
    verdict = forms.ChoiceField(choices=Turn.Verdict.choices)
