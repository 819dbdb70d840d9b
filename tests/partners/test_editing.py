"""Two officers change the same thing on its page: the second is told, sees the newer, keeps their own."""

import re
from datetime import date

import pytest
from django.urls import reverse

from halopst.partners import services
from halopst.partners.models import BankAccount, OfficeRules, Registration
from halopst.partners.services import decreeing
from halopst.partners.services.allocation import assigning
from tests.accounts.factories import MembershipFactory
from tests.partners.factories import NOVEMBER, NOW, BudgetLineFactory, PaperFactory
from tests.partners.offices import (
    DECEMBER,
    JANUARY,
    a_duty,
    a_mitra,
    an_office,
    give,
    head_of,
    lead,
)

pytestmark = pytest.mark.django_db
TOLD = "Baru saja diubah orang lain, jadi isian Anda belum disimpan."


@pytest.fixture
def unit():
    return an_office()


@pytest.fixture
def officer(client, unit):
    client.force_login(MembershipFactory(unit=unit, role="kepala").user)
    return client


def as_shown(html):
    """What the page's main form would send if nothing was typed."""
    form = html[html.index("<main") :]
    found = dict(re.findall(r'<input[^>]*?name="(\w+)" value="([^"]*)"', form))
    found |= {
        name: chosen[1]
        for name, options in re.findall(r'<select name="(\w+)".*?>(.*?)</select>', form, re.DOTALL)
        if (chosen := re.search(r'<option value="([^"]*)" selected', options))
    }
    found |= {
        name: text.strip()
        for name, text in re.findall(r'<textarea name="(\w+)".*?>(.*?)</textarea>', form, re.DOTALL)
    }
    return {name: value for name, value in found.items() if name != "q"}


def mitra(unit):
    row = a_mitra(unit, "Ayu", district="Waru")
    actor = head_of(unit)

    def other():
        services.edit_person(actor, row.person, unit=unit, particulars={"district": "Sedati"})

    return "edit", [row.person_id], {"occupation": "Guru"}, other, "Kini tersimpan: Sedati."


def year(unit):
    row = a_mitra(unit, "Ayu")
    actor = head_of(unit)
    given = {"year": row.year, "position": row.position, "status": "nonaktif"}

    def other():
        services.set_year(actor, row.person, unit=unit, **given)

    return "year", [row.person_id], {"decree": "SK 1"}, other, "Kini tersimpan: Nonaktif."


def account(unit):
    row = a_mitra(unit, "Ayu")
    actor = head_of(unit)

    def other():
        services.set_bank_account(
            actor, row.person, unit=unit, bank="Bank Lain", number="1234567890", holder="Ayu"
        )

    typed = {"bank": "Bank Jatim", "number": "9876543210", "holder": "Ayu"}
    return "account", [row.person_id], typed, other, "Kini tersimpan: Bank Lain."


def activity(unit):
    row, actor = a_duty(unit).activity, head_of(unit)
    known = {name: getattr(row, name) for name in ("kind", "first_day", "last_day", "is_open")}
    known["budget_line"] = row.line_of(row.first_day.year)

    def other():
        services.edit_activity(actor, row, **known, name="Sakernas Agustus", short_name="Sak", team=None)

    return "edit-activity", [row.pk], {"name": "Sakernas Tahunan"}, other, "Kini tersimpan: Sakernas Agustus."


def rules(unit):
    actor = head_of(unit)

    def other():
        services.set_office_rules(actor, unit, payment_days=14)

    return "rules", [], {"payment_days": "7"}, other, "Kini tersimpan: 14."


def paper(unit):
    row, actor = PaperFactory(unit=unit), head_of(unit)

    def other():
        decreeing.edit_paper(actor, row, values={"subject": "Pencacahan kedua"}, now=NOW)

    return (
        "edit-paper",
        [row.pk],
        {"subject": "Pencacahan ketiga"},
        other,
        "Kini tersimpan: Pencacahan kedua.",
    )


@pytest.mark.parametrize("form", [mitra, year, account, activity, rules, paper])
def test_the_second_of_two_sees_the_newer_value_keeps_the_typing_and_may_still_save(officer, unit, form):
    part, more, typed, other, newer = form(unit)
    address = reverse(f"partners:{part}", args=[unit.slug, *more])
    shown = as_shown(officer.get(address).content.decode())
    assert shown["version"]
    other()

    told = officer.post(address, {**shown, **typed})
    html = told.content.decode()
    kept = as_shown(html)
    again = officer.post(address, kept)

    assert (told.status_code, TOLD in html, newer in html) == (409, True, True)
    assert {name: kept[name] for name in typed} == typed
    assert kept["version"] != shown["version"]
    assert again.status_code == 302


@pytest.mark.parametrize("form", [mitra, year, account, activity, rules, paper])
def test_nobody_is_stopped_where_nobody_else_was(officer, unit, form):
    part, more, typed, _other, _newer = form(unit)
    address = reverse(f"partners:{part}", args=[unit.slug, *more])
    shown = as_shown(officer.get(address).content.decode())

    assert officer.post(address, {**shown, **typed}).status_code == 302
    assert officer.post(address, {**shown, **typed, "version": "kemarin"}).status_code == 409


