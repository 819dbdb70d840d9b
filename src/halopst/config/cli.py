"""The `halopst` command: words in, one action, an exit code out."""

import argparse
import errno
import os
import signal
import sys
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any, NoReturn

from django.core.management import CommandError
from django.db import DatabaseError

from halopst.config.actions import admin, aida, check, demo, knowledge, manage, migrate, token, web, worker
from halopst.config.auditing import audit
from halopst.config.backup import backup
from halopst.config.environment import database_refusal
from halopst.config.failures import CommandFailed
from halopst.config.restore import restore
from halopst.config.running import run
from halopst.config.usage import in_indonesian, not_understood

Options = argparse._ArgumentGroup  # noqa: SLF001 - the type of what add_argument_group gives

INTERRUPTED = 130
SERVERS = {"web", "worker"}  # they log every request and job; the rest speak to a person
NO_SPACE = {errno.ENOSPC, errno.EDQUOT}
PORTS = range(1, 65536)

# These hand all their words to a Django command, --help included.
PASSED_ON: dict[str, Callable[[list[str]], None]] = {
    "admin": admin,
    "token": token,
    "knowledge": knowledge,
    "aida": aida,
    "manage": manage,
}


class Parser(argparse.ArgumentParser):
    """argparse that speaks Indonesian."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**{**given, "add_help": False, "allow_abbrev": False})
        self.options = self.add_argument_group("pilihan")
        self.options.add_argument("-h", "--help", action="help", help="tampilkan bantuan ini")

    def format_help(self) -> str:
        return super().format_help().replace("usage: ", "pemakaian: ", 1)

    def error(self, message: str) -> NoReturn:
        told = in_indonesian(message)
        self.exit(2, f"halopst: perintah tidak dipahami ({told}); lihat '{self.prog} --help'.\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Whatever is refused is one sentence on stderr, never a traceback."""
    _end_politely()
    words = list(sys.argv[1:] if arguments is None else arguments)
    if not SERVERS.intersection(words[:1]):
        os.environ.setdefault("HALOPST_LOG_LEVEL", "WARNING")
    try:
        _perform(words)
    except (CommandFailed, CommandError) as refusal:
        return _refuse(not_understood(str(refusal), words[0]))
    except DatabaseError as error:
        if (sentence := database_refusal(error)) is None:
            raise
        return _refuse(sentence)
    except OSError as error:
        if error.errno not in NO_SPACE:
            raise
        return _refuse("Ruang penyimpanan habis: kosongkan sebagian, lalu jalankan lagi.")
    except KeyboardInterrupt:
        return INTERRUPTED
    return 0


def _end_politely() -> None:
    """Every way of being asked to stop is Ctrl-C; one that is ignored, as under nohup, stays ignored."""
    for ending in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(ending) is not signal.SIG_IGN:
            signal.signal(ending, signal.default_int_handler)


def _perform(words: list[str]) -> None:
    if words and words[0] in PASSED_ON:
        PASSED_ON[words[0]](words[1:])
        return
    options = vars(parser().parse_args(words))
    action = options.pop("action")
    action(**options)


def _refuse(sentence: str) -> int:
    print(f"halopst: {sentence}", file=sys.stderr)  # noqa: T201 - a command talks to its terminal
    return 1


def parser() -> Parser:
    top = Parser(prog="halopst", description="HaloPST: satu pintu layanan statistik BPS.")
    top.options.add_argument(
        "--version", action="version", version=f"halopst {version('halopst')}", help="tampilkan versi"
    )
    commands = top.add_subparsers(title="perintah", metavar="PERINTAH", required=True, parser_class=Parser)
    for name, (action, text, describe) in COMMANDS.items():
        command = commands.add_parser(name, help=text, description=f"{text[0].upper()}{text[1:]}.")
        command.set_defaults(action=action)
        if describe is not None:
            describe(command.options)
    return top


def _address(options: Options) -> None:
    options.add_argument(
        "--host", default="127.0.0.1", help="alamat yang dibuka (bawaan 127.0.0.1; 0.0.0.0 untuk semua)"
    )
    options.add_argument("--port", type=_port, default=8000, help="porta (bawaan 8000)")


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) not in PORTS:
        raise argparse.ArgumentTypeError(f"porta harus angka 1 sampai {PORTS[-1]}")
    return int(text)


def _run_options(options: Options) -> None:
    _address(options)
    options.add_argument(
        "--no-demo", action="store_false", dest="demo", help="jangan buat kantor contoh pada awal pertama"
    )


def _web_options(options: Options) -> None:
    _address(options)
    _child_options(options)


def _child_options(options: Options) -> None:
    options.add_argument("--parent", type=int, help=argparse.SUPPRESS)


def _demo_options(options: Options) -> None:
    options.add_argument(
        "--scale", type=int, default=1, metavar="N", help="kalikan banyaknya riwayat (bawaan 1)"
    )
    options.add_argument("--wait", action="store_true", help="tulis riwayat setahun penuh sebelum selesai")


def _backup_options(options: Options) -> None:
    options.add_argument("file", type=Path, metavar="BERKAS", help="berkas cadangan yang akan dibuat (.zip)")


def _restore_options(options: Options) -> None:
    options.add_argument("file", type=Path, metavar="BERKAS", help="berkas cadangan yang akan dipulihkan")
    options.add_argument(
        "--ganti", "--force", action="store_true", dest="replace", help="ganti data yang sudah ada"
    )


def _audit_options(options: Options) -> None:
    options.add_argument(
        "file", type=Path, nargs="?", metavar="BERKAS", help="salinan catatan; bawaan: catatan di basis data"
    )
    options.add_argument("--export", action="store_true", help="tulis salinan catatan ke berkas itu")
    options.add_argument(
        "--head", default="", metavar="NOMOR:HASH", help="ujung rantai yang dicatat dahulu, untuk dicocokkan"
    )


Describe = Callable[[Options], None]

# Name, action, help, options; those in PASSED_ON stand here for the list in --help.
COMMANDS: dict[str, tuple[Callable[..., None], str, Describe | None]] = {
    "run": (run, "jalankan semuanya: basis data, server web, dan pekerja latar", _run_options),
    "web": (web, "jalankan server web saja", _web_options),
    "worker": (worker, "jalankan pekerja latar saja: surel, WhatsApp, pengingat", _child_options),
    "migrate": (migrate, "perbarui tabel dan data acuan ke versi ini", None),
    "demo": (demo, "bangun kantor contoh dengan riwayat setahun", _demo_options),
    "check": (check, "periksa apakah pemasangan ini siap melayani", None),
    "backup": (backup, "simpan basis data dan berkas ke satu berkas cadangan", _backup_options),
    "restore": (restore, "pulihkan basis data dan berkas dari satu berkas cadangan", _restore_options),
    "audit": (
        audit,
        "periksa bahwa catatan tidak diubah, di basis data atau dari salinannya",
        _audit_options,
    ),
    "admin": (admin, "angkat admin pertama sebuah satker (lihat 'halopst admin --help')", None),
    "token": (token, "buat token API untuk seseorang (lihat 'halopst token --help')", None),
    "knowledge": (knowledge, "masukkan atau keluarkan tulisan pengetahuan (JSONL)", None),
    "aida": (aida, "nilai jawaban AIDA dengan soal kantor, masukkan atau keluarkan soalnya", None),
    "manage": (manage, "jalankan perintah Django, misalnya 'halopst manage shell'", None),
}

if __name__ == "__main__":
    sys.exit(main())
