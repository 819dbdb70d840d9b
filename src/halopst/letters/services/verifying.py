import hashlib
from collections.abc import Iterable

from halopst.letters.queries import Verification


def is_same_file(found: Verification, pieces: Iterable[bytes]) -> bool:
    """Whether a file, handed over in pieces, is byte for byte the letter or its signed version."""
    digest = hashlib.sha256()
    for piece in pieces:
        digest.update(piece)
    return digest.hexdigest() in found.hashes
