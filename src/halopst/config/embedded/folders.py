"""Creating, checking and handing over a server's folders, with a sentence for each thing wrong."""

import errno
import logging
import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from halopst.config.embedded.account import ROOT, Account, Done
from halopst.config.embedded.cluster import DATABASE, MAJOR, ROLE, Cluster, binary
from halopst.config.failures import CommandFailed

log = logging.getLogger(__name__)

LEAST_FREE_BYTES = 200 * 1024 * 1024

HBA = "# Only the operating system's word counts: no password, no network.\nlocal all all peer map=halopst\n"


@contextmanager
def sentences(cluster: Cluster) -> Iterator[None]:
    """Turn what the operating system refuses into a sentence."""
    try:
        yield
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise CommandFailed(
                f"Ruang penyimpanan untuk {cluster.var} habis: kosongkan sebagian, lalu jalankan lagi."
            ) from error
        raise CommandFailed(
            f"Folder data {cluster.var} tidak dapat dipakai ({error.strerror}): beri izin tulis pada folder "
            "itu atau pilih folder lain lewat HALOPST_VAR."
        ) from error


def prepare(cluster: Cluster) -> None:
    """Others may pass through `var` (a service account must), not list it."""
    cluster.var.mkdir(mode=0o711, parents=True, exist_ok=True)
    free = shutil.disk_usage(cluster.var).free
    if free < LEAST_FREE_BYTES:
        raise CommandFailed(
            f"Ruang penyimpanan untuk {cluster.var} tinggal {free // 2**20} MB: PostgreSQL perlu sedikitnya "
            f"{LEAST_FREE_BYTES // 2**20} MB; kosongkan sebagian, lalu jalankan lagi."
        )


def check(cluster: Cluster) -> None:
    """Refuse data that this server's version cannot open."""
    version_file = cluster.data / "PG_VERSION"
    try:
        version = version_file.read_text(encoding="ascii").strip()
    except (FileNotFoundError, NotADirectoryError, UnicodeDecodeError):
        version = ""
    if version == MAJOR:
        return
    if version.isdigit():
        raise CommandFailed(
            f"Data di {cluster.data} dibuat oleh PostgreSQL {version}, sedangkan versi ini memakai {MAJOR}: "
            "buat cadangan dengan HaloPST versi lama, pindahkan folder itu, lalu jalankan 'halopst restore'."
        )
    raise CommandFailed(
        f"Data di {cluster.data} rusak atau bukan milik HaloPST: pindahkan folder itu, "
        "lalu jalankan lagi dan pulihkan cadangan terakhir dengan 'halopst restore'."
    )


def create(cluster: Cluster, account: Account) -> None:
    """Build the cluster beside its place and move it there whole: a start killed half-way leaves nothing."""
    fresh = cluster.var / "postgres.new"
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(mode=0o700)
    hand_over(fresh, account)
    encoding = ("--encoding=UTF8", "--locale=C.UTF-8", "--locale-provider=builtin", "--data-checksums")
    initdb = ("--pgdata=.", "--username=postgres", "--auth=peer", *encoding)
    _built(account.run("initdb", *initdb, inside=fresh), cluster)
    first = f"CREATE ROLE {ROLE} LOGIN CREATEDB;\nCREATE DATABASE {DATABASE} OWNER {ROLE};\n"
    _built(account.run("postgres", "--single", "-D", ".", "postgres", inside=fresh, text=first), cluster)
    fresh.rename(cluster.data)


def _built(done: Done, cluster: Cluster) -> None:
    if done.returncode == 0:
        return
    if "No space left" in done.stderr:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    last = (done.stderr.strip().splitlines() or ["tanpa pesan"])[-1]
    raise CommandFailed(f"Basis data baru di {cluster.var} tidak dapat dibuat: {last}")


def open_the_way(cluster: Cluster, account: Account) -> None:
    """As root: the server's account must be able to pass through all folders above its data and programs."""
    if os.geteuid() != ROOT:
        return
    for folder in {*cluster.data.parents, *binary("postgres").parents}:
        mode = folder.stat().st_mode
        if not mode & stat.S_IXOTH and folder.stat().st_uid != account.uid:
            folder.chmod(mode | stat.S_IXOTH)
            log.warning(
                "Folder %s kini boleh dilewati (bukan dibaca) pengguna lain, karena PostgreSQL tidak boleh "
                "berjalan sebagai root; jalankan HaloPST sebagai pengguna biasa bila itu tidak diinginkan.",
                folder,
            )


def hand_over(folder: Path, account: Account) -> None:
    """Give a folder that root created or copied to the account that must own it."""
    if os.geteuid() != ROOT or folder.stat().st_uid == account.uid:
        return
    for path in (folder, *folder.rglob("*")):
        os.chown(path, account.uid, account.gid, follow_symlinks=False)


def open_sockets(cluster: Cluster, account: Account) -> None:
    """The socket's folder must be ours: in /tmp anybody could have made it first."""
    folder = cluster.sockets
    folder.mkdir(mode=0o755, exist_ok=True)
    if folder.is_symlink() or folder.stat().st_uid not in {os.geteuid(), account.uid}:
        raise CommandFailed(
            f"Folder soket {folder} milik pengguna lain: hapus folder itu, lalu jalankan lagi."
        )
    folder.chmod(0o755)
    hand_over(folder, account)


def configure(cluster: Cluster, account: Account) -> None:
    """Written at every start, so that an upgrade of HaloPST brings its settings along."""
    settings = {
        "listen_addresses": "",
        "unix_socket_directories": str(cluster.sockets),
        "max_connections": "200",
        "timezone": "UTC",
        "log_timezone": "UTC",
        "default_text_search_config": "pg_catalog.simple",
        # A week of logs, and no row's content in them.
        "logging_collector": "on",
        "log_filename": "%a.log",
        "log_truncate_on_rotation": "on",
        "log_rotation_size": "0",
        "log_error_verbosity": "terse",
        "log_min_error_statement": "panic",
        **cluster.settings,
    }
    lines = [f"{name} = '{value}'\n" for name, value in settings.items()]
    people = "".join(f"halopst {name} all\n" for name in dict.fromkeys(("root", account.name)))
    for name, text in (("postgresql.conf", "".join(lines)), ("pg_hba.conf", HBA), ("pg_ident.conf", people)):
        (cluster.data / name).write_text(text, encoding="utf-8")
        hand_over(cluster.data / name, account)
