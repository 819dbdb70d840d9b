"""The ways time says no."""

from collections.abc import Iterable
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from halopst.core.errors import Refused
from halopst.scheduling.rules import Slot


class SlotTaken(Refused):
    """`alternatives` are the free times nearest to the one refused, if there are any."""

    message = _("Waktu itu baru saja diambil orang lain. Pilih waktu lain yang masih kosong.")

    def __init__(self, message: str | Promise | None = None, *, alternatives: Iterable[Slot] = ()) -> None:
        super().__init__(message)
        self.alternatives = list(alternatives)

    @property
    def extra(self) -> dict[str, Any]:
        """What the API adds to its answer: the free times nearest to the one refused."""
        return {
            "alternatives": [
                {"starts_at": slot.starts_at.isoformat(), "ends_at": slot.ends_at.isoformat()}
                for slot in self.alternatives
            ]
        }


class SlotNotOffered(SlotTaken):
    message = _("Waktu itu tidak tersedia untuk janji. Pilih salah satu waktu yang ditampilkan.")


class DayIsFull(SlotTaken):
    message = _("Jadwal ahli ini pada hari itu sudah penuh. Pilih hari atau ahli lain.")


class TooManyHolds(Refused):
    message = _(
        "Anda sedang menyimpan dua waktu. Lepaskan salah satunya, selesaikan permintaannya, "
        "atau pilih lagi dalam 10 menit."
    )


class NetworkHoldsTooMany(Refused):
    message = _(
        "Dari jaringan ini sudah ada dua waktu yang disimpan. Masuk dengan surel Anda untuk memesan "
        "waktu lain, atau coba lagi dalam 10 menit."
    )


class TooMuchIsHeld(Refused):
    message = _(
        "Banyak waktu pada hari itu sedang disimpan pengunjung yang belum masuk. Masuk dengan surel Anda "
        "untuk memesan sekarang, atau coba lagi dalam 10 menit."
    )


class HoldLapsed(Refused):
    message = _("Waktu yang Anda simpan sudah lewat batasnya. Pilih waktu lagi; isian Anda tetap ada.")


class HoldExtendedEnough(Refused):
    message = _("Waktu ini sudah diperpanjang sepuluh kali. Kirim permintaan sekarang, atau pilih lagi.")


class AlreadyRequested(Refused):
    message = _("Permintaan untuk waktu ini sudah terkirim. Lihat tiketnya di Permintaan saya.")


class ReservationOver(Refused):
    message = _("Waktu ini sudah dilepas atau sudah diputuskan. Muat ulang halaman untuk melihat keadaannya.")
