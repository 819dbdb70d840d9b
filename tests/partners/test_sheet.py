"""The allocation sheet: typed as a form, saved by the script, narrowed, undone, handed on."""

import json
import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from halopst.core.wayback import leading_back
from halopst.partners.models import Approval, Assignment, Excess, HonorCap
from halopst.partners.queries.allocation.grid import COLUMNS, PAGE
from halopst.partners.queries.monitoring.following import month_under_way
from halopst.partners.services.allocation_refusals import OverCap
from tests.accounts.factories import MembershipFactory
from tests.partners.factories import BlacklistingFactory, PersonFactory, TerminationFactory
from tests.partners.offices import DECEMBER, JANUARY, NOVEMBER, a_duty, a_mitra, an_office, give
from tests.partners.payers import approved, signed

pytestmark = pytest.mark.django_db
NOV = "?bulan=2026-11"


@pytest.fixture
def unit():
    return an_office()


@pytest.fixture
def page(client, unit):
    """Asks for the sheet of `unit` as its team leader: more of the address, then what is posted."""
    client.force_login(MembershipFactory(unit=unit, role="ketua_tim").user)

    def ask(part="", query="", data=None, **more):
        url = f"/mitra/{unit.slug}/alokasi/{part}{NOV}{query}"
        return client.get(url, **more) if data is None else client.post(url, data, **more)

    return ask


def name(registration, duty):
    return f"v-{registration.pk}-{duty.pk}"


def test_a_row_shows_volumes_honor_and_what_is_left(page, unit):
    mitra, duty = a_mitra(unit), a_duty(unit, price=68_000)
    give(mitra, duty, 20)

    html = page().content.decode()

    assert f'name="{name(mitra, duty)}" value="20"' in html
    assert "Rp1.360.000" in html
    assert "Sisa Rp2.810.000" in html
    assert "Kec. Gedangan" in html


def test_the_month_of_one_mitra_says_beside_its_fields_what_is_left(page, unit):
    mitra, duty = a_mitra(unit), a_duty(unit, price=68_000)
    empty = page(f"{mitra.pk}/").content.decode()
    assert "Belum dialokasikan; batasnya Rp4.170.000 sebulan." in empty
    give(mitra, duty, 20)

    html = page(f"{mitra.pk}/").content.decode()

    told = html.index("Honor Rp1.360.000 dari batas Rp4.170.000. Sisa Rp2.810.000.")
    assert told < html.index(f'name="{name(mitra, duty)}"')


def test_a_month_without_a_cap_is_told_before_typing_with_the_page_where_it_is_filled(page, unit):
    a_mitra(unit)
    a_duty(unit, name="Sakernas")
    assert "Buka batas honor" not in page().content.decode()
    HonorCap.objects.all().delete()

    html = page().content.decode()

    said = r"SBML\) November 2026 belum diisi, jadi belum dapat dialokasikan:\s*<span>Sakernas \("
    assert re.search(said, html)
    there = f"/mitra/{unit.slug}/acuan/batas/?tahun=2026"
    assert f'href="{leading_back(there, f"/mitra/{unit.slug}/alokasi/{NOV}")}"' in html.replace("&amp;", "&")


def test_of_many_duties_without_a_cap_three_are_named_and_the_rest_counted(page, unit):
    for n in range(5):
        a_duty(unit, name=f"Survei {n}")
    HonorCap.objects.all().delete()

    note = page().content.decode().split("jadi belum dapat dialokasikan:")[1].split("</p>")[0]

    assert [f"Survei {n} (" in note for n in range(5)] == [True, True, True, False, False]
    assert re.search(r"</span>, dan 2 penugasan lain\.\s+Batasnya diisi BPS provinsi\.", note)


