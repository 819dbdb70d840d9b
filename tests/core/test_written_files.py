"""A file of lines is whole or not there, and replaces another only when that was said."""

import pytest

from halopst.core.file_errors import reason
from halopst.core.written_files import write_lines


def test_lines_are_written_and_counted(tmp_path):
    assert write_lines(tmp_path / "a.jsonl", ["satu", "dua"], replace=False) == 2
    assert (tmp_path / "a.jsonl").read_text() == "satu\ndua\n"


def test_a_file_that_is_there_stays_unless_it_may_be_replaced(tmp_path):
    file = tmp_path / "a.jsonl"
    file.write_text("lama")
    with pytest.raises(FileExistsError) as refused:
        write_lines(file, ["baru"], replace=False)

    assert "--ganti" in reason(refused.value)
    assert file.read_text() == "lama"
    write_lines(file, ["baru"], replace=True)
    assert file.read_text() == "baru\n"


def test_what_fails_half_way_leaves_the_old_file_and_no_other(tmp_path):
    def lines():
        yield "satu"
        message = "putus"
        raise OSError(message)

    file = tmp_path / "a.jsonl"
    file.write_text("lama")
    with pytest.raises(OSError, match="putus"):
        write_lines(file, lines(), replace=True)

    assert file.read_text() == "lama"
    assert list(tmp_path.iterdir()) == [file]
