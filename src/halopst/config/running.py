"""`halopst run`: everything one office needs, in one command."""

import errno
import os
import socket
import time
import urllib.error
import urllib.request
from http import HTTPStatus
from textwrap import dedent

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command, get_commands

from halopst.config.actions import migrate_quietly
from halopst.config.collecting import collect_static_files
from halopst.config.environment import data_folder, database, one_at_a_time
from halopst.config.failures import CommandFailed
from halopst.config.supervision import Child, start, stop, watch
from halopst.config.terminal import say

HEALTHY_WITHIN = 120  # seconds; a busy little machine takes a while
EVERYWHERE = {"0.0.0.0", "::"}  # noqa: S104 - compared with, never bound


def run(host: str, port: int, *, demo: bool) -> None:
    """Start all of HaloPST, say where it is, and stay until stopped."""
    require_free(host, port)
    os.environ.setdefault("HALOPST_PUBLIC_URL", f"http://localhost:{port}")
    say("Menyalakan basis data ...")
    with database():
        with one_at_a_time():
            prepare(demo=demo)
        children = [
            start("Server web", "web", "--host", host, "--port", str(port)),
            start("Pekerja latar", "worker"),
        ]
        try:
            serve(children, host, port)
        except KeyboardInterrupt:
            say("\nMenghentikan HaloPST ...")
        finally:
            stop(children)
    say("HaloPST berhenti. Data tetap tersimpan.")


def prepare(*, demo: bool) -> None:
    """Bring the database and the static files up to this version; the first time, build the demo office."""
    say("Menyiapkan tabel dan data acuan ...")
    migrate_quietly()
    collect_static_files()
    if demo and "demo" in get_commands() and not get_user_model().objects.exists():
        say("Membangun kantor contoh (sekali saja) ...")
        call_command("demo")


def serve(children: list[Child], host: str, port: int) -> None:
    deadline = time.monotonic() + HEALTHY_WITHIN
    watch(children, lambda: healthy(host, port) or time.monotonic() > deadline)
    if not healthy(host, port):
        raise CommandFailed(
            f"HaloPST belum sehat setelah {HEALTHY_WITHIN} detik: lihat pesan di atas, "
            "lalu jalankan 'halopst check'."
        )
    say(welcome())
    if host in EVERYWHERE and not os.environ.get("HALOPST_HOSTS"):
        say("Agar mesin lain dapat membukanya, isi HALOPST_HOSTS dengan nama atau alamat mesin ini.")
    watch(children, lambda: False)


def healthy(host: str, port: int) -> bool:
    """Whether /readyz says that the web server, its database and its migrations are in order."""
    name = "localhost" if host in EVERYWHERE else host
    request = urllib.request.Request(
        f"http://{name}:{port}/readyz",
        headers={"Host": settings.ALLOWED_HOSTS[0].lstrip("*.") or "localhost"},
    )
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:  # noqa: S310 - http, to ourselves
            return bool(answer.status == HTTPStatus.OK)
    except (urllib.error.URLError, OSError):
        return False


def welcome() -> str:
    accounts = data_folder() / "demo-accounts.txt"
    demo = accounts.read_text(encoding="utf-8") if accounts.exists() else ""
    return dedent(f"""
        HaloPST siap di {settings.PUBLIC_URL}
        Hentikan dengan Ctrl-C; data tersimpan di {data_folder()}.
        """) + (f"\n{demo}" if demo else "")


def require_free(host: str, port: int) -> None:
    """Refuse an address that cannot be listened on, before anything is started."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CommandFailed(_bind_refusal(host, port, error)) from error


def _bind_refusal(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"Porta {port} di {host} sedang dipakai program lain: hentikan program itu, "
            f"atau pilih porta lain dengan 'halopst run --port {port + 1}'."
        )
    if error.errno == errno.EACCES:
        return f"Porta {port} hanya boleh dibuka root: pilih porta di atas 1023, misalnya --port 8000."
    return f"Alamat {host} bukan alamat mesin ini: pilih alamat lain dengan --host, misalnya 127.0.0.1."