def test_what_was_typed_is_saved_and_only_what_was_changed(page, unit):
    ayu, budi, duty = a_mitra(unit, "Ayu"), a_mitra(unit, "Budi"), a_duty(unit)
    give(ayu, duty, 5)
    seen = json.dumps({f"{ayu.pk}-{duty.pk}": [5, 5]})
    give(ayu, duty, 6)

    data = {"semula": seen, name(ayu, duty): "5", name(budi, duty): " 1.200 "}
    answer = page(data=data)

    assert answer.status_code == 302
    assert dict(Assignment.objects.values_list("registration__person__name", "volume")) == {"Ayu": 6}
    assert Excess.objects.get().volume == 1200


def test_a_form_of_nonsense_is_refused_in_a_sentence(page, unit):
    mitra, duty = a_mitra(unit), a_duty(unit)

    for data in ({name(mitra, duty): "banyak"}, {"semula": "[]x", name(mitra, duty): "1"}):
        answer = page(data=data, follow=True)
        assert answer.status_code == 200
        assert 'class="toast' in answer.content.decode()
    assert Assignment.objects.count() == 0


def test_a_volume_nobody_can_read_is_named_and_the_others_are_saved(page, unit):
    ayu, budi, duty = a_mitra(unit, "Ayu"), a_mitra(unit, "Budi"), a_duty(unit)

    html = page(data={name(ayu, duty): "1,5", name(budi, duty): "3"}, follow=True).content.decode()

    assert dict(Assignment.objects.values_list("registration__person__name", "volume")) == {"Budi": 3}
    assert "Tidak disimpan: Ayu “1,5”." in html
    assert "1 volume tersimpan." in html


def test_too_much_stays_on_the_sheet_with_the_way_out(page, unit):
    citra, joko = a_mitra(unit), a_mitra(unit, "Joko Susilo")
    imk = a_duty(unit, price=45_000, name="IMK tahunan", unit_name="usaha")
    give(citra, a_duty(unit, price=3_008_000, name="Sakernas"), 1)

    page(data={"semula": "{}", name(citra, imk): "32"})
    html = page().content.decode()

    assert (
        "Honor Citra melewati batas. Kurangi 7 usaha IMK tahunan, "
        "atau alihkan ke Joko Susilo yang masih kosong." in html
    )
    assert "Lebih Rp278.000" in html
    assert f'value="{Excess.objects.get().pk}:32:7:{joko.pk}"' in html

    page(data={"semula": json.dumps({f"{citra.pk}-{imk.pk}": [32, 0]}), name(citra, imk): "140"})
    assert "Kurangi 115 usaha IMK tahunan; 92 di antaranya dapat dialihkan" in page().content.decode()


@pytest.mark.parametrize("enough", [1, 2])
def test_of_a_district_with_enough_mitra_the_others_need_not_be_read(page, unit, monkeypatch, enough):
    monkeypatch.setattr("halopst.partners.queries.allocation.suggesting.LOOKED_AT", enough)
    a_mitra(unit, "Joko Susilo", district="GEDANGAN")
    a_mitra(unit, "Ayu", district="Waru")
    with pytest.raises(OverCap):
        give(a_mitra(unit), a_duty(unit, price=1_000_000), 6)

    with CaptureQueriesContext(connection) as asked:
        html = page().content.decode()

    assert "alihkan ke Joko Susilo yang masih kosong" in html
    listed = [one["sql"] for one in asked if '"person__district"' in one["sql"]]
    assert len(listed) == enough


def test_who_is_blacklisted_in_the_month_is_marked(page, unit):
    BlacklistingFactory(person=a_mitra(unit, "Ayu").person, since=date(2026, 11, 30))
    BlacklistingFactory(person=a_mitra(unit, "Budi").person, since=date(2026, 12, 1))
    a_duty(unit)

    assert page().content.decode().count("Daftar hitam") == 1


def test_who_has_ended_a_contract_of_the_month_is_not_suggested(page, unit):
    TerminationFactory(registration=a_mitra(unit, "Joko Susilo"))
    with pytest.raises(OverCap):
        give(a_mitra(unit), a_duty(unit, price=1_000_000), 6)

    html = page().content.decode()

    assert "melewati batas" in html
    assert "alihkan ke" not in html