def test_a_bad_field_keeps_the_version_that_was_seen(officer, unit):
    part, more, _typed, other, _newer = rules(unit)
    address = reverse(f"partners:{part}", args=[unit.slug, *more])
    shown = as_shown(officer.get(address).content.decode())
    other()

    bad = officer.post(address, {**shown, "payment_days": "x"})

    assert (bad.status_code, as_shown(bad.content.decode())["version"]) == (422, shown["version"])


def test_of_two_first_settings_the_second_is_told(officer, unit):
    row = a_mitra(unit, "Ayu")
    pages = {
        "account": ([row.person_id], {"bank": "B", "number": "1234567890", "holder": "Ayu"}),
        "rules": ([], {"contract_kind": OfficeRules.ContractKind.values[0], "payment_days": "9"}),
    }
    for part, (more, typed) in pages.items():
        address = reverse(f"partners:{part}", args=[unit.slug, *more])
        shown = as_shown(officer.get(address).content.decode())
        answers = [officer.post(address, {**shown, **typed}).status_code for _press in range(2)]
        assert answers == [302, 409]
    assert (BankAccount.objects.count(), Registration.objects.count()) == (1, 1)


def test_of_two_who_choose_what_pays_a_year_the_second_is_told(officer, unit):
    found = a_duty(unit, ends=date(2027, 2, 1)).activity
    one, two = BudgetLineFactory.create_batch(2, unit=unit, year=2027)
    page = reverse("partners:activity", args=[unit.slug, found.pk])
    address = reverse("partners:activity-line", args=[unit.slug, found.pk, 2027])
    duty = officer.post(page, {"duty": "", "unit_price": ""}).content.decode()
    shown = as_shown(officer.get(page).content.decode())
    services.set_budget_line(head_of(unit), found, year=2027, budget_line=one, now=NOW)

    told = officer.post(address, {**shown, "budget_line": two.pk})
    html = told.content.decode()
    kept = as_shown(html)

    assert (as_shown(duty)["version"], told.status_code) == (shown["version"], 409)
    assert (TOLD in html, f"Kini tersimpan: {one}." in html) == (True, True)
    assert (kept["budget_line"], kept["version"] != shown["version"]) == (str(two.pk), True)
    assert officer.post(address, {**kept, "budget_line": ""}).status_code == 422
    assert found.parts.get(year=2027).budget_line == one
    assert officer.post(address, kept).status_code == 302
    assert found.parts.get(year=2027).budget_line == two


def test_of_two_who_divide_a_honor_the_second_is_told_with_what_they_typed(officer, client, unit):
    row, duty = a_mitra(unit), a_duty(unit, price=1_000, begins=NOVEMBER, ends=JANUARY)
    held = give(row, duty, 1_000)
    client.force_login(MembershipFactory(unit=unit, role="ketua_tim").user)
    page = f"/mitra/{unit.slug}/alokasi/{row.pk}/"
    html = client.get(f"{page}?bulan=2026-11").content.decode()
    version = re.search(r'name="version" value="([^"]+)"', html)[1]
    assigning.set_shares(lead(unit), assignment=held, shares={NOVEMBER: 600_000, DECEMBER: 400_000}, now=NOW)

    typed = {"tugas": duty.pk, "version": version, "b-2026-11": "700000", "b-2026-12": "300000"}
    told = client.post(f"{page}bagi/?bulan=2026-11", typed, follow=True).content.decode()

    assert "Isian Anda belum disimpan: November 2026 Rp700.000, Desember 2026 Rp300.000." in told
    assert 'name="b-2026-11" value="600000"' in told
    assert dict(held.shares.values_list("month", "amount")) == {NOVEMBER: 600_000, DECEMBER: 400_000}


def test_of_two_who_fill_a_cell_the_second_is_told_both_figures(officer, client, unit):
    row, duty = a_mitra(unit, "Ayu"), a_duty(unit)
    client.force_login(MembershipFactory(unit=unit, role="ketua_tim").user)
    sheet = f"/mitra/{unit.slug}/alokasi/"
    give(row, duty, 5)

    script = client.post(f"{sheet}isi/?bulan=2026-11", {"isi": f"[[{row.pk}, {duty.pk}, 7, 0]]"})
    form = client.post(
        f"{sheet}?bulan=2026-11", {"semula": "{}", f"v-{row.pk}-{duty.pk}": "7"}, follow=True
    ).content.decode()

    said = "Ayu, Sakernas: baru saja diubah orang lain menjadi 5; isian Anda 7 belum disimpan."
    html = script.content.decode()
    assert (script.status_code, said in html, said in form) == (409, True, True)
    assert f'data-diubah="[&quot;v-{row.pk}-{duty.pk}&quot;]"' in html
