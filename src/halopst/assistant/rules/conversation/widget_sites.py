"""The sites an office lets show AIDA in a frame, as browsers name them."""

from urllib.parse import urlsplit

MOST = 20
_HERE = {"localhost", "127.0.0.1"}


def origin(text: str) -> str:
    """`https://Kota.bps.example/beranda` becomes `https://kota.bps.example`; ValueError when it is no site.

    Plain HTTP is for this machine alone: another's page could be changed on the way.
    """
    parts = urlsplit(text.strip())
    host, port = parts.hostname or "", parts.port
    plain = all(c.isascii() and (c.isalnum() or c in "-.") for c in host)
    safe = parts.scheme == "https" or (parts.scheme == "http" and host in _HERE)
    if not host or not plain or not safe or parts.username is not None:
        raise ValueError(text)
    return f"{parts.scheme}://{host}{f':{port}' if port else ''}"


def origins(text: str) -> list[str]:
    """Each line one site, each once; ValueError names the first that is none, or how many too many."""
    found = list(dict.fromkeys(origin(line) for line in text.splitlines() if line.strip()))
    if len(found) > MOST:
        raise ValueError(str(len(found)))
    return found
