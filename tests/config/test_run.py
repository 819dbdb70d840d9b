"""`halopst run` from the keyboard: what it starts, what it says, and what is left when it ends."""

import os
import signal
import socket
import time
import urllib.request

import pytest

from tests.config.commands import halopst, processes_of, start
from tests.config.prepared import copy_to
from tests.ports import free_port

UP = "HaloPST siap di"


@pytest.fixture(scope="module")
def var(module_folder):
    """One office for all of these, its tables made; `test_two_that_prepare_at_once` makes its own."""
    copy_to(module_folder / "var")
    return module_folder / "var"


@pytest.fixture
def port():
    return free_port()


@pytest.fixture
def running(var, port):
    """`halopst run`, up and healthy; whatever the test leaves of it is killed."""
    process = start(var, "run", "--no-demo", "--port", str(port))
    with process:
        said = []
        while not (said and UP in said[-1]):
            line = process.stdout.readline()
            assert line, process.stderr.read()
            said.append(line)
        yield process
        for number in [*processes_of(var)]:
            os.kill(number, signal.SIGKILL)


def test_a_model_that_cannot_be_asked_is_said_at_the_start(var, port):
    model = {"HALOPST_MODEL_ID": "model-uji", "HALOPST_MODEL_URL": f"http://127.0.0.1:{free_port()}/v1"}
    with start(var, "web", "--port", str(port), **model) as process:
        said = next(line for line in process.stderr if "model.unfit" in line)
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=180)

    assert "HALOPST_MODEL_URL: server model tidak dapat dihubungi" in said


def wait_until_nothing_runs(var):
    deadline = time.monotonic() + 300
    while left := processes_of(var):
        assert time.monotonic() < deadline, left
        time.sleep(0.1)


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_it_serves_until_it_is_stopped_and_leaves_nothing_behind(running, var, port, ending):
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz") as answer:
        assert answer.status == 200
    assert sorted(kind(command) for command in processes_of(var).values() if kind(command)) == [
        "run",
        "web",
        "worker",
    ]
    running.send_signal(ending)
    said, refused = running.communicate(timeout=180)

    assert running.returncode == 0
    assert said.endswith("HaloPST berhenti. Data tetap tersimpan.\n")
    assert refused == ""
    assert processes_of(var) == {}
    assert (var / "postgres" / "PG_VERSION").exists()


def kind(command):
    words = command.split()
    return words[words.index("halopst.config.cli") + 1] if "halopst.config.cli" in words else ""


def test_even_kill_9_leaves_nothing_behind_and_the_next_start_works(running, var):
    running.kill()
    wait_until_nothing_runs(var)

    code, said, refused = halopst(var, "check")
    assert (code, refused) == (0, "")
    assert "[baik ] Tabel: sesuai versi ini" in said


def test_a_worker_that_dies_is_reported_and_stops_the_rest(running, var):
    [worker] = [number for number, command in processes_of(var).items() if kind(command) == "worker"]
    os.kill(worker, signal.SIGKILL)
    _, refused = running.communicate(timeout=180)

    assert running.returncode == 1
    assert refused == (
        "halopst: Pekerja latar berhenti sendiri (kode -9), jadi HaloPST dihentikan: "
        "lihat pesan di atas, lalu jalankan lagi.\n"
    )
    assert processes_of(var) == {}


INVENTED = """
from datetime import date
from halopst.demo.models import HistoryWeek
from halopst.units.models import Unit
HistoryWeek.objects.create(unit=Unit.objects.first(), monday=date(2026, 11, 16))
"""


def test_a_real_office_is_never_shown_as_a_demonstration_nor_an_invented_one_as_official(folder, port):
    """Everybody may read the outbox of a demonstration: whoever forgot `--no-demo` once must not open it."""
    copy_to(var := folder / "var")
    assert halopst(var, "admin", "admin@bps.example")[0] == 0

    assert banner(var, port, "run") == "Situs resmi"
    assert halopst(var, "manage", "shell", "-v", "0", "-c", INVENTED)[0] == 0
    assert banner(var, port, "run", "--no-demo") == "Peragaan"
    assert banner(var, port, "web") == "Peragaan"


def banner(var, port, *words):
    """What the first page says of itself."""
    with start(var, *words, "--port", str(port)) as process:
        page = first_page(port)
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=180)
    [said] = [words for words in ("Situs resmi", "Peragaan") if words in page]
    return said


def first_page(port):
    deadline = time.monotonic() + 180
    while True:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/") as answer:
                return answer.read().decode()
        except OSError:
            assert time.monotonic() < deadline
            time.sleep(0.2)


def test_a_taken_port_is_refused_before_anything_starts(folder):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        code, said, refused = halopst(folder / "var", "run", "--port", str(port))
    assert (code, said) == (1, "")
    assert refused == (
        f"halopst: Porta {port} di 127.0.0.1 sedang dipakai program lain: hentikan program itu, "
        f"atau pilih porta lain dengan 'halopst run --port {port + 1}'.\n"
    )
    assert not (folder / "var").exists()


def test_an_address_of_another_machine_is_refused(folder):
    code, _, refused = halopst(folder / "var", "run", "--host", "203.0.113.7")

    assert code == 1
    assert refused.startswith("halopst: Alamat 203.0.113.7 bukan alamat mesin ini")


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        (
            "postgres://halo:rahasia@127.0.0.1:1/halopst",
            "Server basis data 127.0.0.1:1/halopst tidak dapat dihubungi",
        ),
        ("postgres://halo:rahasia@tidak-ada.invalid/halopst", "tidak dapat dihubungi"),
        ("sqlite:///data.db", "DATABASE_URL harus menunjuk PostgreSQL"),
        ("bukan alamat", "DATABASE_URL harus menunjuk PostgreSQL"),
    ],
)
def test_a_database_that_does_not_answer_is_refused_in_one_sentence(folder, port, url, sentence):
    code, _, refused = halopst(folder / "var", "run", "--port", str(port), DATABASE_URL=url)

    assert code == 1
    assert refused.startswith("halopst: ")
    assert refused.count("\n") == 1
    assert sentence in refused
    assert "rahasia" not in refused


def test_a_broken_data_folder_is_refused_in_one_sentence(folder, port):
    data = folder / "var" / "postgres"
    data.mkdir(parents=True)
    (data / "PG_VERSION").write_text("sampah")

    code, _, refused = halopst(folder / "var", "run", "--port", str(port))

    assert code == 1
    assert refused == (
        f"halopst: Data di {data} rusak atau bukan milik HaloPST: pindahkan folder itu, lalu jalankan lagi "
        "dan pulihkan cadangan terakhir dengan 'halopst restore'.\n"
    )


def test_a_setting_that_cannot_be_read_is_refused_in_one_sentence(folder, port):
    code, _, refused = halopst(folder / "var", "run", "--port", str(port), HALOPST_DB_POOL="banyak")

    assert code == 1
    assert refused.startswith("halopst: Pengaturan tidak dapat dibaca")
    assert refused.count("\n") == 1


def test_two_that_prepare_at_once_wait_for_each_other(folder):
    with start(folder / "var", "migrate") as one, start(folder / "var", "migrate") as two:
        ended = [process.communicate(timeout=300) for process in (one, two)]

    assert [
        (process.returncode, refused) for process, (_, refused) in zip((one, two), ended, strict=True)
    ] == [
        (0, ""),
        (0, ""),
    ]
    assert sorted("No migrations to apply" in said for said, _ in ended) == [False, True]
