"""Why a batch of letters is refused."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from halopst.core.errors import Invalid, Refused


class BatchEmpty(Invalid):
    message = _("Pilih paling sedikit satu surat untuk dibuat.")


class BatchTooLarge(Invalid):
    message = _("Paling banyak 50.000 surat sekali jalan. Bagi menjadi beberapa kali.")


class BeingMade(Refused):
    """All of them are in another batch, which still runs."""

    message = _("Surat-surat ini sedang dibuat; tidak perlu dimulai lagi.")

    def __init__(self, batch: int) -> None:
        self.batch = batch
        super().__init__()

    @property
    def extra(self) -> dict[str, Any]:
        """What the API adds to its answer."""
        return {"batch": self.batch}


class BundleLost(Refused):
    message = _("Berkas ini tidak ada lagi di penyimpanan. Susun ulang dari surat-suratnya di halaman ini.")


class BatchOver(Refused):
    message = _("Tidak ada lagi yang dapat dihentikan: sisanya sudah bernomor, atau semuanya sudah selesai.")


class NothingToBind(Refused):
    message = _("Berkasnya sedang disusun, atau belum ada suratnya. Muat ulang halaman ini.")


class NothingLeft(Refused):
    message = _("Tidak ada sisa yang perlu dibuat: surat lainnya sudah ada.")