def test_who_waits_for_a_taker_is_not_suggested_as_one(page, unit):
    duty = a_duty(unit, price=1_000_000)
    for mitra in (a_mitra(unit), a_mitra(unit, "Joko Susilo")):
        with pytest.raises(OverCap):
            give(mitra, duty, 6)

    assert "alihkan ke" not in page().content.decode()


def test_the_surplus_is_handed_on_with_one_press(page, unit):
    citra, joko = a_mitra(unit), a_mitra(unit, "Joko Susilo")
    duty = a_duty(unit, price=1_000_000)
    with pytest.raises(OverCap):
        give(citra, duty, 6)

    pressed = {"alih": f"{Excess.objects.get().pk}:6:2:{joko.pk}"}
    answer, again = (page("alihkan/", data=pressed, follow=True).content.decode() for _press in range(2))

    assert "Kelebihan dialihkan ke Joko Susilo." in answer
    assert "Kelebihan ini sudah tidak ada." in again
    assert sorted(Assignment.objects.values_list("volume", flat=True)) == [2, 4]


def test_what_is_offered_is_handed_on_though_the_rest_is_still_too_much(page, unit):
    citra, joko = a_mitra(unit), a_mitra(unit, "Joko Susilo")
    duty = a_duty(unit, price=1_000_000)
    with pytest.raises(OverCap):
        give(citra, duty, 15)
    held = Excess.objects.get()
    offered = f"{held.pk}:15:4:{joko.pk}"
    assert f'value="{offered}"' in page().content.decode()

    answer = page("alihkan/", data={"alih": offered}, follow=True).content.decode()

    assert "Kelebihan dialihkan ke Joko Susilo." in answer
    assert dict(Assignment.objects.values_list("registration__person__name", "volume")) == {"Joko Susilo": 4}
    assert Excess.objects.values_list("registration", "volume").get() == (citra.pk, 11)
    assert "Kurangi 7 dokumen" in answer


def test_no_more_is_offered_to_another_than_the_budget_line_pays(page, unit):
    citra, joko = a_mitra(unit), a_mitra(unit, "Joko Susilo")
    duty = a_duty(unit, price=1_000_000, ceiling=1_500_000)
    with pytest.raises(OverCap):
        give(citra, duty, 6)
    offered = f"{Excess.objects.get().pk}:6:1:{joko.pk}"
    assert f'value="{offered}"' in page().content.decode()

    answer = page("alihkan/", data={"alih": offered}, follow=True).content.decode()

    assert dict(Assignment.objects.values_list("registration__person__name", "volume")) == {"Joko Susilo": 1}
    assert "Kurangi 1 dokumen" in answer
    assert 'name="alih"' not in answer
    assert Excess.objects.values_list("volume", "reason").get() == (5, "over")


def test_nobody_hands_their_own_surplus_on_to_themselves(page, unit):
    citra, duty = a_mitra(unit), a_duty(unit, price=1_000_000)
    with pytest.raises(OverCap):
        give(citra, duty, 15)

    answer = page("alihkan/", data={"alih": f"{Excess.objects.get().pk}:15:4:{citra.pk}"}, follow=True)

    assert "Kelebihan ini sudah tidak ada." in answer.content.decode()
    assert (Excess.objects.get().volume, Assignment.objects.count()) == (15, 0)


def test_an_entry_beyond_the_cap_can_be_dropped(page, unit):
    with pytest.raises(OverCap):
        give(a_mitra(unit), a_duty(unit, price=1_000_000), 6)

    page("lepas/", data={"lepas": f"{Excess.objects.get().pk}:6"})

    assert (Excess.objects.count(), Assignment.objects.count()) == (0, 0)


