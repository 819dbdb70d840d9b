"""The form an assignment letter or a decree is written in."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from halopst.core.formats import language, medium_date
from halopst.core.forms import DayField
from halopst.partners.models import Activity, Paper
from halopst.partners.models.papers import LONGEST_ITEM

MOST_ITEMS, MOST_PEOPLE = 15, 500
NAME_LENGTH, NUMBER_LENGTH = 150, 30


class ItemsField(forms.CharField):
    """A text area with a sentence on each line; gives a list."""

    def __init__(self, *, rows: int = 4, **kwargs: Any) -> None:
        area = forms.Textarea(attrs={"rows": rows})
        super().__init__(**{"max_length": MOST_ITEMS * (LONGEST_ITEM + 2), "widget": area, **kwargs})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        lines = [" ".join(line.split()) for line in (super().clean(value) or "").splitlines()]
        kept = [line for line in lines if line]
        if len(kept) > MOST_ITEMS:
            raise forms.ValidationError(_("Paling banyak %(n)d butir."), params={"n": MOST_ITEMS})
        if any(len(line) > LONGEST_ITEM for line in kept):
            raise forms.ValidationError(
                _("Satu butir paling panjang %(n)d huruf."), params={"n": LONGEST_ITEM}
            )
        return kept


class PeopleField(forms.CharField):
    """People, one a line: name; number; title. Becomes a list of maps."""

    def __init__(self, **kwargs: Any) -> None:
        area = forms.Textarea(attrs={"rows": 5, "spellcheck": "false"})
        super().__init__(**{"max_length": 200_000, "widget": area, **kwargs})

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, list):
            return value
        rows = [(one["name"], one["number"], one["title"]) for one in value]
        return "\n".join("; ".join(row).rstrip("; ") for row in rows)

    def clean(self, value: Any) -> list[dict[str, str]]:
        lines = (super().clean(value) or "").splitlines()
        people = [_person(place, line) for place, line in enumerate(lines, 1) if line.strip()]
        if len(people) > MOST_PEOPLE:
            raise forms.ValidationError(_("Paling banyak %(n)d orang."), params={"n": MOST_PEOPLE})
        return people


def _person(place: int, line: str) -> dict[str, str]:
    cells = [" ".join(cell.split()) for cell in line.replace("\t", ";").split(";")]
    name, number, title = (*cells[:3], "", "")[:3]
    if not name or len(cells) > len(("name", "number", "title")):
        raise forms.ValidationError(
            _("Baris %(baris)d: tulis nama; NIP; jabatan, dipisah titik koma."), params={"baris": place}
        )
    if max(len(name), len(title)) > NAME_LENGTH or len(number) > NUMBER_LENGTH:
        raise forms.ValidationError(
            _("Baris %(baris)d terlalu panjang. Periksa pemisah titik komanya."), params={"baris": place}
        )
    return {"name": name, "number": number, "title": title}


class WorkField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not subscriptable when it runs
    """Activities with their days: the same survey comes back every few months."""

    def label_from_instance(self, obj: Activity) -> str:
        first, last = (medium_date(day, lang=language()) for day in (obj.first_day, obj.last_day))
        days = say("%(mulai)s sampai %(akhir)s") % {"mulai": first, "akhir": last}
        return f"{obj.name}, {days}"


class PaperForm(forms.Form):
    """The fields assignment letters and decrees share; `activity` offers the office's own activities."""

    subject = forms.CharField(label=_("Tentang"), max_length=300)
    considerations = ItemsField(label=_("Menimbang"), help_text=_("Satu baris satu butir."))
    bases = ItemsField(label=_("Dasar"), help_text=_("Satu baris satu peraturan atau surat."))
    points = ItemsField(label=_("Untuk"), help_text=_("Satu baris satu tugas."))
    first_day = DayField(label=_("Mulai"))
    last_day = DayField(label=_("Sampai"))
    activity = WorkField(
        label=_("Mitra dari kegiatan"),
        queryset=Activity.objects.none(),
        required=False,
        empty_label=_("Tanpa mitra"),
        help_text=_("Semua mitra yang alokasinya pada kegiatan ini disetujui ikut tercantum."),
    )
    people = PeopleField(
        label=_("Orang lain"),
        required=False,
        help_text=_("Satu orang satu baris: nama; NIP; jabatan. Boleh ditempel dari lembar kerja."),
    )

    def __init__(self, data: Any = None, *, activities: QuerySet[Activity], initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        field = self.fields["activity"]
        assert isinstance(field, WorkField)  # noqa: S101  # declared above
        field.queryset = activities

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        first, last = values.get("first_day"), values.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("Tanggal akhir harus pada atau sesudah tanggal mulai."))
        return values


class OrderForm(PaperForm):
    place = forms.CharField(label=_("Tempat"), max_length=200, required=False)
    cost = forms.CharField(
        label=_("Biaya"), max_length=300, required=False, help_text=_("Contoh: DIPA BPS Provinsi tahun 2026")
    )


class DecreeForm(PaperForm):
    points = ItemsField(
        label=_("Memutuskan"),
        help_text=_("Satu baris satu diktum, KESATU dan seterusnya. Masa berlaku ditambahkan sendiri."),
    )
    bases = ItemsField(label=_("Mengingat"), help_text=_("Satu baris satu peraturan."))


FORMS: dict[str, type[PaperForm]] = {Paper.Kind.ORDER: OrderForm, Paper.Kind.DECREE: DecreeForm}
PROPOSED: dict[str, dict[str, list[str]]] = {
    Paper.Kind.ORDER: {
        "considerations": ["bahwa untuk kelancaran kegiatan statistik perlu menugaskan petugas;"],
        "bases": [
            "Undang-Undang Nomor 16 Tahun 1997 tentang Statistik;",
            "Peraturan BPS Nomor 5 Tahun 2023 tentang Organisasi dan Tata Kerja Instansi Vertikal BPS.",
        ],
    },
    Paper.Kind.DECREE: {
        "considerations": [
            "bahwa untuk melaksanakan kegiatan statistik diperlukan mitra statistik;",
            "bahwa nama dalam lampiran dipandang mampu dan memenuhi syarat untuk ditetapkan;",
        ],
        "bases": [
            "Undang-Undang Nomor 16 Tahun 1997 tentang Statistik;",
            "Peraturan Pemerintah Nomor 51 Tahun 1999 tentang Penyelenggaraan Statistik.",
        ],
        "points": [
            "Menetapkan nama dalam lampiran sebagai mitra statistik.",
            "Mitra statistik bekerja menurut pedoman kegiatan dan menyerahkan hasilnya tepat waktu.",
            "Biaya yang timbul dibebankan pada anggaran kantor tahun berjalan.",
        ],
    },
}
"""What a new text begins with; every line is the office's to change."""
