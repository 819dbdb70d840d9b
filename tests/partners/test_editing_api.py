"""What the pages keep two officers from, the API keeps two programs from, with the same sentence."""

from datetime import date

import pytest

from halopst.partners import services
from halopst.partners.models import ActivityPart, Assignment, BankAccount, OfficeRules, Registration
from halopst.partners.services import decreeing
from halopst.partners.services.allocation import assigning
from tests.accounts.factories import MembershipFactory
from tests.partners.factories import NOVEMBER, NOW, BudgetLineFactory, PaperFactory
from tests.partners.offices import DECEMBER, JANUARY, a_duty, a_mitra, an_office, give, head_of, lead
from tests.partners.programs import BASE, refused, sent

pytestmark = pytest.mark.django_db
TOLD = "Data ini sudah diubah sejak Anda membukanya. Muat ulang, lalu ulangi perubahan Anda."
NEVER = "0001-01-01T00:00:00+00:00"
FEBRUARY = date(2027, 2, 1)
YEAR = {"position": "pendataan", "status": "nonaktif"}
ACCOUNT = {"bank": "Bank Jatim", "number": "9876543210", "holder": "Ayu"}


@pytest.fixture
def unit(client):
    office = an_office()
    client.force_login(MembershipFactory(unit=office, role="kepala").user)
    return office


def year(unit, read):
    row, actor = a_mitra(unit, "Ayu"), head_of(unit)
    at = f"/units/{unit.slug}/mitra/{row.person_id}"

    def other():
        services.set_year(actor, row.person, unit=unit, year=2026, position="pengolahan", status="aktif")

    def kept():
        return Registration.objects.get().position

    return "put", f"{at}/years/2026", YEAR, lambda: read(at)["years"][0]["version"], other, kept


def account(unit, read):
    row, actor = a_mitra(unit, "Ayu"), head_of(unit)
    at = f"/units/{unit.slug}/mitra/{row.person_id}"

    def other():
        words = {"bank": "Bank Lain", "number": "1234567890", "holder": "Ayu"}
        services.set_bank_account(actor, row.person, unit=unit, **words)

    def kept():
        return BankAccount.objects.get().bank

    return "put", f"{at}/account", ACCOUNT, lambda: read(at)["account_version"], other, kept


def rules(unit, read):
    actor, at = head_of(unit), f"/units/{unit.slug}/rules"

    def other():
        services.set_office_rules(actor, unit, payment_days=14)

    def kept():
        return OfficeRules.objects.get().payment_days

    return "patch", at, {"payment_days": 7}, lambda: read(at)["version"], other, kept


def paper(unit, read):
    row, actor = PaperFactory(unit=unit), head_of(unit)
    at = f"/units/{unit.slug}/papers/{row.pk}"
    text = {"subject": "Pencacahan ketiga", "first_day": "2026-11-23", "last_day": "2026-11-27"}

    def other():
        decreeing.edit_paper(actor, row, values={"subject": "Pencacahan kedua"}, now=NOW)

    def kept():
        row.refresh_from_db()
        return row.subject

    return "put", at, text, lambda: read(at)["version"], other, kept


def shares(unit, read):
    mitra, duty = a_mitra(unit), a_duty(unit, price=1_000, begins=NOVEMBER, ends=JANUARY)
    held = give(mitra, duty, 1_000)
    parts = {NOVEMBER: 600_000, DECEMBER: 400_000}

    def other():
        assigning.set_shares(lead(unit), assignment=held, shares=parts, now=NOW)

    def kept():
        return dict(Assignment.objects.get().shares.values_list("month", "amount"))

    body = {"shares": {"2026-11": 700_000, "2026-12": 300_000}}
    listed = f"/units/{unit.slug}/assignments?month=2026-11"
    return "put", f"/assignments/{held.pk}/shares", body, lambda: read(listed)[0]["version"], other, kept


def line(unit, read):
    """What pays the part of 2027 of an activity over New Year."""
    activity = a_duty(unit, ends=FEBRUARY).activity
    one, two = BudgetLineFactory.create_batch(2, unit=unit, year=2027)
    at = f"/units/{unit.slug}/activities/{activity.pk}"

    def other():
        services.set_budget_line(head_of(unit), activity, year=2027, budget_line=one, now=NOW)

    def kept():
        return ActivityPart.objects.get(year=2027).budget_line_id

    return "put", f"{at}/years/2027/budget-line", {"budget_line": two.pk}, version_at(read, at), other, kept


def version_at(read, path):
    return lambda: read(path)["version"]


FORMS = pytest.mark.parametrize("form", [year, account, rules, paper, shares, line])


@pytest.fixture
def read(client):
    return lambda path: client.get(f"{BASE}{path}").json()


@FORMS
def test_a_change_to_what_somebody_else_has_changed_is_declined_until_it_is_read_again(
    client, unit, read, form
):
    method, path, body, version, other, kept = form(unit, read)
    seen = version()
    other()
    stored = kept()

    told = sent(client, method, path, {**body, "version": seen})

    assert refused(told) == (409, TOLD)
    assert told.json()["type"] == "urn:halopst:changed-meanwhile"
    assert kept() == stored
    assert sent(client, method, path, {**body, "version": version()}).status_code == 200
    assert kept() != stored


@FORMS
def test_without_a_version_the_last_one_wins_and_a_bad_one_is_named(client, unit, read, form):
    method, path, body, _version, other, kept = form(unit, read)
    other()
    stored = kept()

    assert (
        sent(client, method, path, {**body, "version": "kemarin"}).json()["errors"][0]["at"][-1] == "version"
    )
    assert sent(client, method, path, {**body, "version": "2026-11-20T02:10:00"}).status_code == 409
    assert kept() == stored
    assert sent(client, method, path, {**body, "version": None}).status_code == 200
    assert kept() != stored


def test_of_two_first_settings_the_second_is_told(client, unit, read):
    mitra = a_mitra(unit, "Ayu")
    at = f"/units/{unit.slug}/mitra/{mitra.person_id}"
    for path, body in ((f"{at}/account", ACCOUNT), (f"/units/{unit.slug}/rules", {"payment_days": 7})):
        version = read(at)["account_version"] if path.endswith("account") else read(path)["version"]
        method = "put" if path.endswith("account") else "patch"

        answers = [
            sent(client, method, path, {**body, "version": version}).status_code for _press in range(2)
        ]

        assert (version, answers) == (NEVER, [200, 409])
