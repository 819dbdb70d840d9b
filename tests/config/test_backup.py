"""`halopst backup` and `halopst restore`, on an office with rows and files of its own."""

import json
from zipfile import ZipFile

import psycopg
import pytest

from halopst.config.embedded import Cluster, serving
from halopst.config.failures import CommandFailed
from halopst.config.restore import restore
from tests.config.commands import halopst
from tests.config.prepared import copy_to

MANIFEST = '{"format": 1, "version": "0.1", "created": "2026-11-20T10:00", "migrations": []}'
NOTE = "INSERT INTO django_session (session_key, session_data, expire_date) VALUES (%s, 'isi', now())"


@pytest.fixture(scope="module")
def office(module_folder):
    """One office with a row and a file, and the backup made of it."""
    var = module_folder / "var"
    copy_to(var)
    write_row(var, "pertama")
    write_file(var, "lampiran/surat satu.txt", "asli")
    archive = module_folder / "cadangan.zip"
    code, said, refused = halopst(var, "backup", str(archive))
    assert (code, refused) == (0, "")
    assert said.startswith(f"Cadangan tersimpan di {archive} (1 berkas unggahan, ")
    return var


@pytest.fixture
def archive(office):
    return office.parent / "cadangan.zip"


def write_row(var, key):
    with serving(Cluster(var)) as url, psycopg.connect(url) as connection:
        connection.execute(NOTE, [key])


def rows(var):
    with serving(Cluster(var)) as url, psycopg.connect(url) as connection:
        found = connection.execute("SELECT session_key FROM django_session ORDER BY session_key")
        return [key for (key,) in found]


def write_file(var, name, content):
    path = var / "media" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content)


def files(var):
    media = var / "media"
    return {str(path.relative_to(media)): path.read_text() for path in media.rglob("*") if path.is_file()}


def altered(archive, target, **entries):
    """A copy of an archive with some entries replaced."""
    with ZipFile(archive) as old, ZipFile(target, "w") as new:
        for name in old.namelist():
            new.writestr(name, entries.get(name.partition(".")[0], old.read(name)))
    return target


def test_an_archive_holds_the_data_the_files_and_the_key_for_its_owner_only(office, archive):
    with ZipFile(archive) as opened:
        assert sorted(opened.namelist()) == [
            "database.dump",
            "files/default/lampiran/surat satu.txt",
            "manifest.json",
            "secret_key",
        ]
        assert opened.read("secret_key").decode() == (office / "secret_key").read_text()
    assert archive.stat().st_mode & 0o777 == 0o600
    assert not list(archive.parent.glob("*.part"))


def test_a_backup_never_overwrites_an_older_one(office, archive):
    before = archive.read_bytes()

    code, _, refused = halopst(office, "backup", str(archive))

    assert code == 1
    assert refused.startswith(f"halopst: Berkas {archive} sudah ada: pilih nama lain")
    assert archive.read_bytes() == before


def test_an_empty_machine_gets_everything_back(office, archive, folder):
    code, said, refused = halopst(folder / "var", "restore", str(archive))

    assert (code, refused) == (0, "")
    assert said.startswith(f"Data dari {archive} (dibuat ")
    assert rows(folder / "var") == ["pertama"]
    assert files(folder / "var") == {"lampiran/surat satu.txt": "asli"}
    assert (folder / "var" / "secret_key").read_text() == (office / "secret_key").read_text()

    again = folder / "lagi.zip"
    assert halopst(folder / "var", "backup", str(again))[0] == 0
    code, _, refused = halopst(folder / "var", "restore", "--ganti", str(again))
    assert (code, refused) == (0, "")
    assert rows(folder / "var") == ["pertama"]


def test_data_that_is_there_is_only_replaced_when_asked(office, archive):
    write_row(office, "kedua")
    write_file(office, "lampiran/surat satu.txt", "diubah")
    write_file(office, "lampiran/surat dua.txt", "baru")

    code, _, refused = halopst(office, "restore", str(archive))
    assert code == 1
    assert "sudah berisi: tambahkan --ganti" in refused
    assert rows(office) == ["kedua", "pertama"]
    assert files(office)["lampiran/surat satu.txt"] == "diubah"

    code, _, refused = halopst(office, "restore", "--ganti", str(archive))
    assert (code, refused) == (0, "")
    assert rows(office) == ["pertama"]
    assert files(office) == {"lampiran/surat satu.txt": "asli"}


