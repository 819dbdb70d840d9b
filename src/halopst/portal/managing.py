"""What there is to manage in an office, and who sees which of it."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from halopst.core.actors import Actor
from halopst.units.models import Unit


@dataclass(frozen=True, slots=True)
class Chore:
    """One page of management: `route` takes the office's slug when `of_office`."""

    permission: str
    route: str
    icon: str
    title: str | Promise
    note: str | Promise
    of_office: bool = True

    def url(self, unit: Unit) -> str:
        return reverse(self.route, args=[unit.slug]) if self.of_office else reverse(self.route)


CHORES = (
    Chore(
        "units.manage", "units:office", "building-2", _("Satker"), _("Alamat, kontak, kop surat, dan layanan")
    ),
    Chore(
        "units.manage",
        "units:standard-list",
        "scroll-text",
        _("Standar pelayanan"),
        _("14 komponen dan janji waktu"),
    ),
    Chore(
        "units.manage", "units:maklumat", "stamp", _("Maklumat"), _("Janji kepala kantor kepada masyarakat")
    ),
    Chore("calendars.view", "calendars:hours", "clock", _("Jam layanan"), _("Jam mingguan dan jam khusus")),
    Chore(
        "calendars.view",
        "calendars:holidays",
        "calendar-x",
        _("Hari libur"),
        _("Libur nasional, cuti bersama, libur lokal"),
    ),
    Chore(
        "accounts.view",
        "accounts:people",
        "users-round",
        _("Orang"),
        _("Siapa bekerja di sini, sebagai apa"),
        of_office=False,
    ),
    Chore(
        "accounts.manage",
        "accounts:erasures",
        "eraser",
        _("Permohonan penghapusan"),
        _("Hak atas data pribadi, batas 3 × 24 jam"),
        of_office=False,
    ),
    Chore(
        "scheduling.manage",
        "scheduling:experts",
        "graduation-cap",
        _("Ahli"),
        _("Siapa yang dapat ditemui masyarakat"),
    ),
    Chore(
        "scheduling.manage",
        "scheduling:fields",
        "tags",
        _("Bidang keahlian"),
        _("Nama, urutan, dan kata lain"),
    ),
    Chore(
        "scheduling.manage",
        "scheduling:policy",
        "sliders-horizontal",
        _("Aturan janji temu"),
        _("Lama, jeda, dan batas harian"),
    ),
    Chore(
        "cases.configure",
        "cases:policy",
        "hourglass",
        _("Aturan tindak lanjut"),
        _("Kapan mengingatkan, kapan menutup"),
    ),
    Chore(
        "consultations.configure",
        "consultations:policy",
        "handshake",
        _("Aturan konsultasi"),
        _("Batas ubah dan batal"),
    ),
    Chore(
        "knowledge.view",
        "figures:syncs",
        "database",
        _("Data"),
        _("Indikator, angka, pengambilan dari WebAPI, berkas"),
    ),
    Chore(
        "assistant.view",
        "assistant:quality",
        "gauge",
        _("Mutu AIDA"),
        _("Soal penilaian, hasilnya tiap minggu, dan model yang dipakai"),
    ),
    Chore(
        "partners.view",
        "partners:register",
        "handshake",
        _("Mitra"),
        _("Daftar mitra, kegiatan, harga, dan batas honor"),
    ),
    Chore(
        "assistant.configure",
        "assistant:channels",
        "waypoints",
        _("Saluran AIDA"),
        _("WhatsApp dan situs satker"),
    ),
    Chore(
        "notifications.manage",
        "notifications:texts",
        "message-square-text",
        _("Teks pemberitahuan"),
        _("Isi surel dan WhatsApp"),
        of_office=False,
    ),
    Chore(
        "notifications.view",
        "notifications:outbox",
        "send",
        _("Kotak keluar"),
        _("Pesan terkirim, menunggu, dan gagal"),
        of_office=False,
    ),
    Chore(
        "letters.view", "letters:templates", "file-pen", _("Naskah surat"), _("Isi surat dan pratinjaunya")
    ),
    Chore("letters.view", "letters:numbers", "hash", _("Nomor surat"), _("Deret, pola, dan nomor lama")),
    Chore(
        "letters.view",
        "letters:signatories",
        "pen-line",
        _("Penanda tangan"),
        _("PPK, KPA, bendahara, dan masa jabatannya"),
    ),
    Chore(
        "audit.view",
        "accounts:audit",
        "history",
        _("Jejak audit"),
        _("Siapa mengubah apa, dan kapan"),
        of_office=False,
    ),
)


def chores_for(actor: Actor, unit: Unit) -> list[tuple[Chore, str]]:
    """What `actor` may open in `unit`, each with its address."""
    return [(chore, chore.url(unit)) for chore in CHORES if actor.may(chore.permission, unit.pk)]