def test_an_entry_somebody_has_typed_anew_is_neither_handed_on_nor_dropped(page, unit):
    citra, joko = a_mitra(unit), a_mitra(unit, "Joko Susilo")
    duty = a_duty(unit, price=1_000_000)
    for volume in (6, 7):
        with pytest.raises(OverCap):
            give(citra, duty, volume)
    held = Excess.objects.get()

    moved = page("alihkan/", data={"alih": f"{held.pk}:6:2:{joko.pk}"}, follow=True)
    dropped = page("lepas/", data={"lepas": f"{held.pk}:6"}, follow=True)

    for answer in (moved, dropped):
        assert "Volume ini baru saja diubah orang lain." in answer.content.decode()
    assert (Excess.objects.get().volume, Assignment.objects.count()) == (7, 0)


def test_the_script_gets_the_rows_it_changed_and_the_new_sums(page, unit):
    ayu, duty = a_mitra(unit, "Ayu"), a_duty(unit, price=1_000_000)
    a_mitra(unit, "Budi")

    saved = page("isi/", data={"isi": json.dumps([[ayu.pk, duty.pk, 4, 0]])})
    refused = page("isi/", data={"isi": json.dumps([[ayu.pk, duty.pk, 5, 4]])})

    html = saved.content.decode()
    assert (saved.status_code, refused.status_code) == (200, 409)
    assert f'id="m-{ayu.pk}"' in html
    assert "Budi" not in html
    assert "Rp4.000.000" in html
    assert 'aria-invalid="true"' in refused.content.decode()
    assert Assignment.objects.get().volume == 4


def test_what_somebody_else_changed_is_told_to_the_script(page, unit):
    ayu, duty = a_mitra(unit, "Ayu"), a_duty(unit)
    give(ayu, duty, 3)

    answer = page("isi/", data={"isi": json.dumps([[ayu.pk, duty.pk, 4, 0]])})

    assert "baru saja diubah orang lain" in answer.content.decode()
    assert Assignment.objects.get().volume == 3


def test_a_refusal_no_row_can_show_is_told_to_the_script(page, unit):
    ayu, duty = a_mitra(unit, "Ayu"), a_duty(unit, duty="koseka")

    answer = page("isi/", data={"isi": json.dumps([[ayu.pk, duty.pk, 4, 0]])})

    assert answer.status_code == 409
    assert "Batas SBML untuk penugasan ini belum diisi." in answer.content.decode()


@pytest.mark.parametrize("sent", ["", "x", "{}", "[[1]]", "[[1,2,3,true]]", "[[1,2,-3,0]]", "[1]", "null"])
def test_a_script_that_sends_nonsense_is_refused(page, unit, sent):
    assert page("isi/", data={"isi": sent}).status_code in {200, 422}
    assert Assignment.objects.count() == 0


def test_undo_takes_the_last_change_back(page, unit):
    mitra, duty = a_mitra(unit), a_duty(unit)
    page(data={"semula": "{}", name(mitra, duty): "5"})

    answer = page("urungkan/", data={}, follow=True)

    assert "Diurungkan: Sakernas untuk Citra Maharani kembali 0." in answer.content.decode()
    assert Assignment.objects.get().volume == 0


def buttons(html):
    """Which of the two steps can be pressed."""
    found = re.findall(r"<button[^>]*id=\"(urungkan|ulangi)\"[^>]*>", html)
    assert found == ["urungkan", "ulangi"]
    return [name for name in found if not re.search(rf"<button[^>]*id=\"{name}\"[^>]*disabled", html)]


def test_redo_sets_it_again_and_only_what_can_be_pressed_is_offered(page, unit):
    mitra, duty = a_mitra(unit), a_duty(unit)
    fresh = buttons(page().content.decode())
    page(data={"semula": "{}", name(mitra, duty): "5"})

    done = buttons(page().content.decode())
    undone = buttons(page("urungkan/", data={}, follow=True).content.decode())
    again = page("ulangi/", data={}, follow=True).content.decode()

    assert (fresh, done, undone, buttons(again)) == ([], ["urungkan"], ["ulangi"], ["urungkan"])
    assert "Diulangi: Sakernas untuk Citra Maharani menjadi 5." in again
    assert Assignment.objects.get().volume == 5
    assert "Tidak ada yang Anda urungkan" in page("ulangi/", data={}, follow=True).content.decode()


