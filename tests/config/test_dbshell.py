"""`halopst manage dbshell` reaches the database of the installation, the embedded one too."""

import pytest

from halopst.config import postgres_tools
from halopst.config.failures import CommandFailed
from tests.config.commands import halopst
from tests.config.prepared import copy_to

ROLES = "SELECT current_user || ' ' || current_database()"


def test_it_reads_the_embedded_database_and_says_how_psql_ended(module_folder):
    var = module_folder / "var"
    copy_to(var)

    assert halopst(var, "manage", "dbshell", "--", "-tAc", ROLES) == (0, "halopst halopst\n", "")
    code, said, refused = halopst(var, "manage", "dbshell", "-c", "SELEC")
    assert (code, said) == (1, "")
    assert refused.splitlines()[-1] == "halopst: psql berhenti dengan kode 1."


def test_where_psql_is_missing_it_says_what_to_do(monkeypatch, db, tmp_path):
    monkeypatch.setattr(postgres_tools, "binary", tmp_path.joinpath)

    with pytest.raises(CommandFailed, match=r"psql tidak ada di .* pasang psql .*postgresql-client"):
        postgres_tools.console([])
