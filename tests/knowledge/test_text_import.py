"""Texts from elsewhere, one JSON object a line: resumed, repeated, and told what is wrong by line."""

import json
from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from django.core.management import CommandError, call_command

from halopst.core.actors import ANONYMOUS, SYSTEM
from halopst.core.errors import NotPermitted
from halopst.knowledge import services
from halopst.knowledge.models import Document, Passage
from halopst.knowledge.services import text_import
from tests.accounts.factories import UserFactory
from tests.units.factories import HeadOfficeFactory, UnitFactory

NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def head_office():
    return HeadOfficeFactory()


def line(name, text="Isi tulisan.", **more):
    given = {
        "external_id": name,
        "title": "Judul",
        "text": text,
        "source": "Uji",
        "url": "",
        "published_on": None,
    }
    return {**given, "unit": None, "lang": "id", **more}


def given(*lines):
    return [one if isinstance(one, bytes) else json.dumps(one).encode() for one in lines]


def bring(*lines):
    report = services.import_lines(SYSTEM, given(*lines), now=NOW, progress=lambda _report: None)
    return report.added, report.changed, report.unchanged, report.faults


def test_what_comes_again_unchanged_is_passed_over_and_what_changed_keeps_its_past():
    assert bring(line("a"), line("b")) == (2, 0, 0, [])
    assert bring(line("a"), line("b", "Isi baru."), line("c")) == (1, 1, 1, [])

    changed = Document.objects.get(external_id="b")
    assert (changed.version, changed.text, changed.state) == (2, "Isi baru.", "published")
    assert list(changed.versions.values_list("number", "text")) == [(1, "Isi tulisan.")]


def test_a_name_that_comes_twice_in_a_file_is_its_first_line_each_time_the_file_comes(monkeypatch):
    monkeypatch.setattr(text_import, "BATCH", 2)  # the second is found in another transaction, too
    lines = line("a"), line("a", "Lain."), line("b"), line("a"), line("b", "Lain.")
    told = "external_id ini sudah ada di baris {} dengan isi lain."

    assert bring(*lines) == (2, 0, 1, [(2, told.format(1)), (5, told.format(3))])
    assert bring(*lines) == (0, 0, 3, [(2, told.format(1)), (5, told.format(3))])
    assert set(Document.objects.values_list("text", "version")) == {("Isi tulisan.", 1)}


def test_the_same_name_in_another_source_is_another_text():
    assert bring(line("a"), line("a", source="Lain")) == (2, 0, 0, [])


def test_what_an_office_withdrew_stays_withdrawn():
    bring(line("a"))
    services.withdraw(SYSTEM, Document.objects.get())
    assert bring(line("a", "Isi baru.")) == (0, 1, 0, [])
    assert (Document.objects.get().state, Passage.objects.count()) == ("withdrawn", 0)


def test_a_text_of_an_office_nobody_knows_is_kept_for_all_and_told():
    report = services.import_lines(
        SYSTEM, given(line("a", unit="9999"), line("b")), now=NOW, progress=lambda _report: None
    )
    assert report.remarks == [(1, "Satker 9999 tidak dikenal: tulisan ini menjadi milik semua satker.")]
    assert (report.added, report.faults, Document.objects.get(external_id="a").unit) == (2, [], None)

    office = UnitFactory(code="9999")
    assert bring(line("a", unit="9999"), line("b")) == (0, 1, 1, [])
    assert Document.objects.get(external_id="a").unit == office


def test_an_office_goes_by_its_code_its_short_address_its_name_and_its_region():
    office = UnitFactory(name="BPS Kabupaten Malang", region="Kabupaten Malang")
    said = (
        office.code,
        int(office.code),
        office.slug,
        "BPS Kabupaten Malang",
        "bps kab. malang",
        "KAB MALANG",
    )
    assert bring(*(line(str(at), unit=name) for at, name in enumerate(said))) == (len(said), 0, 0, [])
    assert set(Document.objects.values_list("unit", flat=True)) == {office.pk}


def test_what_an_officer_changed_since_is_not_overwritten():
    bring(line("a"), line("b"), line("c"))
    officer = UserFactory()
    for name, text in (("a", "Isi petugas."), ("b", "Isi tulisan."), ("c", "Isi petugas.")):
        document = Document.objects.get(external_id=name)
        document.versions.create(number=1, title="Judul", text="Isi tulisan.", written_at=NOW)
        Document.objects.filter(pk=document.pk).update(text=text, edited_by=officer, version=2)

    told = "Tulisan ini diubah petugas sejak impor terakhir: tidak ditimpa."
    assert bring(line("a"), line("b", "Isi baru."), line("c", "Isi baru.")) == (0, 1, 1, [(3, told)])
    assert list(Document.objects.order_by("external_id").values_list("text", flat=True)) == [
        "Isi petugas.",
        "Isi baru.",
        "Isi petugas.",
    ]


def test_what_a_spreadsheet_leaves_empty_is_empty_and_its_whole_numbers_are_whole():
    assert bring(
        b'{"external_id": 7.0, "text": "Isi.", "title": NaN, "unit": NaN, "published_on": 2023.0}'
    ) == (1, 0, 0, [])
    document = Document.objects.get()
    assert (document.external_id, document.title, document.unit) == ("7", "", None)
    assert document.published_on == date(2023, 1, 1)