def test_what_fits_by_now_is_saved_as_it_was_typed(page, unit):
    mitra, duty = a_mitra(unit), a_duty(unit, price=1_000_000)
    page("isi/", data={"isi": json.dumps([[mitra.pk, duty.pk, 6, 0]])})
    pressed = {"muat": f"{Excess.objects.get().pk}:6"}

    assert "Simpan 6 dokumen" not in page().content.decode()
    too_soon = page("muat/", data=pressed, follow=True).content.decode()
    HonorCap.objects.update(amount=6_000_000)
    shown = page().content.decode(), page(f"{mitra.pk}/").content.decode()
    saved, again = (page("muat/", data=pressed, follow=True).content.decode() for _press in range(2))

    assert ["Simpan 6 dokumen" in html for html in shown] == [True, True]
    assert "Honor sebulan akan melewati batas" in too_soon
    assert "Isian itu tersimpan." in saved
    assert "Kelebihan ini sudah tidak ada." in again
    assert (Assignment.objects.get().volume, Excess.objects.count()) == (6, 0)


def test_the_script_gets_the_rows_it_shows_and_what_was_undone(page, unit):
    shown, hidden, duty = a_mitra(unit, "Ayu"), a_mitra(unit, "Budi"), a_duty(unit)
    cells = [[mitra.pk, duty.pk, 4, 0] for mitra in (shown, hidden)]
    page("isi/", data={"isi": json.dumps(cells)})

    answer = page("urungkan/", data={"baris": f"{shown.pk},x"})
    none = page("urungkan/", data={"baris": str(shown.pk)})

    html = answer.content.decode()
    assert (answer.status_code, f"m-{shown.pk}" in html, f"m-{hidden.pk}" in html) == (200, True, False)
    assert "Diurungkan: 2 sel milik 2 mitra." in html
    assert (none.status_code, "tidak ada perubahan" in none.content.decode().lower()) == (409, True)


def test_undo_goes_back_step_by_step_and_stops_at_what_somebody_else_changed(page, unit):
    mitra, duty = a_mitra(unit), a_duty(unit)
    for before, after in ((0, 5), (5, 6), (6, 7)):
        page("isi/", data={"isi": json.dumps([[mitra.pk, duty.pk, after, before]])})

    held = []
    for _press in range(2):
        page("urungkan/", data={})
        held.append(Assignment.objects.get().volume)
    give(mitra, duty, 9)
    told = page("urungkan/", data={}, follow=True)

    assert (held, Assignment.objects.get().volume) == ([6, 5], 9)
    assert "sudah diubah lagi" in told.content.decode()


def test_the_four_views_and_the_search_narrow_the_sheet(page, unit):
    duty = a_duty(unit, price=1_000_000)
    small, near, over = a_mitra(unit, "Ayu"), a_mitra(unit, "Budi"), a_mitra(unit, "Citra", district="Waru")
    a_mitra(unit, "Dimas")
    give(small, duty, 1)
    give(near, duty, 4)
    with pytest.raises(OverCap):
        give(over, duty, 5)

    def names(query):
        return [str(drawn.row.registration.person) for drawn in page(query=query).context["rows"]]

    assert names("&saring=semua") == ["Ayu", "Budi", "Citra", "Dimas"]
    assert names("&saring=dekat") == ["Budi"]
    assert names("&saring=lebih") == ["Citra"]
    assert names("&saring=belum") == ["Dimas"]
    assert names("&q=waru") == ["Citra"]
    html = page().content.decode()
    for chip in ("Semua 4", "Mendekati batas 1", "Melebihi 1", "Belum dialokasikan 1"):
        assert chip in html


def test_what_another_office_pays_is_shown_by_name(page, unit):
    person = PersonFactory()
    give(a_mitra(unit.parent, person=person), a_duty(unit.parent, price=250_000), 2)
    a_mitra(unit, person=person)
    a_duty(unit)

    assert f"termasuk Rp500.000 dari {unit.parent.name}" in page().content.decode()


