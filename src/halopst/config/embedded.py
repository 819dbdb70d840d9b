import hashlib
import os
import tempfile
from pathlib import Path


def database_url(var_dir: Path) -> str:
    """Where the embedded server of `var_dir` listens: a Unix socket, never TCP."""
    key = hashlib.sha256(str(var_dir.absolute()).encode()).hexdigest()[:12]
    socket_dir = Path(tempfile.gettempdir()) / f"halopst-{os.getuid()}-{key}"
    return f"postgres://postgres@/halopst?host={socket_dir}"
