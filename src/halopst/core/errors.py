"""The ways the platform says no. Everything else is a bug."""

from django.core.exceptions import PermissionDenied
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Refused(Exception):
    """A business rule declines the request (409); `message` is fit to show to a visitor."""

    message: str | Promise = _("Permintaan ini tidak dapat diproses.")

    def __init__(self, message: str | Promise | None = None) -> None:
        if message is not None:
            self.message = message
        super().__init__(str(self.message))

    @property
    def code(self) -> str:
        """Stable name for API clients: `SlotTaken` becomes `slot-taken`."""
        name = type(self).__name__
        return "".join(f"-{c.lower()}" if c.isupper() and i else c.lower() for i, c in enumerate(name))


class NotPermitted(PermissionDenied):
    """The actor may see the object but not do this to it (403)."""


class Outdated(Refused):
    """What somebody changes is no longer what they saw."""

    message = _("Data ini sudah diubah sejak Anda membukanya. Muat ulang, lalu ulangi perubahan Anda.")

    @property
    def code(self) -> str:
        """One for all of them: a program does the same with each, read anew."""
        return "changed-meanwhile"


class JustRemoved(Refused):
    message = _("Data ini baru saja dihapus orang lain. Muat ulang halaman.")


class Busy(Refused):
    """Nobody's fault and nothing written (503): the same request will do a moment later."""

    message = _("Orang lain sedang mengubah data yang sama, jadi belum ada yang disimpan. Coba sekali lagi.")


class TooOften(Refused):
    """The same asked too many times in too short a time (429): later it will do."""

    message = _("Terlalu banyak permintaan. Coba lagi sebentar lagi.")


class Gone(Refused):
    """It was here for everybody and has been taken away (410): who follows an old link is told so."""

    message = _("Yang ada di alamat ini sudah ditarik.")


class Invalid(Refused):
    """The request itself is not well formed (422); `message` says how to mend it."""
