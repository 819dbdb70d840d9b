"""The sites that may show AIDA in a frame, written as browsers name them."""

from urllib.parse import urlsplit

MOST = 20
_HERE = {"localhost", "127.0.0.1"}


def origin(text: str) -> str:
    """`https://Kota.bps.example/beranda` as `https://kota.bps.example`; ValueError when it is no site.

    Plain HTTP is allowed for this machine alone: on the way from another one the page could be changed.
    """
    parts = urlsplit(text.strip())
    host, port = parts.hostname or "", parts.port
    plain = all(c.isascii() and (c.isalnum() or c in "-.") for c in host)
    safe = parts.scheme == "https" or (parts.scheme == "http" and host in _HERE)
    if not host or not plain or not safe or parts.username is not None:
        raise ValueError(text)
    return f"{parts.scheme}://{host}{f':{port}' if port else ''}"


def origins(text: str) -> list[str]:
    """The sites, one on each line, each once; ValueError for a line that is none, or for too many."""
    found = list(dict.fromkeys(origin(line) for line in text.splitlines() if line.strip()))
    if len(found) > MOST:
        raise ValueError(str(len(found)))
    return found
