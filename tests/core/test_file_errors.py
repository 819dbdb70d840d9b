"""What the operating system says of a file, as our commands say it."""

import errno
import os

import pytest

from halopst.core.file_errors import reason


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.EACCES, "akun ini tidak berizin"),
        (errno.ENOSPC, "ruang penyimpanan habis"),
        (errno.ESTALE, "hilang di tengah jalan"),
        (errno.EOVERFLOW, f"galat nomor {errno.EOVERFLOW}"),
    ],
)
def test_no_word_of_the_system_is_shown(number, said):
    told = reason(OSError(number, os.strerror(number)))

    assert said in told
    assert os.strerror(number) not in told