def test_a_restore_that_fails_leaves_the_old_data(office, archive, folder):
    with ZipFile(archive) as opened:
        dump = opened.read("database.dump")
    cut = altered(archive, folder / "potong.zip", database=dump[: len(dump) // 2])
    with ZipFile(cut, "a") as opened:
        opened.writestr("files/default/lampiran/surat baru.txt", "baru")
    before = rows(office), files(office)

    code, _, refused = halopst(office, "restore", "--ganti", str(cut))

    assert code == 1
    assert refused.startswith("halopst: pg_restore gagal: ")
    assert refused.count("\n") == 1
    assert (rows(office), files(office)) == before


def test_a_script_the_server_refuses_leaves_the_old_data(office, folder):
    """The archive needs a type that only the old server had."""
    with serving(Cluster(office)) as url, psycopg.connect(url) as connection:
        connection.execute("CREATE SCHEMA other CREATE TABLE strange (id int)")
        connection.execute("CREATE TABLE public.borrower (of other.strange)")
    unfit = folder / "tidak-cocok.zip"
    assert halopst(office, "backup", str(unfit))[0] == 0
    with serving(Cluster(office)) as url, psycopg.connect(url) as connection:
        connection.execute("DROP TABLE public.borrower")
        connection.execute("DROP SCHEMA other CASCADE")
    before = rows(office), files(office)

    code, _, refused = halopst(office, "restore", "--ganti", str(unfit))

    assert code == 1
    assert refused.startswith("halopst: psql gagal: ")
    assert 'schema "other" does not exist' in refused
    assert (rows(office), files(office)) == before


def test_a_damaged_archive_is_refused(archive, folder):
    content = bytearray(archive.read_bytes())
    content[len(content) // 2] ^= 0xFF
    damaged = folder / "rusak.zip"
    damaged.write_bytes(content)

    with pytest.raises(CommandFailed, match=rf"{damaged} rusak \(di database\.dump\)"):
        restore(damaged, replace=True)


@pytest.mark.parametrize("content", [b"", b"bukan zip"])
def test_a_file_that_is_no_archive_is_refused(folder, content):
    strange = folder / "aneh.zip"
    strange.write_bytes(content)

    with pytest.raises(CommandFailed, match=f"{strange} bukan cadangan HaloPST"):
        restore(strange, replace=False)


@pytest.mark.parametrize(
    "entries",
    [
        {"surat.txt": "halo"},
        {"manifest.json": "[]", "database.dump": ""},
        {"manifest.json": MANIFEST},
        {"manifest.json": MANIFEST, "database.dump": "", "files/default/../../keluar.txt": "jahat"},
    ],
    ids=["something else", "no manifest", "no dump", "a name that leads outside"],
)
def test_an_archive_of_something_else_is_refused(folder, entries):
    strange = folder / "aneh.zip"
    with ZipFile(strange, "w") as archive:
        for name, content in entries.items():
            archive.writestr(name, content)

    with pytest.raises(CommandFailed, match=f"{strange} bukan cadangan HaloPST"):
        restore(strange, replace=False)


def test_an_archive_of_a_newer_version_is_refused(office, archive, folder):
    with ZipFile(archive) as opened:
        manifest = json.loads(opened.read("manifest.json"))
    manifest |= {"version": "9.0", "migrations": [*manifest["migrations"], "units.9999_later"]}
    newer = altered(archive, folder / "baru.zip", manifest=json.dumps(manifest))

    code, _, refused = halopst(office, "restore", "--ganti", str(newer))

    assert code == 1
    assert refused == "halopst: Cadangan ini dibuat HaloPST 9.0 yang lebih baru: perbarui HaloPST dahulu.\n"


def test_a_database_in_use_is_not_replaced(office, archive):
    with serving(Cluster(office)) as url, psycopg.connect(url):
        code, _, refused = halopst(office, "restore", "--ganti", str(archive))

    assert code == 1
    assert "masih dipakai (1 sambungan): hentikan HaloPST" in refused
