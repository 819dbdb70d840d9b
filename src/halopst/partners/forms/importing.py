"""Forms of the import: the file, and which of its columns holds what."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from halopst.core.formats import language, number
from halopst.core.forms import YearField
from halopst.partners.models import Registration
from halopst.partners.rules.columns import TITLES
from halopst.partners.rules.tables import Look, layouts


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("Berkas mitra"),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        help_text=_("XLSX atau CSV, paling besar 30 MB. Lembar yang berisi mitra boleh lebih dari satu."),
        error_messages={"required": _("Pilih satu berkas dulu.")},
    )
    year = YearField(label=_("Untuk tahun"))


class ColumnsForm(forms.Form):
    """Which sheets are read, and one choice per column of those with the same heads.

    Two columns cannot hold the same thing. `groups` are the numbers of the tables that share their columns.
    """

    lembar = forms.TypedMultipleChoiceField(
        label=_("Lembar yang diimpor"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Pilih paling sedikit satu lembar.")},
    )
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

    def __init__(self, data: Any = None, *, tables: Sequence[Look], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.groups = layouts(tables)
        if len(tables) == 1:
            del self.fields["lembar"]
        else:
            self._offer(tables)
        offered = [("", _("Tidak dipakai")), *TITLES.items()]
        for group in self.groups:
            table = tables[group[0]]
            held = {at: name for name, at in table["mapping"].items()}
            for at, head in enumerate(table["heads"]):
                self.fields[f"kolom_{group[0]}_{at}"] = forms.ChoiceField(
                    label=head or _("tanpa judul"), choices=offered, required=False, initial=held.get(at, "")
                )

    def _offer(self, tables: Sequence[Look]) -> None:
        lembar = self.fields["lembar"]
        if isinstance(lembar, forms.ChoiceField):
            lembar.choices = [(number, _counted(table)) for number, table in enumerate(tables)]
            lembar.initial = [number for number, table in enumerate(tables) if table["taken"]]

    def columns(self, group: Sequence[int]) -> Iterator[tuple[int, BoundField]]:
        """The columns of the first table of a group, keyed by their position in it."""
        start = f"kolom_{group[0]}_"
        for name in self.fields:
            if name.startswith(start):
                yield int(name.removeprefix(start)), self[name]

    def is_read(self, group: Sequence[int]) -> bool:
        """Whether a table of this group is to be read, as far as the form knows."""
        if "lembar" not in self.fields:
            return True
        chosen = self["lembar"].value() or []
        return not {str(number) for number in group}.isdisjoint(map(str, chosen))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for group in filter(self.is_read, self.groups):
            taken: dict[str, str] = {}
            for _at, bound in self.columns(group):
                name = cleaned.get(bound.name, "")
                if name and name in taken:
                    said = _("Kolom ini dan kolom %(lain)s sama-sama dipilih sebagai %(isi)s. Pilih satu.")
                    self.add_error(bound.name, said % {"lain": taken[name], "isi": TITLES[name]})
                elif name:
                    taken[name] = str(bound.label)
        return cleaned

    @property
    def mappings(self) -> dict[int, dict[str, int]]:
        """Of each chosen table, which column holds which field."""
        chosen = self.cleaned_data.get("lembar", [0])
        return {number: self._mapping(group) for group in self.groups for number in group if number in chosen}

    def _mapping(self, group: Sequence[int]) -> dict[str, int]:
        held = {self.cleaned_data[bound.name]: at for at, bound in self.columns(group)}
        return {name: at for name, at in held.items() if name}


def _counted(table: Look) -> str:
    words = ngettext("%(nama)s: %(n)s baris", "%(nama)s: %(n)s baris", table["rows"])
    return words % {"nama": table["name"], "n": number(table["rows"], lang=language())}