def test_a_page_of_one_mitra_says_what_fills_the_cap_and_divides_months(page, unit):
    mitra = a_mitra(unit)
    duty = a_duty(unit, price=1_000_000, name="Susenas", begins=NOVEMBER, ends=JANUARY)
    give(mitra, duty, 1)

    html = page(f"{mitra.pk}/").content.decode()
    assert "Yang mengisi batas" in html
    assert 'name="b-2026-12"' in html
    data = {"tugas": duty.pk, "b-2026-11": "400.000", "b-2026-12": "600.000"}
    page(f"{mitra.pk}/bagi/", data=data)

    assert sorted(Assignment.objects.get().shares.values_list("amount", flat=True)) == [400_000, 600_000]
    assert 'data-honor="400000"' in page(f"{mitra.pk}/").content.decode()
    assert 'data-honor="400000"' in page().content.decode()

    short = {"tugas": duty.pk, "b-2026-11": "400.000", "b-2026-12": "500.000"}
    refused = page(f"{mitra.pk}/bagi/", data=short, follow=True).content.decode()
    unread = page(f"{mitra.pk}/bagi/", data=short | {"b-2026-12": "separuh"}, follow=True).content.decode()
    assert "kurang Rp100.000 dari honor" in refused
    assert "Isian Anda belum disimpan: November 2026 “400.000”, Desember 2026 “500.000”." in refused
    assert "Isian Anda belum disimpan: November 2026 “400.000”, Desember 2026 “separuh”." in unread
    page(f"{mitra.pk}/bagi/", data={"tugas": duty.pk, "b-2026-11": "Rp 1.000.000", "b-2026-12": "0"})
    assert 'name="b-2026-12" value="0"' in page(f"{mitra.pk}/").content.decode()


@pytest.mark.parametrize("parts", [("-5", "1.000.005"), ("1,5", "999.999"), ("a", "1.000.000")])
def test_parts_that_are_no_sums_of_money_are_told_so_though_they_add_up(page, unit, parts):
    mitra = a_mitra(unit)
    duty = a_duty(unit, price=1_000_000, name="Susenas", begins=NOVEMBER, ends=JANUARY)
    give(mitra, duty, 1)

    data = {"tugas": duty.pk, "b-2026-11": parts[0], "b-2026-12": parts[1]}
    told = page(f"{mitra.pk}/bagi/", data=data, follow=True).content.decode()

    assert "Tulis honor tiap bulan sebagai rupiah bulat tanpa minus dan sen" in told


def test_the_sheet_costs_the_same_queries_for_one_row_and_for_many(page, unit):
    duties = [a_duty(unit, price=100_000, name=f"S{n}") for n in range(3)]
    rows = [a_mitra(unit, f"Mitra {n}") for n in range(3)]
    give(rows[0], duties[0], 1)
    with pytest.raises(OverCap):
        give(rows[0], duties[1], 50)
    page()
    with CaptureQueriesContext(connection) as few:
        page(query="&q=Mitra+0")
    a_mitra(unit, "Mitra 3")
    for row in rows[1:]:
        give(row, duties[0], 1)
        with pytest.raises(OverCap):
            give(row, duties[2], 50)
    with CaptureQueriesContext(connection) as many:
        page()

    assert len(many) == len(few)


def test_who_only_reads_cannot_type(client, unit):
    client.force_login(MembershipFactory(unit=unit, role="auditor").user)
    a_mitra(unit)
    a_duty(unit)

    html = client.get(f"/mitra/{unit.slug}/alokasi/{NOV}").content.decode()

    assert " readonly" in html
    assert "Simpan" not in html.split('id="lembar"')[1].split("kakis")[1]