def test_of_a_line_without_an_end_no_more_is_read_than_shows_that_it_is_too_long():
    endless, size = BytesIO(b"x" * 20_000_000 + b"\n" + json.dumps(line("a")).encode()), 0

    def measured():
        nonlocal size
        for raw in services.lines_of(endless):
            size = max(size, len(raw))
            yield raw

    report = services.import_lines(SYSTEM, measured(), now=NOW, progress=lambda _report: None)
    assert (report.added, report.faults, size) == (1, [(1, "Baris terlalu panjang.")], 4_000_001)


def test_wrong_lines_are_named_and_the_others_stored():
    long = line("x", "a" * 1_000_001)
    *counts, faults = bring(
        line("a"), b"{", b"\xff", b"[]", line(""), line("n", "\0"), line("u", unit=["3578"]),
        line("d", published_on="kemarin"), line("k", kind="puisi"), line("t", text=["x"]), b"", long,
        b'{"external_id": "s", "text": "\\ud800"}', line("z"), line("r", review_by="besok"),
        line("p", audience="kami"),
    )  # fmt: skip

    assert counts == [2, 0, 0]
    assert faults == [
        (2, "Bukan JSON dalam UTF-8."),
        (3, "Bukan JSON dalam UTF-8."),
        (4, "Satu baris harus satu objek JSON."),
        (5, "external_id wajib diisi."),
        (6, "text memuat karakter yang tidak dapat disimpan."),
        (7, "unit harus berupa teks."),
        (8, "published_on harus tanggal, misalnya 2026-11-20."),
        (9, "Jenis puisi tidak dikenal."),
        (10, "text harus berupa teks."),
        (12, "text lebih dari 1000000 karakter."),
        (13, "text memuat karakter yang tidak dapat disimpan."),
        (15, "review_by harus tanggal, misalnya 2026-11-20."),
        (16, "audience kami tidak dikenal: tulis everyone atau staff."),
    ]


def test_what_goes_out_comes_in_the_same(tmp_path, head_office):
    unit = UnitFactory()
    lines = [
        line("a", "Baris satu.\n\n## Bagian\nDua “kutip” é."),
        line("b", unit=unit.code, url="https://contoh.id/b", published_on="2024-05-06", kind="press_release"),
    ]
    first, second = tmp_path / "masuk.jsonl", tmp_path / "keluar.jsonl"
    first.write_text("".join(f"{json.dumps(one, ensure_ascii=False)}\n" for one in lines))

    call_command("knowledge", "import", str(first), verbosity=0)
    call_command("knowledge", "export", str(second), verbosity=0)

    assert [json.loads(one) for one in second.read_text().splitlines()] == lines


def test_a_text_for_staff_or_past_its_review_date_is_still_so_where_it_arrives(tmp_path):
    """Elsewhere it would be read by everyone, and cited as if somebody had looked at it again."""
    bring(line("a"))
    Document.objects.update(audience="staff", review_by=date(2026, 1, 31))
    carried = tmp_path / "keluar.jsonl"
    call_command("knowledge", "export", str(carried), verbosity=0)
    Document.objects.all().delete()

    call_command("knowledge", "import", str(carried), verbosity=0)
    arrived = Document.objects.get()
    assert (arrived.audience, arrived.review_by) == ("staff", date(2026, 1, 31))

    Document.objects.update(audience="everyone", review_by=date(2027, 1, 31))  # decided here from now on
    assert bring(*(json.loads(one) for one in carried.read_text().splitlines())) == (0, 0, 1, [])
    assert bring(line("a", "Isi baru.", audience="staff", review_by="2026-01-31")) == (0, 1, 0, [])
    arrived.refresh_from_db()
    assert (arrived.audience, arrived.review_by) == ("everyone", date(2027, 1, 31))


def test_the_command_says_in_a_sentence_what_it_could_not_do(tmp_path):
    wrong = tmp_path / "salah.jsonl"
    wrong.write_text("{\n")
    with pytest.raises(CommandError, match="1 baris ditolak"):
        call_command("knowledge", "import", str(wrong))


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("tidak-ada.jsonl", "tidak ada, periksa nama"),
        (".", "itu folder"),
        ("berkas/di-dalam.jsonl", "bukan folder"),
        ("x" * 300, "terlalu panjang"),
        ("tautan", "berputar"),
    ],
)
def test_a_file_that_is_not_opened_is_told_with_what_to_do(tmp_path, name, said):
    (tmp_path / "berkas").touch()
    (tmp_path / "tautan").symlink_to(tmp_path / "tautan")
    with pytest.raises(CommandError, match=rf"tidak dapat dibaca: .*{said}.*\.$"):
        call_command("knowledge", "import", str(tmp_path / name))


@pytest.mark.parametrize("content", ["", "\n  \n"])
def test_a_file_without_a_line_is_no_import(tmp_path, content):
    empty = tmp_path / "kosong.jsonl"
    empty.write_text(content)
    with pytest.raises(CommandError, match="tidak berisi satu baris pun"):
        call_command("knowledge", "import", str(empty))


def test_a_file_that_is_not_written_is_told_with_what_to_do(tmp_path):
    with pytest.raises(CommandError, match="tidak dapat ditulis: itu folder"):
        call_command("knowledge", "export", str(tmp_path))


def test_only_the_head_office_imports():
    with pytest.raises(NotPermitted):
        services.import_lines(ANONYMOUS, [], now=NOW, progress=lambda _report: None)
