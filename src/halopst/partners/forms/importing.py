"""Forms of the import: the file, and which of its columns holds what."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from halopst.partners.models import Registration
from halopst.partners.rules.columns import TITLES


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("Berkas mitra"),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        help_text=_("XLSX atau CSV, paling besar 30 MB. Dibaca satu lembar: yang pertama berisi mitra."),
        error_messages={"required": _("Pilih satu berkas dulu.")},
    )
    year = forms.IntegerField(
        label=_("Untuk tahun"),
        min_value=2000,
        max_value=2100,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )


class ColumnsForm(forms.Form):
    """One choice per column of the file; two columns cannot hold the same thing."""

    position = forms.ChoiceField(
        label=_("Posisi bila kosong"),
        choices=Registration.Position,
        help_text=_("Untuk baris yang tidak menyebut posisi."),
    )
    status = forms.ChoiceField(
        label=_("Status bila kosong"),
        choices=Registration.Status,
        help_text=_("Untuk baris yang tidak menyebut status."),
    )

    def __init__(
        self, data: Any = None, *, heads: Sequence[str], mapping: dict[str, int], **kwargs: Any
    ) -> None:
        held = {at: name for name, at in mapping.items()}
        super().__init__(data, **kwargs)
        offered = [("", _("Tidak dipakai")), *TITLES.items()]
        for at, head in enumerate(heads):
            self.fields[f"kolom_{at}"] = forms.ChoiceField(
                label=head or _("tanpa judul"), choices=offered, required=False, initial=held.get(at, "")
            )

    def columns(self) -> Iterator[tuple[int, BoundField]]:
        for name in self.fields:
            if name.startswith("kolom_"):
                yield int(name.removeprefix("kolom_")), self[name]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        taken: dict[str, str] = {}
        for at, bound in self.columns():
            name = cleaned.get(f"kolom_{at}", "")
            if name and name in taken:
                said = _("Kolom ini dan kolom %(lain)s sama-sama dipilih sebagai %(isi)s. Pilih satu.")
                self.add_error(bound.name, said % {"lain": taken[name], "isi": TITLES[name]})
            elif name:
                taken[name] = str(bound.label)
        return cleaned

    @property
    def mapping(self) -> dict[str, int]:
        chosen = {self.cleaned_data[bound.name]: at for at, bound in self.columns()}
        return {name: at for name, at in chosen.items() if name}