def test_the_head_approves_the_month_and_takes_it_back(client, unit):
    mitra, duty = a_mitra(unit), a_duty(unit)
    give(mitra, duty, 5)
    client.force_login(MembershipFactory(unit=unit, role="kepala").user)
    url = f"/mitra/{unit.slug}/persetujuan/"

    assert "Setujui semua (1)" in client.get(url + NOV).content.decode()
    assert "Centang dulu mitra" in client.post(url + NOV, follow=True).content.decode()
    client.post(url + NOV, {"semua": "ya", "semula": f"{mitra.pk}:250000"})
    kept = Approval.objects.get()
    assert "Honor bulan ini Rp250.000, disetujui Rp250.000." in client.get(url + NOV).content.decode()
    client.post(f"{url}{kept.pk}/tarik/")

    assert Approval.objects.in_force().count() == 0


def test_monitoring_adds_up_and_reads_the_same_as_a_file(client, unit):
    give(a_mitra(unit), a_duty(unit, price=50_000, name="Sakernas"), 5)
    client.force_login(MembershipFactory(unit=unit.parent, role="kepala").user)
    url = f"/mitra/{unit.parent.slug}/pantauan"

    html = client.get(f"{url}/{NOV}").content.decode()
    csv = client.get(f"{url}/kantor.csv{NOV}").content.decode("utf-8-sig")

    assert "Rp250.000 dialokasikan untuk 1 mitra" in html
    assert f"{unit.code},{unit.name},1,250000,0,0,0,0,1000000000,250000" in csv.splitlines()
    assert client.get(f"{url}/kegiatan.xlsx{NOV}").content.startswith(b"PK")
    assert client.get(f"{url}/lain.csv{NOV}").status_code == 404


def test_the_nation_is_read_province_by_province_and_each_office_in_the_file(client, unit):
    give(a_mitra(unit), a_duty(unit, price=50_000, name="Sakernas"), 5)
    nation = unit.parent.parent
    client.force_login(MembershipFactory(unit=nation, role="kepala").user)

    html = client.get(f"/mitra/{nation.slug}/pantauan/{NOV}").content.decode()
    csv = client.get(f"/mitra/{nation.slug}/pantauan/kantor.csv{NOV}").content.decode("utf-8-sig")

    assert "Per provinsi" in html
    assert "Pagu MAK 2026 terpakai Rp250.000 dari Rp1.000.000.000 (0%)." in html
    assert html.count(f"/mitra/{unit.parent.slug}/pantauan/{NOV}") == 2
    assert f"/mitra/{unit.slug}/" not in html
    assert f"{unit.code},{unit.name},1,250000,0,0,0,0,1000000000,250000" in csv.splitlines()


def test_a_month_nobody_could_mean_is_not_found(page):
    assert page(query="&bulan=2026-13").status_code == 404


def test_a_full_page_is_saved_as_a_form(page, unit):
    rows, columns = (
        [a_mitra(unit, f"Mitra {n:02d}") for n in range(PAGE)],
        [a_duty(unit) for _n in range(COLUMNS)],
    )
    data = {name(mitra, duty): "0" for mitra in rows for duty in columns}

    answer = page(data={**data, name(rows[-1], columns[-1]): "1", "semula": "{}", "csrfmiddlewaretoken": "x"})

    assert answer.status_code == 302
    assert Assignment.objects.get().volume == 1


def test_how_far_the_papers_of_the_month_or_the_one_before_have_come_stands_beside_the_sheet(page, unit):
    assert "Dokumen November" not in page().content.decode()

    ayu, budi = a_mitra(unit, "Ayu"), a_mitra(unit, "Budi")
    contract = approved(ayu)
    approved(budi)
    signed(contract, "contract")
    html, parts = page().content.decode(), page("dokumen/").content.decode()

    assert "Dokumen November 2026" in html
    assert f'hx-get="/mitra/{unit.slug}/alokasi/dokumen/?bulan=2026-11"' in html
    assert [re.sub("<[^>]+>", "", step) for step in re.findall("<li><div.*?</div>", parts)] == [
        "Perjanjian kerja1 dari 2",
        "Ditandatangani1 dari 2",
        "Serah terima0 dari 2",
        "Dibayar0 dari 2",
    ]
    assert month_under_way(unit, DECEMBER) == NOVEMBER
    assert month_under_way(unit, JANUARY) is None
