"""Forms for the questions AIDA is tested with, and for the setup that words her answers."""

from django import forms
from django.utils.translation import gettext_lazy as _

from halopst.assistant.models import EvaluationQuestion
from halopst.assistant.rules.evaluation.setups import Using
from halopst.assistant.services.evaluation.exam_editing import Exam

LARGEST_FILE = 5 * 1024 * 1024
LONGEST = 2_000


class ExamForm(forms.Form):
    question = forms.CharField(label=_("Pertanyaan"), max_length=500)
    before = forms.CharField(
        label=_("Didahului pertanyaan"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Satu per baris, bila pertanyaan ini melanjutkan yang lain."),
    )
    expects = forms.ChoiceField(label=_("Yang diharapkan"), choices=EvaluationQuestion.Expects)
    expected = forms.CharField(
        label=_("Sel atau tulisan"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Satu per baris. Angka: indikator@kode wilayah@periode, periodenya boleh terbaru atau terbaru*3; "
            "peringkat: IPM@3500:tertinggi*5@2024, atau 3500/kota:terendah. Kutipan: judul tulisannya. "
            "Ditanya balik: pilihan yang ditawarkan. Tidak dijawab: alamat yang ditunjukkan. "
            "Kosong: apa saja."
        ),
    )
    language = forms.ChoiceField(
        label=_("Bahasa situs"),
        choices=EvaluationQuestion.Language,
        initial=EvaluationQuestion.Language.INDONESIAN,
        required=False,
        help_text=_("Bahasa halaman tempat pertanyaan ini diajukan; jawabannya dinilai dalam bahasa itu."),
    )
    topic = forms.CharField(
        label=_("Golongan"),
        max_length=40,
        required=False,
        help_text=_("Misalnya tren, definisi, salah ketik."),
    )

    def exam(self) -> Exam:
        given = self.cleaned_data
        lines = [line.strip() for line in given["expected"].splitlines()]
        return Exam(
            question=given["question"],
            before="\n".join(line.strip() for line in given["before"].splitlines() if line.strip()),
            expects=given["expects"],
            expected=[line for line in lines if line],
            topic=given["topic"],
            language=given["language"] or EvaluationQuestion.Language.INDONESIAN,
        )


class ExamFileForm(forms.Form):
    file = forms.FileField(
        label=_("Berkas soal"),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".jsonl"}),
        help_text=_("JSONL: satu objek per baris dengan question, expects, expected, before, topic, lang."),
        error_messages={"required": _("Pilih satu berkas dulu.")},
    )

    def clean_file(self) -> object:
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise forms.ValidationError(_("Berkas paling besar 5 MB. Pecah menjadi beberapa berkas."))
        return file


class SetupForm(forms.Form):
    """Which setup a button is about; empty for answers without a model."""

    model = forms.CharField(max_length=120, required=False)
    prompt = forms.CharField(max_length=40, required=False)

    def using(self) -> Using:
        return Using(self.cleaned_data["model"], self.cleaned_data["prompt"])
