"""A file of mitra, from upload to its last good row."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from halopst.accounts.models import Membership
from halopst.audit.models import Entry
from halopst.core.errors import NotPermitted
from halopst.notifications.models import Notice
from halopst.partners import queries, services
from halopst.partners.models import AccountRemark, BankAccount, ImportFault, ImportRun, Person, Registration
from halopst.partners.queries.own.accounts import settled_remark
from halopst.partners.services.imports import importing, loading
from halopst.partners.wording.faults import said_of
from tests.accounts.factories import MembershipFactory
from tests.partners.factories import (
    BankAccountFactory,
    PersonFactory,
    PositionFactory,
    RegistrationFactory,
    example_nik,
)
from tests.partners.sheets import csv_of, people, read_back, workbook, xlsx
from tests.partners.test_register import keeper
from tests.scheduling.factories import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return MembershipFactory(role="admin").unit


def uploaded(unit, file, actor=None):
    return services.upload(actor or keeper(unit), unit=unit, year=2026, file=file)


def checked(unit, file):
    run = uploaded(unit, file)
    services.check_import(
        keeper(unit), run, mappings=run.mappings, position="pendataan", status="aktif", now=NOW
    )
    services.carry_on(run.pk, now=NOW)
    run.refresh_from_db()
    return run


def imported(unit, file):
    run = checked(unit, file)
    services.start_import(keeper(unit), run, now=NOW)
    services.carry_on(run.pk, now=NOW)
    run.refresh_from_db()
    return run


def counts(run):
    return (run.total, run.good, run.bad, run.added, run.changed, run.unchanged)


def test_an_upload_changes_nothing_but_knows_its_columns(office):
    run = uploaded(office, xlsx(people(3)))

    assert (run.state, run.total, run.mappings[0]["nik"], run.mappings[0]["name"]) == ("uploaded", 3, 1, 0)
    assert Person.objects.count() == 0
    with default_storage.open(run.stored_as) as file:
        assert b"Mitra" not in file.read()


def test_good_rows_come_into_the_register(office):
    run = imported(office, xlsx(people(3)))

    assert (run.state, counts(run)) == ("done", (3, 3, 0, 3, 0, 0))
    person = Person.objects.with_nik(example_nik(2)).get()
    assert (person.name, person.nik, person.district, person.phone) == (
        "Mitra 2",
        example_nik(2),
        "Waru",
        "6281234567890",
    )
    assert (person.bank_account.number, person.bank_account.tail) == ("1234500002", "0002")
    registration = person.registrations.get()
    assert (registration.unit, registration.year, registration.position, registration.status) == (
        office,
        2026,
        "pendataan",
        "aktif",
    )
    assert run.stored_as == ""
    assert Entry.objects.get(action="partners.imported").details == {
        "added": 3,
        "changed": 0,
        "unchanged": 0,
        "bad": 0,
    }


def test_the_same_file_twice_changes_nothing(office):
    imported(office, xlsx(people(3)))
    before = list(Person.objects.order_by("pk").values()), list(BankAccount.objects.order_by("pk").values())

    run = imported(office, xlsx(people(3)))

    assert counts(run) == (3, 3, 0, 0, 0, 3)
    after = list(Person.objects.order_by("pk").values()), list(BankAccount.objects.order_by("pk").values())
    assert after == before
    assert Registration.objects.count() == 3


def test_bad_rows_are_told_by_cell_and_the_good_ones_go_in_alone(office):
    rows = people(3)
    rows[2][1] = 9999011708950002
    rows[3][0] = ""

    run = imported(office, xlsx(rows))

    assert counts(run) == (3, 1, 2, 1, 0, 0)
    assert list(ImportFault.objects.values_list("column", "row", "code")) == [
        ("B", 3, "nik-number"),
        ("A", 4, "name-missing"),
    ]
    assert Person.objects.get().name == "Mitra 1"


def test_the_bad_rows_are_given_back_to_be_mended(office):
    rows = people(2)
    rows[1][1] = "123"
    run = imported(office, xlsx(rows))

    back = read_back(services.bad_rows(keeper(office), run))

    assert back[0] == ["Yang perlu diperbaiki", *rows[0]]
    assert back[1][0] == "B2: NIK terdiri dari 16 angka; ini 3 angka. Tulis ulang seperti di KTP."
    assert back[1][1:3] == ["Mitra 1", "123"]
    assert len(back) == 2


def test_a_nik_that_lost_a_digit_is_refused_again_until_it_is_written_anew(office):
    rows = people(2)
    rows[1][1] = 9999011708950000
    run = imported(office, xlsx(rows))

    given_back = services.bad_rows(keeper(office), run)
    again = checked(office, ContentFile(given_back, name="salah.xlsx"))

    assert read_back(given_back)[1][1:3] == ["Mitra 1", "9.99901170895000E+15"]
    assert list(again.faults.values_list("column", "code")) == [("C", "nik-number")]
    assert Person.objects.count() == 1


def test_a_mended_file_brings_in_the_rest(office):
    rows = people(2)
    rows[1][1] = "123"
    imported(office, xlsx(rows))

    run = imported(office, xlsx(people(2)))

    assert counts(run) == (2, 2, 0, 1, 0, 1)


def test_our_own_mitra_are_brought_up_to_date_and_blanks_erase_nothing(office):
    imported(office, xlsx(people(1)))
    rows = people(1)
    rows[1][2], rows[1][3] = "Taman", ""

    run = imported(office, xlsx(rows))

    person = Person.objects.get()
    assert counts(run) == (1, 1, 0, 0, 1, 0)
    assert (person.district, person.phone) == ("Taman", "6281234567890")


def test_an_account_the_file_says_otherwise_of_is_for_its_mitra_to_confirm_again(office):
    imported(office, xlsx(people(2)))
    BankAccount.objects.update(confirmed_at=NOW)
    Person.objects.update(email="satu@contoh.id")
    asked = Person.objects.get(name="Mitra 1")
    AccountRemark.objects.create(person=asked, note="Nama salah.", said_at=NOW)
    rows = people(2)
    rows[1][6] = "Nama Lain"

    imported(office, xlsx(rows))

    confirmed = BankAccount.objects.order_by("person__name").values_list("holder", "confirmed_at")
    assert list(confirmed) == [("Nama Lain", None), ("Mitra 2", NOW)]
    account = BankAccount.objects.get(person=asked)
    assert settled_remark(account) == AccountRemark.objects.get()
    told = Notice.objects.filter(kind="partners.account_mended")
    assert [(one.name, one.about) for one in told] == [("Mitra 1", f"partners.person:{asked.pk}")]


def test_the_mitra_of_another_office_are_completed_not_overwritten(office):
    known = PersonFactory(nik=example_nik(1), name="Nama Sebenarnya")
    RegistrationFactory(person=known)
    BankAccountFactory(person=known, number="5555555555")

    run = imported(office, xlsx(people(1)))

    known.refresh_from_db()
    assert counts(run) == (1, 1, 0, 1, 0, 0)
    assert (known.name, known.district, known.bank_account.number) == (
        "Nama Sebenarnya",
        "Waru",
        "5555555555",
    )
    assert known.registrations.count() == 2


def test_a_sobat_download_is_matched_by_the_sobat_id(office):
    known = PersonFactory(nik=example_nik(1), id_sobat="610422020048", name="Ayu")
    heads = [
        "Nama Lengkap",
        "Posisi Daftar",
        "Status Seleksi (1=Terpilih, 2=Tidak Terpilih)",
        "SOBAT ID",
        "Alamat Kec",
    ]
    rows = [
        heads,
        ["Ayu", "Mitra Pendataan", 1, 610422020048, "Waru"],
        ["Budi", "Mitra Pengolahan", 2, "610422020049", "Taman"],
    ]

    run = imported(office, xlsx(rows))

    assert counts(run) == (2, 2, 0, 2, 0, 0)
    assert known.registrations.get().status == "aktif"
    new = Person.objects.get(id_sobat="610422020049")
    assert (new.nik, new.registrations.get().position, new.registrations.get().status) == (
        "",
        "pengolahan",
        "nonaktif",
    )


def test_numbers_that_belong_to_two_people_keep_the_row_out(office):
    PersonFactory(nik=example_nik(1), id_sobat="610422020048")
    PersonFactory(nik=example_nik(2))
    rows = [
        ["Nama", "NIK", "ID SOBAT"],
        ["Ayu", example_nik(2), "610422020048"],
        ["C", example_nik(3), "610422020048"],
    ]

    run = checked(office, xlsx([rows[0], rows[1]]))
    other = checked(office, xlsx([rows[0], rows[2]]))

    assert [fault.code for fault in run.faults.all()] == ["nik-other"]
    assert [fault.code for fault in other.faults.all()] == ["nik-differs"]
    assert Registration.objects.count() == 0


def test_one_person_in_two_rows_under_two_numbers_is_noticed(office):
    PersonFactory(nik=example_nik(1), id_sobat="610422020048")
    rows = [["Nama", "NIK", "ID SOBAT"], ["Ayu", example_nik(1), ""], ["Ayu", "", "610422020048"]]

    run = checked(office, xlsx(rows))

    assert [(fault.row, fault.code, fault.detail) for fault in run.faults.all()] == [(3, "person-twice", "2")]
    assert (run.good, run.bad) == (1, 1)


def test_a_warning_does_not_keep_a_row_out(office):
    rows = people(1)
    rows[1][3] = "12"

    run = imported(office, xlsx(rows))

    assert counts(run) == (1, 1, 0, 1, 0, 0)
    assert [(fault.code, fault.is_warning) for fault in run.faults.all()] == [("phone", True)]
    assert Person.objects.get().phone == ""


def test_a_quote_that_swallows_the_people_below_it_is_named_by_its_line(office):
    text = f'nama;nik\nAyu;{example_nik(1)}\n"Budi;{example_nik(2)}\nCitra;{example_nik(3)}\n'
    with pytest.raises(services.FileUnreadable, match="dibuka di baris 3 tidak ditutup"):
        uploaded(office, csv_of(text))

    assert not ImportRun.objects.exists()


def test_csv_is_imported_too(office):
    run = imported(office, csv_of(f"nama;nik\nAyu;{example_nik(1)}\n"))

    assert counts(run) == (1, 1, 0, 1, 0, 0)


def test_a_file_without_a_name_column_is_not_checked(office):
    run = uploaded(office, xlsx([["Umur", "Ukuran kaos"], ["1", "L"]]))

    with pytest.raises(importing.ColumnsMissing):
        services.check_import(
            keeper(office), run, mappings={0: {}}, position="pendataan", status="aktif", now=NOW
        )


def test_pieces_are_taken_up_where_a_killed_worker_left(office, monkeypatch):
    monkeypatch.setattr(loading, "PIECE_ROWS", 2)
    run = checked(office, xlsx(people(5)))
    services.start_import(keeper(office), run, now=NOW)
    real, seen = loading.incoming.take_in, []

    def dies_at_the_second(*args, **named):
        seen.append(args)
        if len(seen) == 2:
            raise KeyboardInterrupt
        return real(*args, **named)

    monkeypatch.setattr(loading.incoming, "take_in", dies_at_the_second)
    with pytest.raises(KeyboardInterrupt):
        services.carry_on(run.pk, now=NOW)
    run.refresh_from_db()
    assert (run.state, run.done, Person.objects.count()) == ("importing", 2, 2)

    monkeypatch.setattr(loading.incoming, "take_in", real)
    services.carry_on(run.pk, now=NOW)

    run.refresh_from_db()
    assert (run.state, counts(run)) == ("done", (5, 5, 0, 5, 0, 0))


def test_a_cancelled_import_keeps_what_came_in_and_stops(office, monkeypatch):
    monkeypatch.setattr(loading, "PIECE_ROWS", 2)
    run = checked(office, xlsx(people(5)))
    services.start_import(keeper(office), run, now=NOW)
    one_piece = loading._import_piece

    def and_somebody_cancels(*args, **kwargs):
        went = one_piece(*args, **kwargs)
        ImportRun.objects.filter(pk=run.pk).update(state="cancelled")
        return went

    monkeypatch.setattr(loading, "_import_piece", and_somebody_cancels)
    services.carry_on(run.pk, now=NOW)

    run.refresh_from_db()
    assert (run.state, run.done, Person.objects.count()) == ("cancelled", 2, 2)


def test_the_figures_of_a_cancelled_import_wait_for_the_pieces_at_hand(office, client):
    run = checked(office, xlsx(people(2)))
    ImportRun.objects.filter(pk=run.pk).update(state="cancelled", finished_at=timezone.now())
    client.force_login(Membership.objects.get(unit=office).user)

    stopping = client.get(f"/mitra/{office.slug}/impor/{run.pk}/").content.decode()
    run.pieces.all().delete()
    stopped = client.get(f"/mitra/{office.slug}/impor/{run.pk}/").content.decode()

    assert [("Menghentikan." in page, "Mitra baru" in page) for page in (stopping, stopped)] == [
        (True, False),
        (False, True),
    ]


def test_a_run_moves_only_as_its_table_allows(office):
    run = uploaded(office, xlsx(people(1)))
    with pytest.raises(importing.ColumnsFirst):
        services.start_import(keeper(office), run, now=NOW)
    services.cancel_import(keeper(office), run, now=NOW)
    with pytest.raises(importing.ImportMoved):
        services.cancel_import(keeper(office), run, now=NOW)
    services.carry_on(run.pk, now=NOW)
    run.refresh_from_db()
    assert run.state == "cancelled"


def test_nothing_good_means_nothing_to_import(office):
    run = checked(office, xlsx([["Nama", "NIK"], ["", "1"]]))

    with pytest.raises(importing.NothingToImport):
        services.start_import(keeper(office), run, now=NOW)


@pytest.mark.parametrize(("rows", "said"), [([["", "1"]], "Perbaiki berkasnya"), ([], "tidak ada baris")])
def test_a_file_with_nothing_good_says_what_to_do(office, client, rows, said):
    run = checked(office, xlsx([["Nama", "NIK"], *rows]))
    client.force_login(MembershipFactory(unit=office, role="kepala").user)

    assert said in client.get(f"/mitra/{office.slug}/impor/{run.pk}/").content.decode()
    assert "Tidak ada yang dapat diimpor" in client.get(f"/mitra/{office.slug}/impor/").content.decode()


def test_checking_and_importing_are_jobs(office, run_jobs):
    run = uploaded(office, xlsx(people(2)))
    services.check_import(
        keeper(office), run, mappings=run.mappings, position="pendataan", status="aktif", now=NOW
    )

    assert run_jobs() == ["halopst.partners.tasks.carry_on_import"]

    run.refresh_from_db()
    assert (run.state, run.good) == ("checked", 2)


def test_a_file_is_forgotten_after_a_week(office):
    run = checked(office, xlsx(people(1)))
    ImportRun.objects.update(created_at=NOW - timedelta(days=8))

    assert services.forget_files(now=NOW) == 1
    assert services.forget_files(now=NOW) == 0

    run.refresh_from_db()
    with pytest.raises(services.FileGone):
        services.bad_rows(keeper(office), run)


def test_a_run_whose_file_is_gone_fails_and_says_so(office):
    run = uploaded(office, xlsx(people(1)))
    services.check_import(
        keeper(office), run, mappings=run.mappings, position="pendataan", status="aktif", now=NOW
    )
    default_storage.delete(run.stored_as)

    services.carry_on(run.pk, now=NOW)

    run.refresh_from_db()
    assert run.state == "failed"


def test_only_those_who_keep_the_register_import(office):
    with pytest.raises(NotPermitted):
        uploaded(office, xlsx(people(1)), keeper(office, permissions=("partners.view",)))


def test_the_export_can_be_imported_again_and_changes_nothing(office):
    imported(office, xlsx(people(3)))
    rows = Registration.objects.filter(unit=office)

    for as_csv in (False, True):
        content = services.export(keeper(office), unit=office, rows=rows, as_csv=as_csv)
        file = csv_of("", name="x")
        file.write(content)
        file.seek(0)
        assert counts(imported(office, file)) == (3, 3, 0, 0, 0, 3)
    assert Entry.objects.filter(action="partners.exported").first().details == {"rows": 3}


def test_the_template_is_understood_by_the_import(office):
    file = csv_of("", name="templat.xlsx")
    file.write(services.template())
    file.seek(0)

    run = uploaded(office, file)

    assert (run.total, len(run.mappings[0])) == (0, 21)


def test_an_import_whose_job_gave_up_goes_on_from_where_it_was(office, client, waiting_jobs):
    run = checked(office, xlsx(people(3)))
    services.start_import(keeper(office), run, now=NOW)
    with pytest.raises(importing.StillRunning):
        services.resume_import(keeper(office), run, now=timezone.now())
    ImportRun.objects.filter(pk=run.pk).update(updated_at=timezone.now() - importing.STUCK_AFTER * 2)
    asked = len(waiting_jobs())

    client.force_login(Membership.objects.get(unit=office).user)
    page = client.get(f"/mitra/{office.slug}/impor/{run.pk}/")
    client.post(f"/mitra/{office.slug}/impor/{run.pk}/lanjutkan/")

    assert "Sudah lima menit tidak ada kemajuan" in page.content.decode()
    assert waiting_jobs()[asked:] == ["halopst.partners.tasks.carry_on_import"]


def districts(*, second=None):
    """A workbook as offices keep it: how to fill it, and a sheet per district, the last under other heads."""
    taman = [[name, nik] for name, nik, *_rest in people(2, start=11)[1:]]
    return workbook(
        {
            "Petunjuk": [["Cara mengisi"], ["Satu baris satu mitra"]],
            "Kec. Waru": people(3),
            "Kec. Sedati": second or people(2, start=4),
            "Kec. Taman": [["Daftar mitra"], ["Nama Petugas", "No KTP"], *taman],
        }
    )


def test_every_sheet_with_mitra_comes_in_and_twice_changes_nothing(office):
    run = imported(office, districts())

    assert [(table["name"], table["rows"], table["taken"]) for table in run.tables] == [
        ("Petunjuk", 1, False),
        ("Kec. Waru", 3, True),
        ("Kec. Sedati", 2, True),
        ("Kec. Taman", 2, True),
    ]
    assert counts(run) == (7, 7, 0, 7, 0, 0)
    assert Registration.objects.filter(unit=office, person__name="Mitra 12").exists()
    assert counts(imported(office, districts())) == (7, 7, 0, 0, 0, 7)


def test_a_bad_cell_is_named_with_its_sheet(office):
    rows = people(2, start=4)
    rows[1][1] = "123"
    rows[2][1] = example_nik(2)

    run = checked(office, districts(second=rows))

    faults = list(run.faults.filter(is_warning=False))
    assert [queries.cell_of(run, fault) for fault in faults] == ["Kec. Sedati!B2", "Kec. Sedati!B3"]
    assert "sudah ada di baris 3 lembar Kec. Waru berkas yang sama" in said_of(run, faults[1])
    assert counts(run)[:3] == (7, 5, 2)


def test_the_bad_rows_of_several_sheets_are_given_back_under_our_heads(office):
    rows = people(2, start=4)
    rows[1][1] = "123"
    run = imported(office, districts(second=rows))

    heads, bad = read_back(services.bad_rows(keeper(office), run))

    assert heads[:3] == ["Yang perlu diperbaiki", "NIK", "Nama"]
    assert bad[0].startswith("Kec. Sedati!B2: NIK terdiri dari 16 angka")
    assert bad[1:3] == ["123", "Mitra 4"]


def test_a_sheet_that_is_not_chosen_is_not_read(office):
    run = uploaded(office, districts())
    chosen = {1: run.mappings[1]}

    services.check_import(keeper(office), run, mappings=chosen, position="pendataan", status="aktif", now=NOW)
    services.carry_on(run.pk, now=NOW)

    run.refresh_from_db()
    assert (run.total, run.good, list(run.mappings)) == (3, 3, [1])


def test_a_chosen_sheet_without_the_columns_of_a_name_is_refused_by_name(office):
    run = uploaded(office, districts())

    with pytest.raises(importing.ColumnsMissing, match="Lembar Petunjuk: tunjukkan kolom nama"):
        services.check_import(
            keeper(office), run, mappings={0: {}}, position="pendataan", status="aktif", now=NOW
        )
    with pytest.raises(importing.NoSheetChosen):
        services.check_import(keeper(office), run, mappings={}, position="pendataan", status="aktif", now=NOW)


def test_sheets_are_taken_up_where_a_killed_worker_left(office, monkeypatch):
    run = uploaded(office, districts())
    services.check_import(
        keeper(office), run, mappings=run.mappings, position="pendataan", status="aktif", now=NOW
    )
    original, calls = loading.incoming.conflicts, []

    def dies_at_the_second(*given):
        calls.append(given)
        if len(calls) == 2:
            raise ConnectionError("the worker is gone")
        return original(*given)

    monkeypatch.setattr(loading.incoming, "conflicts", dies_at_the_second)
    with pytest.raises(ConnectionError):
        services.carry_on(run.pk, now=NOW)
    run.refresh_from_db()
    assert run.done == 3
    monkeypatch.setattr(loading.incoming, "conflicts", original)
    services.carry_on(run.pk, now=NOW)

    run.refresh_from_db()
    assert (run.state, run.done, run.good, run.pieces.count()) == ("checked", 7, 7, 3)


def test_sheets_of_too_many_different_heads_are_refused(office):
    sheets = {f"S{n}": [["Nama", "NIK", *(f"isi {n} {m}" for m in range(90))]] for n in range(5)}

    with pytest.raises(importing.FileUnreadable, match="terlalu berlainan"):
        uploaded(office, workbook(sheets))


def test_a_position_of_the_office_s_own_is_read_by_its_name(office):
    under = PositionFactory(code="pengolahan", name="Pengolahan")
    PositionFactory(unit=office, code="taskforce", name="Satuan Khusus", counts_as=under)
    heads, *rows = people(2)
    named = [[*row, name] for row, name in zip(rows, ("SATUAN KHUSUS", "taskforce"), strict=True)]

    assert counts(imported(office, xlsx([[*heads, "Posisi"], *named])))[:3] == (2, 2, 0)

    assert set(Registration.objects.values_list("position", flat=True)) == {"pengolahan"}
