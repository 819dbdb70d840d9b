"""What the gateway's refusals mean, each in a sentence that says what to do."""

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Final

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from halopst.core.errors import Invalid, Refused

LONGEST_SAID: Final = 150
_STATUSES: Final = {
    "EXPIRED": _("Sertifikat elektronik ini sudah kedaluwarsa. Perbarui lewat verifikator BSrE instansi."),
    "REVOKE": _("Sertifikat elektronik ini sudah dicabut. Ajukan yang baru lewat verifikator BSrE instansi."),
    "SUSPEND": _("Sertifikat elektronik ini sedang ditangguhkan. Hubungi verifikator BSrE instansi."),
    "NOT_REGISTERED": _("Orang ini belum terdaftar di BSrE. Daftarkan lewat verifikator BSrE instansi."),
    "NO_CERTIFICATE": _("Orang ini belum memiliki sertifikat elektronik. Terbitkan lewat portal BSrE."),
}


class EsignUnreachable(Refused):
    message = _("Layanan tanda tangan elektronik tidak dapat dihubungi. Coba lagi beberapa menit lagi.")


class EsignSilent(EsignUnreachable):
    message = _(
        "Layanan tanda tangan elektronik terlalu lama menjawab. Tidak ada yang disimpan; coba lagi "
        "beberapa menit lagi."
    )


class EsignBusy(Refused):
    message = _("Layanan tanda tangan elektronik sedang penuh. Coba lagi beberapa menit lagi.")


class EsignBarsUs(Refused):
    message = _(
        "Layanan tanda tangan elektronik menolak akun aplikasi ini. Minta pengelola server memeriksa nama "
        "pengguna dan kata sandi layanan."
    )


class EsignElsewhere(Refused):
    message = _(
        "Alamat layanan tanda tangan elektronik tidak mengenal permintaan ini. Minta pengelola server "
        "memeriksa alamat dan versinya."
    )


class EsignRefused(Refused):
    """The gateway refused; the sentence is its own, shortened."""


class PassphraseWrong(Invalid):
    message = _(
        "Frasa sandi tidak cocok. Periksa lagi; setelah beberapa kali salah, sertifikat dapat terkunci."
    )


class CodeWrong(Invalid):
    message = _("Kode TOTP tidak cocok atau sudah kedaluwarsa. Minta kode baru, lalu tulis kode itu.")


class SealCodeWrong(CodeWrong):
    message = _("Kode segel tidak cocok atau sudah kedaluwarsa. Minta kode baru, lalu tulis kode itu.")


class SignerUnknown(Invalid):
    message = _(
        "NIK atau surel ini tidak dikenal BSrE. Periksa lagi, atau hubungi verifikator BSrE instansi."
    )


class SubscriberUnknown(Refused):
    message = _(
        "Pelanggan segel elektronik tidak dikenal BSrE. Minta pengelola server memeriksa "
        "HALOPST_ESIGN_SUBSCRIBER."
    )


class SealCodeMissing(Refused):
    message = _(
        "Layanan tanda tangan elektronik tidak memberi kode segel untuk surat ini. Minta pengelola server "
        "memeriksa versi layanannya."
    )


class NotCertified(Refused):
    """Whose certificate cannot sign now; `status` is the gateway's word for why."""

    def __init__(self, status: str = "") -> None:
        super().__init__(status_in_words(status))


def status_in_words(status: str) -> str:
    """Why a certificate cannot sign, of a status other than an active one."""
    known = _STATUSES.get(status.upper())
    other = _("Sertifikat elektronik orang ini tidak aktif. Hubungi verifikator BSrE instansi.")
    return str(known or other)


# Words of the gateway's error, none of which is documented; the first that fits decides.
_WORDS: Final[tuple[tuple[tuple[str, ...], Callable[[], Refused]], ...]] = (
    (("passphrase", "frasa"), PassphraseWrong),
    (("totp", "otp", "aktivasi", "activation"), CodeWrong),
    (("subscriber",), SubscriberUnknown),
    (("expired", "kedaluwarsa", "kadaluarsa", "kadaluwarsa"), lambda: NotCertified("EXPIRED")),
    (("revoke", "dicabut"), lambda: NotCertified("REVOKE")),
    (("suspend", "ditangguhkan"), lambda: NotCertified("SUSPEND")),
    (
        ("terdaftar", "registered", "user not found", "pengguna tidak"),
        SignerUnknown,
    ),
)
_CODES: Final[Mapping[int, type[Refused]]] = {
    HTTPStatus.UNAUTHORIZED: EsignBarsUs,
    HTTPStatus.FORBIDDEN: EsignBarsUs,
    HTTPStatus.NOT_FOUND: EsignElsewhere,
    HTTPStatus.METHOD_NOT_ALLOWED: EsignElsewhere,
    HTTPStatus.TOO_MANY_REQUESTS: EsignBusy,
    HTTPStatus.SERVICE_UNAVAILABLE: EsignBusy,
}


def refusal_of(status: int, said: str) -> Refused:
    """What to tell of an answer from 400 on, with the gateway's own word for it."""
    if status == HTTPStatus.SERVICE_UNAVAILABLE or status < HTTPStatus.INTERNAL_SERVER_ERROR:
        lowered = said.lower()
        for words, refusal in _WORDS:
            if any(word in lowered for word in words):
                return refusal()
        if known := _CODES.get(status):
            return known()
        sentence = say("Layanan tanda tangan elektronik menolak: %(sebab)s")
        return EsignRefused(sentence % {"sebab": said[:LONGEST_SAID] or "?"})
    return EsignUnreachable()
