"""`halopst check`: one line per thing that must be right before the public is let in."""

import logging
import smtplib
import ssl
import time
from collections.abc import Callable
from datetime import UTC, datetime
from io import StringIO
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import WARNING, run_checks
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection

from halopst.assistant.language_models import flaw_of, provided, unreached, writer
from halopst.config.environment import place, server_version
from halopst.config.failures import CommandFailed
from halopst.config.terminal import say
from halopst.notifications.channels.smtp import Server

logger = logging.getLogger(__name__)

ANSWERS_WITHIN = 10  # seconds
LARGEST_DRIFT = 5  # seconds between this machine and the database server


class Unfit(Exception):
    """What is wrong and what to do, as the end of one line."""


def inspect() -> None:
    """Say how each thing is; refuse when anything is not as it must be."""
    failed = 0
    for name, look in LOOKS.items():
        try:
            say(f"[baik ] {name}: {look()}")
        except Unfit as reason:
            failed += 1
            say(f"[salah] {name}: {reason}")
    if failed:
        raise CommandFailed(f"{failed} hal belum siap: perbaiki baris bertanda [salah], lalu periksa lagi.")


def meet_models() -> None:
    """Load what speaks with language models, which takes seconds, before a visitor waits for it.

    What is wrong with one is logged at once, in the words of `halopst check`: nobody who asks AIDA is told.
    """
    if provided(settings.MODELS):
        writer()
    try:
        _models()
    except Unfit as reason:
        logger.warning("model.unfit", extra={"reason": str(reason)})


def _settings() -> str:
    every = run_checks(include_deployment_checks=settings.USES_TLS)
    serious = [found for found in every if found.level >= WARNING and not found.is_silenced()]
    if serious:
        raise Unfit("; ".join(f"{found.id} {found.msg.partition('. ')[0]}" for found in serious))
    return f"alamat umum {settings.PUBLIC_URL}"


def _database() -> str:
    version = server_version()
    return f"PostgreSQL {version // 10000}.{version % 10000} {place()}"


def _migrations() -> str:
    plan = StringIO()
    try:
        call_command("migrate", check_unapplied=True, stdout=plan, verbosity=0)
    except SystemExit:
        raise Unfit("tabel belum sesuai versi ini; jalankan 'halopst migrate'") from None
    return "sesuai versi ini"


def _mail() -> str:
    if not settings.SMTP_URL:
        return "belum diatur; surel tetap di Kotak keluar (isi HALOPST_SMTP_URL untuk mengirim)"
    try:
        server = Server.at(settings.SMTP_URL)
        _greet(server)
    except (OSError, ValueError, smtplib.SMTPException) as error:
        raise Unfit(f"server surel menolak ({error}); periksa HALOPST_SMTP_URL") from error
    return f"server {server.host}:{server.port} menerima kita"


def _greet(server: Server) -> None:
    """Go as far as a letter would: connect, encrypt, sign in."""
    trusted = ssl.create_default_context()
    line: smtplib.SMTP
    if server.tls == "implicit":
        line = smtplib.SMTP_SSL(server.host, server.port, timeout=ANSWERS_WITHIN, context=trusted)
    else:
        line = smtplib.SMTP(server.host, server.port, timeout=ANSWERS_WITHIN)
    with line:
        if server.tls == "starttls":
            line.starttls(context=trusted)
        if server.user:
            line.login(server.user, server.password)
        line.noop()


def _storage() -> str:
    try:
        name = default_storage.save("halopst-periksa.txt", ContentFile(b"halopst"))
        with default_storage.open(name) as written:
            same = written.read() == b"halopst"
        default_storage.delete(name)
    except Exception as error:
        raise Unfit(
            f"tidak dapat menyimpan berkas ({error}); periksa izin folder atau HALOPST_S3_*"
        ) from error
    if not same:
        raise Unfit("isi berkas yang dibaca kembali tidak sama; periksa tempat penyimpanan")
    return "berkas dapat ditulis dan dibaca"


def _clock() -> str:
    with connection.cursor() as cursor:
        before = time.monotonic()
        cursor.execute("SELECT clock_timestamp()")
        theirs: datetime = cursor.fetchone()[0]
        spent = time.monotonic() - before
    drift = abs((datetime.now(UTC) - theirs).total_seconds())
    if drift > LARGEST_DRIFT + spent:
        raise Unfit(f"selisih {drift:.0f} detik dengan server basis data; nyalakan NTP di kedua mesin")
    return f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, sama dengan server basis data"


def _models() -> str:
    """Each server is asked for its list of models, which costs nothing; none when a setting is wrong."""
    if not settings.MODELS:
        return "belum diatur; AIDA menjawab tanpa model (isi HALOPST_MODEL_ID untuk memakainya)"
    if flaws := [flaw for given in settings.MODELS if (flaw := flaw_of(given))]:
        raise Unfit("; ".join(flaws))
    every = provided(settings.MODELS)
    if silent := [
        f"{one.name}_URL: {problem}" for one in every if (problem := unreached(one, ANSWERS_WITHIN))
    ]:
        raise Unfit("; ".join(silent))
    return ", lalu ".join(f"{one.model} di {urlsplit(one.address).netloc}" for one in every)


LOOKS: dict[str, Callable[[], str]] = {
    "Pengaturan": _settings,
    "Basis data": _database,
    "Tabel": _migrations,
    "Surel": _mail,
    "Berkas": _storage,
    "Jam": _clock,
    "Model bahasa": _models,
}
