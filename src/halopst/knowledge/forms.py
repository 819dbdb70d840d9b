from dataclasses import asdict
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from halopst.core.forms import DayField, PlainField
from halopst.knowledge.models import Document
from halopst.knowledge.services import Content
from halopst.units.models import Unit

LONGEST = 1_000_000  # as much as a file or an import may bring
ALL_OFFICES = "semua"


class ContentForm(forms.Form):
    """What a text says and who may read it. `version` is the one the writer saw."""

    title = PlainField(label=_("Judul"), max_length=300)
    kind = forms.ChoiceField(label=_("Jenis"), choices=Document.Kind.choices)
    text = PlainField(
        label=_("Isi"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 18}),
        help_text=_(
            "Pisahkan paragraf dengan baris kosong. Awali judul bagian dengan ##, butir dengan tanda -."
        ),
    )
    audience = forms.ChoiceField(label=_("Untuk siapa"), choices=Document.Audience.choices)
    url = forms.URLField(label=_("Tautan sumber"), max_length=1000, required=False, assume_scheme="https")
    published_on = DayField(label=_("Tanggal sumber"), required=False)
    review_by = DayField(
        label=_("Ditinjau paling lambat"),
        required=False,
        help_text=_("Sesudah tanggal ini tulisan ditandai dan tidak dikutip lagi, sampai Anda meninjaunya."),
    )
    version = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("text", "review_by"):
            self.fields[name].optional_note = _("boleh menyusul, wajib saat terbit")  # type: ignore[attr-defined]  # read by the field component

    def content(self, before: Document | None = None) -> Content:
        """The content as typed; fields that the form lacks, or that were only sent back, stay unchanged."""
        kept = asdict(Content.of(before)) if before else {}
        given = {name: value for name, value in self.cleaned_data.items() if name in Content.__annotations__}
        given["text"] = given["text"].replace("\r\n", "\n")  # as browsers send it
        if before and given["text"] == before.text.strip():
            given["text"] = before.text
        return Content(**{**kept, **given})


class OfOffice(forms.Form):
    """A form for one of the offices a person may write for, or for all offices together."""

    office = forms.ChoiceField(label=_("Milik"))

    def __init__(self, *args: Any, offices: list[Unit], shared: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offices = {unit.slug: unit for unit in offices}
        choices: list[tuple[str, Any]] = [(unit.slug, unit.name) for unit in offices]
        if shared:
            choices.insert(0, (ALL_OFFICES, _("Semua satker (nasional)")))
        self.fields["office"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField

    @property
    def unit(self) -> Unit | None:
        return self.offices.get(self.cleaned_data["office"])


class NewDocumentForm(OfOffice, ContentForm):
    """A new text."""


class PhraseForm(forms.Form):
    """What people say, and what it means."""

    phrase = PlainField(
        label=_("Kata orang"),
        max_length=100,
        help_text=_("Misalnya: orang melarat. Paling banyak lima kata."),
    )
    means = PlainField(label=_("Dibaca sebagai"), max_length=200, help_text=_("Misalnya: penduduk miskin."))

    def clean_phrase(self) -> str:
        return " ".join(self.cleaned_data["phrase"].split())

    def clean_means(self) -> str:
        return " ".join(self.cleaned_data["means"].split())


class SynonymForm(PhraseForm):
    """A phrase and its meaning, for one of the offices a person may write for."""

    office = forms.ChoiceField(label=_("Berlaku di"))
    field_order = ("office", "phrase", "means")

    def __init__(self, *args: Any, offices: list[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offices = {unit.slug: unit for unit in offices}
        self.fields["office"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            (unit.slug, _("Semua satker") if unit.kind == Unit.Kind.HEAD_OFFICE else unit.name)
            for unit in offices
        ]

    def wish(self) -> dict[str, Any]:
        given = {**self.cleaned_data}
        return {"unit": self.offices[given.pop("office")], **given}


class UploadForm(OfOffice):
    """A file whose text becomes a draft."""

    file = forms.FileField(
        label=_("Berkas"),
        max_length=200,
        help_text=_("PDF, DOCX, atau HTML. Isinya menjadi konsep yang Anda periksa sebelum terbit."),
    )
