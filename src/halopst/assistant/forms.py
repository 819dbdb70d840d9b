from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from halopst.assistant.models import Turn
from halopst.assistant.rules.conversation.widget_sites import MOST, origins
from halopst.assistant.rules.question.understanding import LONGEST_QUESTION
from halopst.core.forms import PlainField
from halopst.knowledge.models import Region


class QuestionForm(forms.Form):
    question = PlainField(
        label=_("Tulis pertanyaan untuk AIDA"),
        max_length=LONGEST_QUESTION,
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
            "Pesan di luar permintaan yang terbuka dijawab AIDA; balasan PETUGAS menjadi permintaan. "
            "Pesan sampai ke satker yang terakhir mengirim WhatsApp kepada orang itu; dari orang baru, ke "
            "kantor pusat."
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


class TypedForm(forms.Form):
    typed = PlainField(max_length=5000, required=False, strip=False)


class PublicAnswerForm(forms.Form):
    question = PlainField(
        label=_("Pertanyaan"),
        max_length=300,
        help_text=_("Tulis ulang secara umum, tanpa nama, lembaga, atau keperluan pemohon."),
    )
    answer = PlainField(label=_("Jawaban"), max_length=5000, widget=forms.Textarea(attrs={"rows": 10}))


class ReasonForm(forms.Form):
    reason = forms.ChoiceField(choices=Turn.Reason.choices)
    remark = PlainField(max_length=300, required=False)


class CorrectionForm(forms.Form):
    text = PlainField(
        label=_("Jawaban yang benar"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "Sebut sumbernya. Penanya melihatnya di bawah jawaban; AIDA tidak memakainya sebelum terbit."
        ),
    )


class ShortAnswerForm(forms.Form):
    text = PlainField(
        label=_("Jawaban singkat"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_(
            "Untuk umum, berjudul pertanyaannya. Tulis angka beserta wilayah, periode, dan sumbernya."
        ),
    )


class PhraseForm(forms.Form):
    phrase = PlainField(label=_("Kata orang"), max_length=100)
    means = PlainField(label=_("Dibaca sebagai"), max_length=200)


class WantedForm(forms.Form):
    topic = PlainField(label=_("Data yang dicari"), max_length=300)
    region = forms.ChoiceField(label=_("Wilayah"), required=False)
    period = PlainField(label=_("Periode"), max_length=60, required=False)

    def __init__(self, *args: Any, regions: Sequence[Region], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.regions = {region.code: region for region in regions}
        choices = [("", _("Tidak tertentu")), *((region.code, region.name) for region in regions)]
        self.fields["region"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField


class AsideForm(forms.Form):
    note = PlainField(label=_("Alasan"), max_length=300, required=False)
