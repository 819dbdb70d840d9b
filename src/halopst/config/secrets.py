import os
import secrets
from pathlib import Path


def local_secret(var_dir: Path) -> str:
    """The installation's own secret key: made once, readable by its owner only."""
    path = var_dir / "secret_key"
    try:
        return path.read_text()
    except FileNotFoundError:
        var_dir.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text()
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(50))
    return path.read_text()
