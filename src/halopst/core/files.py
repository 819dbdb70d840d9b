"""Stored files and the rows that name them: neither stays without the other."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.files.storage import default_storage


@contextmanager
def dropped_on_failure(name: str) -> Iterator[None]:
    """Delete the file stored as `name` when the block, which records it, fails; the failure goes on."""
    try:
        yield
    except Exception:
        default_storage.delete(name)
        raise
