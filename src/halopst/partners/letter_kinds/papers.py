"""The letters an office writes about its people: assignment letters and decrees of the KPA."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from halopst.letters.services import DocumentKind, Field, Shape, declare
from halopst.partners.letter_kinds.fields import lines, official
from halopst.partners.letter_kinds.texts import naskah
from halopst.partners.models import Paper

PERSON: Final = (
    Field(name="nama", label=_("Nama"), example="Sri Contoh"),
    Field(name="sebutan", label=_("Sebutan nomornya"), example="NIP", optional=True),
    Field(name="nomor", label=_("NIP atau ID SOBAT"), example="199001012015031001", optional=True),
    Field(name="jabatan", label=_("Jabatan atau penugasan"), example="Petugas lapangan", optional=True),
)


def _points(name: str, label: Any, example: str) -> Field:
    """A list of sentences; each is `isi` of its row in the template."""
    return lines(name, label, (Field(name="isi", label=label, example=example),))


def _word_of_order() -> bytes:
    from halopst.partners.letter_kinds.word.papers import order_template  # noqa: PLC0415  # as `word`

    return order_template()


def _word_of_decree() -> bytes:
    from halopst.partners.letter_kinds.word.papers import decree_template  # noqa: PLC0415  # as `word`

    return decree_template()


DAYS: Final = (
    Field(name="mulai", label=_("Tanggal mulai"), example="2026-11-01", shape=Shape.DATE),
    Field(name="selesai", label=_("Tanggal selesai"), example="2026-11-30", shape=Shape.DATE),
)
SUBJECT: Final = Field(name="tentang", label=_("Tentang"), example="pelaksanaan Survei Contoh")
CONSIDERING: Final = _points("menimbang", _("Menimbang"), "bahwa Survei Contoh memerlukan petugas lapangan;")

ORDER: Final = declare(
    DocumentKind(
        code="partners.order",
        label=_("Surat tugas"),
        title="Surat tugas",
        fields=(
            SUBJECT,
            CONSIDERING,
            _points("dasar", _("Dasar"), "Peraturan BPS Nomor 5 Tahun 2023."),
            lines("orang", _("Yang ditugasi"), PERSON),
            _points("untuk", _("Untuk"), "melaksanakan pencacahan Survei Contoh."),
            *DAYS,
            Field(name="tempat", label=_("Tempat"), example="Kecamatan Contoh", optional=True),
            Field(name="biaya", label=_("Biaya"), example="DIPA BPS tahun 2026", optional=True),
            official("kepala", _("Kepala kantor"), "Kepala"),
        ),
        body=naskah("surat_tugas"),
        word=_word_of_order,
        counter="ST",
        classification="KP.650",
    )
)
DECREE: Final = declare(
    DocumentKind(
        code="partners.decree",
        label=_("SK Kuasa Pengguna Anggaran"),
        title="Keputusan Kuasa Pengguna Anggaran",
        fields=(
            SUBJECT,
            CONSIDERING,
            _points("mengingat", _("Mengingat"), "Undang-Undang Nomor 16 Tahun 1997 tentang Statistik;"),
            _points("memutuskan", _("Menetapkan"), "Menetapkan petugas Survei Contoh seperti lampiran."),
            lines("orang", _("Yang ditetapkan"), PERSON),
            *DAYS,
            official("kpa", _("Kuasa Pengguna Anggaran"), "Kepala"),
        ),
        body=naskah("sk_kpa"),
        word=_word_of_decree,
        counter="SK",
        pattern="{urut}{sisip} Tahun {tahun}",
        classification="KP.311",
    )
)
KINDS: Final[Mapping[str, DocumentKind]] = MappingProxyType(
    {Paper.Kind.ORDER.value: ORDER, Paper.Kind.DECREE.value: DECREE}
)


def about_paper(paper: Paper) -> str:
    """What the letter of a paper is about."""
    return f"{KINDS[paper.kind].code}:{paper.pk}"
