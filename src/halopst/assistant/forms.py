from django import forms
from django.utils.translation import gettext_lazy as _

from halopst.assistant.models import Turn
from halopst.assistant.rules.origins import MOST, origins

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


class ChannelsForm(forms.Form):
    whatsapp = forms.BooleanField(
        label=_("AIDA menjawab pesan WhatsApp"),
        required=False,
        help_text=_(
            "Pesan di luar permintaan yang terbuka dijawab AIDA; balasan PETUGAS menjadi permintaan."
        ),
    )
    origins = forms.CharField(
        label=_("Situs yang boleh menampilkan AIDA"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Satu alamat per baris, misalnya https://surabayakota.bps.go.id"),
    )

    def clean_origins(self) -> list[str]:
        try:
            return origins(self.cleaned_data["origins"])
        except ValueError as error:
            raise forms.ValidationError(
                _("Tulis alamat lengkap dengan https://, satu per baris, paling banyak %(most)d: %(wrong)s"),
                params={"most": MOST, "wrong": str(error)[:100]},
            ) from error


class PublicAnswerForm(forms.Form):
    question = forms.CharField(
        label=_("Pertanyaan"),
        max_length=300,
        help_text=_("Tulis ulang secara umum, tanpa nama, lembaga, atau keperluan pemohon."),
    )
    answer = forms.CharField(label=_("Jawaban"), max_length=5000, widget=forms.Textarea(attrs={"rows": 10}))
