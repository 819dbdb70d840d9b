"""The system account the embedded server runs as, and running its programs under that account."""

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from halopst.config.embedded.cluster import SERVICE_ACCOUNT, Cluster, binary
from halopst.config.failures import CommandFailed

Done = subprocess.CompletedProcess[str]

ROOT = 0
LONGEST_RUN = 180  # seconds; recovery after a power cut reads at most one gigabyte of log


@dataclass(frozen=True)
class Account:
    name: str
    uid: int
    gid: int

    def run(self, program: str, *args: str, inside: Path, text: str = "") -> Done:
        """Run a PostgreSQL program with `inside` as its working folder.

        Paths go in as ".", so that no folder name is ever quoted for a shell or too long for a socket.
        """
        command = [str(binary(program)), *args]
        as_root = os.geteuid() == ROOT
        try:
            return subprocess.run(  # noqa: S603 - our own binary, our own arguments
                command,
                cwd=inside,
                input=text,
                capture_output=True,
                text=True,
                check=False,
                timeout=LONGEST_RUN,
                env={"LC_ALL": "C.UTF-8", "PATH": os.defpath},
                user=self.uid if as_root else None,
                group=self.gid if as_root else None,
                extra_groups=[] if as_root else None,
            )
        except PermissionError as error:
            raise CommandFailed(
                f"Akun '{self.name}' tidak dapat menjalankan {command[0]}: beri izin baca dan masuk pada "
                "folder itu (chmod o+rx), atau jalankan HaloPST sebagai pengguna biasa."
            ) from error


def account_of(cluster: Cluster) -> Account:
    """Who may run this server. Refuses an ordinary user who is not the owner of the data."""
    name = cluster.account
    if os.geteuid() != ROOT and cluster.data.exists() and cluster.data.stat().st_uid != os.geteuid():
        raise CommandFailed(
            f"Folder data {cluster.data} milik pengguna '{name}': jalankan perintah ini sebagai '{name}'."
        )
    if os.geteuid() == ROOT and name == SERVICE_ACCOUNT:
        _create_service_account()
    try:
        entry = pwd.getpwnam(name)
    except KeyError:
        raise CommandFailed(
            f"Pengguna sistem {name} tidak punya nama: PostgreSQL bawaan perlu pengguna yang terdaftar; "
            "daftarkan dengan useradd atau isi DATABASE_URL dengan server PostgreSQL lain."
        ) from None
    return Account(name, entry.pw_uid, entry.pw_gid)


def _create_service_account() -> None:
    try:
        pwd.getpwnam(SERVICE_ACCOUNT)
    except KeyError:
        useradd = shutil.which("useradd", path=f"{os.defpath}:/usr/sbin:/sbin") or "useradd"
        command = [useradd, "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", SERVICE_ACCOUNT]
        try:
            subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - fixed arguments
        except (OSError, subprocess.CalledProcessError) as error:
            raise CommandFailed(
                f"Akun sistem '{SERVICE_ACCOUNT}' untuk PostgreSQL tidak dapat dibuat: "
                "jalankan HaloPST sebagai pengguna biasa, bukan root."
            ) from error
