"""A file of mitra taken in by a program, from upload to its last good row."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from halopst.audit.models import Entry
from halopst.partners import services
from halopst.partners.models import ImportRun, Person
from halopst.partners.services.imports import importing
from halopst.units.models import Unit
from tests.accounts.factories import MembershipFactory
from tests.partners.factories import ImportFaultFactory, ImportRunFactory, example_nik
from tests.partners.programs import BASE, handed_in, refused, sent
from tests.partners.sheets import people, read_back, workbook, xlsx

pytestmark = pytest.mark.django_db


def said(mapping=None, table=0):
    """Of one table."""
    columns = {"name": 0, "nik": 1, "district": 2} if mapping is None else mapping
    return {
        "tables": [{"table": table, "mapping": columns}],
        "position": "pendataan",
        "status": "aktif",
    }


@pytest.fixture
def at(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    membership = MembershipFactory(role="admin")
    client.force_login(membership.user)
    return f"/units/{membership.unit.slug}/imports"


@pytest.fixture
def uploaded(client, at):
    """The address of an upload of three rows, the second of which has a bad NIK."""
    rows = people(3)
    rows[2][1] = "123"
    made = handed_in(client, at, xlsx(rows).read(), "mitra.xlsx", year=2026)
    assert made.status_code == 201
    return f"{at}/{made.json()['id']}"


def worked(run):
    """The worker has carried on with the run at this address."""
    services.carry_on(int(run.rsplit("/", 1)[1]), now=timezone.now())


def test_a_file_is_uploaded_checked_mended_and_taken_in(client, at, uploaded, caplog):
    columns = client.get(f"{BASE}{uploaded}/columns").json()
    assert [(one["letter"], one["head"], one["field"]) for one in columns[:3]] == [
        ("A", "Nama", "name"),
        ("B", "NIK", "nik"),
        ("C", "Kecamatan", "district"),
    ]
    assert columns[1]["samples"][0] == "9999••••••••0002"

    assert sent(client, "put", f"{uploaded}/columns", said()).json()["state"] == "checking"
    worked(uploaded)
    told = client.get(f"{BASE}{uploaded}").json()
    assert [told[name] for name in ("state", "total", "done", "good", "bad")] == ["checked", 3, 3, 2, 1]
    assert [
        (row["cell"], row["title"], row["said"]) for row in client.get(f"{BASE}{uploaded}/faults").json()
    ] == [("B3", "NIK", "NIK terdiri dari 16 angka; ini 3 angka. Tulis ulang seperti di KTP.")]
    back = read_back(sent(client, "post", f"{uploaded}/bad-rows").content)
    assert back[1][1:3] == ["Mitra 2", "123"]

    assert sent(client, "post", f"{uploaded}/start").json()["state"] == "importing"
    worked(uploaded)
    told = client.get(f"{BASE}{uploaded}").json()
    assert [told[name] for name in ("state", "added", "changed", "stuck", "stopping")] == [
        "done",
        2,
        0,
        False,
        False,
    ]
    assert [row["state"] for row in client.get(f"{BASE}{at}").json()] == ["done"]
    assert Person.objects.count() == 2
    assert {e.action for e in Entry.objects.all()} >= {"partners.imported", "partners.bad-rows-taken"}
    assert example_nik(1) not in caplog.text


@pytest.mark.parametrize(
    ("content", "year", "said"),
    [
        (b"%PDF-1.7", 2026, importing.FileUnreadable.SENTENCES["format"]),
        (b"", 2026, None),
        (b"x" * (30 * 1024 * 1024 + 1), 2026, importing.FileTooLarge.message),
        (None, 2026, "Pilih satu berkas dulu."),
        (b"Nama,NIK\n", 1999, None),
        (b"Nama,NIK\n", "tahun ini", None),
    ],
    ids=["a PDF", "empty", "over 30 MB", "none", "too early", "no year"],
)
def test_a_file_that_cannot_be_read_is_told(client, at, content, year, said):
    status, told = refused(handed_in(client, at, content, "mitra.csv", year=year))

    assert status == 422
    assert said is None or told == str(said)
    assert not ImportRun.objects.exists()


@pytest.mark.parametrize(
    ("mapping", "told"),
    [
        ({"name": 0}, "Tunjukkan kolom nama, dan kolom NIK atau ID SOBAT."),
        ({"name": 0, "nik": 0}, "Kolom ke-0 dipilih untuk dua isian. Pilih satu."),
        ({"name": 0, "nik": 50}, "Berkas ini tidak punya kolom ke-50. Kolom dihitung dari 0."),
        ({"name": -1}, None),
        ({"name": 10**9}, None),
        ({"name": "A"}, None),
        ([], None),
    ],
)
def test_columns_that_cannot_be_are_told(client, uploaded, mapping, told):
    status, answered = refused(sent(client, "put", f"{uploaded}/columns", said(mapping)))

    assert status == 422
    assert told in (None, answered)
    assert ImportRun.objects.get().state == "uploaded"


@pytest.mark.parametrize("tables", [[1], [0, 0], []])
def test_tables_that_are_not_there_are_told(client, uploaded, tables):
    body = {**said(), "tables": [{"table": table, "mapping": {"name": 0, "nik": 1}} for table in tables]}

    assert sent(client, "put", f"{uploaded}/columns", body).status_code == 422
    assert ImportRun.objects.get().state == "uploaded"


def test_of_several_sheets_those_named_are_read(client, at):
    rows = people(2)
    file = workbook({"Waru": people(1), "Sedati": [rows[0], ["Mitra 2", "12"]], "Catatan": [["Nama", "NIK"]]})
    made = handed_in(client, at, file.read(), "mitra.xlsx", year=2026).json()
    run = f"{at}/{made['id']}"

    assert [table["name"] for table in made["tables"]][:2] == ["Waru", "Sedati"]
    assert {one["table"] for one in client.get(f"{BASE}{run}/columns").json()} >= {0, 1}
    told = sent(client, "put", f"{run}/columns", said({"name": 0, "nik": 1}, table=1)).json()
    assert [table["taken"] for table in told["tables"]][:2] == [False, True]
    worked(run)
    assert [(row["table"], row["row"], row["cell"]) for row in client.get(f"{BASE}{run}/faults").json()] == [
        (1, 2, "Sedati!B2")
    ]


def test_faults_are_listed_as_cheaply_for_three_as_for_one(client, at):
    run = ImportRunFactory(unit=Unit.objects.get(slug=at.split("/")[2]))

    def asked():
        with CaptureQueriesContext(connection) as queries:
            rows = client.get(f"{BASE}{at}/{run.pk}/faults").json()
        return len(rows), len(queries)

    ImportFaultFactory(run=run)
    asked()
    one = asked()
    ImportFaultFactory.create_batch(2, run=run)

    assert asked() == (3, one[1])


def test_an_unknown_field_is_told_with_those_there_are(client, uploaded):
    answer = sent(client, "put", f"{uploaded}/columns", said({"nama": 0}))

    status, told = refused(answer)
    assert (status, told.split(". ")[0]) == (422, "Isian nama tidak dikenal")
    assert "name" in told


def test_what_is_not_its_turn_is_declined(client, uploaded):
    assert refused(sent(client, "post", f"{uploaded}/start")) == (409, str(importing.ColumnsFirst.message))
    assert refused(sent(client, "post", f"{uploaded}/resume")) == (409, str(importing.StillRunning.message))
    assert sent(client, "post", f"{uploaded}/cancel").json()["state"] == "cancelled"
    assert sent(client, "post", f"{uploaded}/cancel").status_code == 409
    assert sent(client, "put", f"{uploaded}/columns", said()).status_code == 409


def test_nothing_good_is_nothing_to_start(client, at):
    made = handed_in(client, at, xlsx([people(1)[0], ["Ayu", "1"]]).read(), "mitra.xlsx", year=2026).json()
    run = f"{at}/{made['id']}"
    sent(client, "put", f"{run}/columns", said({"name": 0, "nik": 1}))
    worked(run)

    assert refused(sent(client, "post", f"{run}/start")) == (409, str(importing.NothingToImport.message))


def test_one_that_is_stuck_is_resumed(client, uploaded):
    sent(client, "put", f"{uploaded}/columns", said())
    ImportRun.objects.update(updated_at=timezone.now() - timedelta(minutes=6))

    assert client.get(f"{BASE}{uploaded}").json()["stuck"] is True
    assert sent(client, "post", f"{uploaded}/resume").json()["stuck"] is False


def test_one_that_was_stopped_is_taken_up_again(client, uploaded):
    sent(client, "put", f"{uploaded}/columns", said())
    assert sent(client, "post", f"{uploaded}/cancel").json()["can_resume"] is True

    assert sent(client, "post", f"{uploaded}/resume").json()["state"] == "checking"


def test_a_file_that_is_gone_has_no_columns_to_show(client, uploaded):
    services.forget_files(now=timezone.now() + timedelta(days=8))

    for answer in (client.get(f"{BASE}{uploaded}/columns"), sent(client, "post", f"{uploaded}/bad-rows")):
        assert refused(answer) == (
            409,
            "Berkas impor ini sudah dihapus, karena lebih dari 7 hari atau semua barisnya masuk.",
        )


def test_an_import_of_another_office_is_not_there(client, at):
    other = ImportRunFactory()

    for path in ("", "/columns", "/faults"):
        assert client.get(f"{BASE}{at}/{other.pk}{path}").status_code == 404
    for path in ("start", "resume", "cancel", "bad-rows"):
        assert sent(client, "post", f"{at}/{other.pk}/{path}").status_code == 404


def test_an_upload_sent_again_is_one_upload(client, at):
    content = xlsx(people(1)).read()
    first, again = (
        handed_in(client, at, content, "mitra.xlsx", year=2026, key="kunci-unggah") for _ in range(2)
    )

    assert (first.json(), again["Idempotent-Replay"]) == (again.json(), "true")
    assert ImportRun.objects.count() == 1


def test_imports_are_listed_as_cheaply_for_three_as_for_one(client, at, uploaded):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            rows = client.get(f"{BASE}{at}").json()
        return len(rows), len(queries)

    asked()
    one = asked()
    for _ in range(2):
        ImportRunFactory(unit=ImportRun.objects.earliest("pk").unit)

    assert asked() == (3, one[1])
    last = ImportRun.objects.order_by("pk")[1].pk
    assert len(client.get(f"{BASE}{at}?after={last}").json()) == 1


def test_the_template_has_the_heads_we_know(client, at):
    answer = client.get(f"{BASE}{at.replace('/imports', '/import-template')}")

    assert read_back(answer.content)[0][:3] == ["NIK", "ID SOBAT", "Nama"]


def test_a_form_sent_where_json_is_wanted_is_told(client, uploaded):
    answer = handed_in(client, f"{uploaded}/start".replace("start", "bad"), b"x", year=2026)
    assert answer.status_code == 404

    answer = handed_in(client, uploaded.rsplit("/imports", 1)[0] + "/mitra", b"x", year=2026)
    assert refused(answer) == (
        400,
        "Isi permintaan tidak terbaca: kirim JSON atau formulir yang utuh, tanpa NUL dan setengah emoji.",
    )
