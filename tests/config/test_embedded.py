"""The embedded PostgreSQL, with real servers in folders of their own."""

import errno
import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from halopst.config.embedded import Cluster, database_url, enter, serving
from halopst.config.embedded.cluster import LONGEST_SOCKET_PATH, SHORT_PATHS, SOCKET, binary
from halopst.config.embedded.folders import LEAST_FREE_BYTES, sentences
from halopst.config.failures import CommandFailed
from tests.database import THROWAWAY

HOLDER = """
import sys
from pathlib import Path
from halopst.config.embedded import Cluster, enter
lease = enter(Cluster(Path(sys.argv[1])))
print("in", flush=True)
sys.stdin.read()
lease.leave()
"""


@pytest.fixture(scope="module")
def grown(module_folder):
    """One cluster for the tests that leave it as they found it."""
    return Cluster(module_folder / "var", THROWAWAY)


@pytest.fixture
def cluster(folder):
    return Cluster(folder / "var", THROWAWAY)


@contextmanager
def holder(cluster):
    """Another process that needs the server; leaves when its block ends."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(cluster.var)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        yield process
        if process.poll() is None:
            process.communicate(timeout=180)


def inside(process):
    return process.stdout.readline() == "in\n"


def postmaster(cluster):
    """The number of the running server process, or None."""
    path = cluster.data / "postmaster.pid"
    return int(path.read_text().split()[0]) if path.exists() else None


def ask(url, question):
    with psycopg.connect(url) as connection:
        return connection.execute(question).fetchone()


def test_two_that_start_at_once_share_one_server(grown):
    with holder(grown) as one, holder(grown) as two:
        assert inside(one)
        assert inside(two)
        servers = [path for path in Path("/proc").glob("[0-9]*") if works_in(path, grown.data)]
        postmasters = [path for path in servers if int(path.name) == postmaster(grown)]
        assert len(postmasters) == 1
        assert ask(grown.url, "SELECT 1") == (1,)


def works_in(process, folder):
    try:
        return (process / "cwd").readlink() == folder
    except OSError:
        return False


def test_the_last_one_out_stops_the_server(grown):
    with holder(grown) as one:
        assert inside(one)
        with serving(grown):
            running = postmaster(grown)
        assert postmaster(grown) == running
    assert postmaster(grown) is None


def test_a_killed_process_neither_blocks_the_next_nor_keeps_the_server_up(grown):
    with holder(grown) as one:
        assert inside(one)
        running = postmaster(grown)
        one.kill()
        one.wait()

        with serving(grown):
            assert postmaster(grown) == running
        assert postmaster(grown) is None


def test_a_number_left_by_a_power_cut_that_is_now_somebody_elses_is_no_obstacle(grown):
    with holder(grown) as one:
        assert inside(one)
        remains = (grown.data / "postmaster.pid").read_text()
        os.kill(postmaster(grown), signal.SIGKILL)
        one.kill()
        one.wait()
    wait_until_nobody_works_in(grown.data)
    _, *rest = remains.splitlines(keepends=True)
    (grown.data / "postmaster.pid").write_text(f"{parent_of_all()}\n{''.join(rest)}")

    with serving(grown):
        assert ask(grown.url, "SELECT 1") == (1,)


def wait_until_nobody_works_in(folder):
    deadline = time.monotonic() + 60
    while any(works_in(path, folder) for path in Path("/proc").glob("[0-9]*")):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def parent_of_all():
    """A process that lives as long as we do and has nothing to do with PostgreSQL."""
    return os.getppid()


def test_a_first_start_killed_half_way_leaves_nothing_in_the_way(cluster):
    half = cluster.var / "postgres.new"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")

    with serving(cluster):
        assert ask(cluster.url, "SELECT 1") == (1,)
    assert not half.exists()


def test_the_server_speaks_utf8_checks_its_pages_and_listens_to_nobody_outside(grown):
    with serving(grown):
        assert ask(
            grown.url,
            "SELECT current_setting('server_version_num')::int / 10000, current_setting('server_encoding'),"
            " current_setting('data_checksums'), current_setting('listen_addresses'),"
            " (SELECT datlocale FROM pg_database WHERE datname = current_database()), current_user,"
            " (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)",
        ) == (18, "UTF8", "on", "", "C.UTF-8", "halopst", False)


def test_only_the_owner_and_root_are_let_in(grown):
    with serving(grown):
        assert (grown.data / "pg_hba.conf").read_text().splitlines()[1:] == ["local all all peer map=halopst"]
        people = {line.split()[1] for line in (grown.data / "pg_ident.conf").read_text().splitlines()}
    assert people == {"root", grown.account}
    assert grown.data.stat().st_mode & 0o777 == 0o700


@pytest.mark.skipif(
    os.geteuid() != 0, reason="only root can try as somebody else; the rules are tested above"
)
def test_somebody_else_on_the_machine_is_refused(grown):
    with serving(grown):
        refused = subprocess.run(
            [binary("psql"), "-h", grown.sockets, "-U", "halopst", "-c", "SELECT 1"],
            user="nobody",
            group="nogroup",
            extra_groups=[],
            cwd="/",
            capture_output=True,
            text=True,
            check=False,
        )
    assert refused.returncode == 2
    assert "Peer authentication failed" in refused.stderr


def test_a_stranger_behind_the_socket_is_not_trusted(grown):
    with serving(grown):
        strangers = grown.url.replace(f"requirepeer={grown.account}", "requirepeer=nobody")
        with pytest.raises(psycopg.OperationalError, match="requirepeer"):
            psycopg.connect(strangers)


@pytest.mark.parametrize("name", ["d" * 60 + "/" + "e" * 60, "spasi 'petik' \"dua\"", "koma,dan$(id)`id`"])
def test_any_folder_will_do(folder, name):
    cluster = Cluster(folder / name / "var", THROWAWAY)
    try:
        with serving(cluster):
            assert ask(cluster.url, "SELECT 1") == (1,)
            assert len(str(cluster.sockets / SOCKET)) <= LONGEST_SOCKET_PATH
        assert cluster.sockets.parent == SHORT_PATHS
    finally:
        cluster.sockets.rmdir()


def test_the_address_is_known_before_anything_runs(folder):
    url = database_url(folder)

    assert url == Cluster(folder).url
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("sampah\x00\xff", "rusak atau bukan milik HaloPST"),
        ("", "rusak atau bukan milik HaloPST"),
        ("16\n", "dibuat oleh PostgreSQL 16"),
    ],
)
def test_data_it_cannot_open_is_refused_in_a_sentence(cluster, content, sentence):
    cluster.data.mkdir(parents=True)
    (cluster.data / "PG_VERSION").write_text(content)

    with pytest.raises(CommandFailed, match=sentence):
        enter(cluster)
    assert (cluster.data / "PG_VERSION").read_text() == content


def test_a_damaged_cluster_is_refused_in_a_sentence(cluster):
    with serving(cluster):
        pass
    (cluster.data / "global" / "pg_control").write_bytes(b"")

    with pytest.raises(CommandFailed, match=r"tidak mau menyala: periksa catatan di .*start\.log"):
        enter(cluster)


def test_a_folder_that_is_a_file_is_refused_in_a_sentence(folder):
    (folder / "var").write_text("bukan folder")

    with pytest.raises(CommandFailed, match="tidak dapat dipakai"):
        enter(Cluster(folder / "var"))


def test_a_folder_nobody_may_write_is_refused_in_a_sentence():
    with pytest.raises(CommandFailed, match="tidak dapat dipakai"):
        enter(Cluster(Path("/proc/halopst")))


def test_a_full_disk_is_refused_in_a_sentence(cluster):
    with pytest.raises(CommandFailed, match=r"Ruang penyimpanan .* habis"), sentences(cluster):
        raise OSError(errno.ENOSPC, "No space left on device")


def test_a_nearly_full_disk_is_refused_before_anything_is_written(cluster, monkeypatch):
    nearly = os.statvfs("/")
    monkeypatch.setattr(
        "shutil.disk_usage", lambda _path: type("Usage", (), {"free": LEAST_FREE_BYTES - nearly.f_bsize})()
    )
    with pytest.raises(CommandFailed, match="tinggal 199 MB"):
        enter(cluster)
    assert list(cluster.var.iterdir()) == []


def test_someone_elses_socket_folder_is_refused(folder):
    cluster = Cluster(folder / ("d" * 120) / "var", THROWAWAY)
    cluster.sockets.symlink_to(folder)
    try:
        with pytest.raises(CommandFailed, match="milik pengguna lain"):
            enter(cluster)
    finally:
        cluster.sockets.unlink()
