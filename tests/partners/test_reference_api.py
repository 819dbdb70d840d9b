"""The figures money rests on, set by programs: the same forms and sentences as on their shelves."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from halopst.accounts.models import User
from halopst.audit.models import Entry
from halopst.core.editing import version_of
from halopst.partners import services
from halopst.partners.models import BudgetLine, HonorCap, OfficeRules, TaxPolicy, Team, UnitPrice
from halopst.partners.services.reference import figures as reference
from tests.accounts.factories import MembershipFactory
from tests.partners.factories import (
    ActivityDutyFactory,
    ActivityFactory,
    BudgetLineFactory,
    HonorCapFactory,
    TaxPolicyFactory,
    UnitPriceFactory,
    a_position,
)
from tests.partners.programs import BASE, refused, sent

pytestmark = pytest.mark.django_db
DATED = {"valid_from": "2026-01-01", "basis": "Contoh, bukan tarif resmi"}
PRICE = {"name": "Pencacahan", "volume_unit": "dokumen", "amount": 68_000, **DATED}
LINE = {"year": 2026, "code": "054.01.A", "name": "Honor", "ceiling": 1_000_000}
LINE |= {"valid_from": "2026-01-02", "basis": "DIPA 2026"}


def revision(number, ceiling, day="2026-06-15"):
    return {"revision": number, "ceiling": ceiling, "valid_from": day, "basis": f"POK revisi {number}"}


TAX = {
    "method": "ter",
    "rates": [{"up_to": 5_400_000, "rate": "0"}, {"up_to": None, "rate": "0.25"}],
    **DATED,
}


@pytest.fixture
def office(client):
    membership = MembershipFactory(role="admin")
    client.force_login(membership.user)
    return membership.unit


@pytest.fixture
def at(office):
    return f"/units/{office.slug}"


def test_a_budget_line_has_parts_and_stands_once_a_year(client, at):
    said = refused(sent(client, "post", f"{at}/budget-lines", LINE | {"code": "honor"}))[1]
    assert "Tulis MAK dengan titik di antara bagiannya" in said

    assert sent(client, "post", f"{at}/budget-lines", LINE).status_code == 201
    again = refused(sent(client, "post", f"{at}/budget-lines", LINE))
    assert again == (409, str(services.LineAlreadyThere.message))


def test_a_price_is_set_read_and_taken_away(client, at):
    made = sent(client, "post", f"{at}/prices", PRICE)

    assert (made.status_code, made.json()["year"], made.json()["amount"]) == (201, 2026, 68_000)
    assert [row["id"] for row in client.get(f"{BASE}{at}/prices?year=2026").json()] == [made.json()["id"]]
    assert refused(sent(client, "post", f"{at}/prices", PRICE)) == (409, str(services.AlreadyThere.message))
    assert sent(client, "delete", f"{at}/prices/{made.json()['id']}").status_code == 204
    assert [entry.action for entry in Entry.objects.order_by("pk")][-2:] == [
        "partners.unitprice-added",
        "partners.unitprice-removed",
    ]


@pytest.mark.parametrize(
    "wrong",
    [
        {"amount": 0},
        {"amount": -5},
        {"amount": 10**13},
        {"amount": "gratis"},
        {"amount": 12.5},
        {"basis": ""},
        {"basis": "x" * 201},
        {"name": "x" * 201},
        {"volume_unit": ""},
        {"valid_from": "2026-13-01"},
        {"valid_from": "0001-01-01"},
    ],
    ids=str,
)
def test_a_price_that_cannot_be_is_told(client, at, wrong):
    answer = sent(client, "post", f"{at}/prices", {**PRICE, **wrong})

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["at"][-1] == next(iter(wrong))
    assert not UnitPrice.objects.exists()


def test_a_price_that_is_paid_stays(client, office, at):
    price = UnitPriceFactory(unit=office)
    ActivityDutyFactory(activity__unit=office, unit_price=price)

    answer = sent(client, "delete", f"{at}/prices/{price.pk}")

    assert refused(answer) == (409, str(services.StillUsed.message))


def test_what_is_handed_down_is_left_to_the_office_above(client, office, at):
    price = UnitPriceFactory(unit=office.parent)

    assert [row["id"] for row in client.get(f"{BASE}{at}/prices?year=2026").json()] == [price.pk]
    assert sent(client, "delete", f"{at}/prices/{price.pk}").status_code == 404


def test_caps_are_set_by_the_province_alone(client, office, at):
    body = {"activity_kind": "survei", "duty": a_position().code, "amount": 4_170_000, **DATED}

    assert refused(sent(client, "post", f"{at}/caps", body)) == (409, str(reference.CapsOfProvinces.message))

    admin = User.objects.get(pk=client.session["_auth_user_id"])
    MembershipFactory(unit=office.parent, role="admin", user=admin)
    above = f"/units/{office.parent.slug}"
    made = sent(client, "post", f"{above}/caps", body)
    assert (made.status_code, made.json()["duty"], made.json()["employment"]) == (
        201,
        "pcl_ppl",
        "non_organik",
    )
    assert [row["id"] for row in client.get(f"{BASE}{at}/caps?year=2026").json()] == [made.json()["id"]]
    assert sent(client, "post", f"{above}/caps", {**body, "duty": "tidak_ada"}).status_code == 422
    assert sent(client, "delete", f"{at}/caps/{made.json()['id']}").status_code == 404
    assert sent(client, "delete", f"{above}/caps/{made.json()['id']}").status_code == 204
    assert not HonorCap.objects.exists()


def test_a_budget_line_is_added_and_its_ceiling_revised(client, office, at):
    made = sent(client, "post", f"{at}/budget-lines", LINE).json()
    one = f"{at}/budget-lines/{made['id']}"

    revised = sent(client, "put", f"{one}/ceiling", revision(1, 2_000_000)).json()

    assert (made["used"], made["left"]) == (0, 1_000_000)
    assert (revised["ceiling"], revised["basis"]) == (2_000_000, "POK revisi 1")
    ActivityFactory(unit=office, budget_line=BudgetLine.objects.get(pk=made["id"]))
    assert sent(client, "delete", one).status_code == 409
    assert sent(client, "put", f"{one}/ceiling", revision(2, -1)).status_code == 422


def test_a_ceiling_never_falls_below_what_is_allocated(client, office, at):
    line = BudgetLineFactory(unit=office, ceiling=10_000_000, used=4_000_000)
    one = f"{at}/budget-lines/{line.pk}/ceiling"

    below = refused(sent(client, "put", one, revision(1, 3_999_999)))

    assert below == (409, str(services.BelowWhatIsUsed(line).message))
    assert "Rp4.000.000" in below[1]
    assert sent(client, "put", one, revision(1, 4_000_000)).json()["left"] == 0


def test_every_revision_of_a_ceiling_is_kept_in_its_order(client, office, at):
    line = BudgetLineFactory(unit=office, ceiling=10_000_000)
    one = f"{at}/budget-lines/{line.pk}/ceiling"
    assert sent(client, "put", one, revision(2, 12_000_000)).status_code == 200

    for wrong in (revision(2, 13_000_000), revision(1, 13_000_000), revision(3, 13_000_000, "2026-06-14")):
        assert sent(client, "put", one, wrong).status_code == 409
    assert sent(client, "put", one, revision(3, 13_000_000, "2090-01-01")).status_code == 422
    assert sent(client, "put", one, revision(3, 9_000_000)).status_code == 200

    kept = client.get(f"/api/v1/partners{one}").json()
    assert [(row["revision"], row["ceiling"], row["basis"]) for row in kept] == [
        (3, 9_000_000, "POK revisi 3"),
        (2, 12_000_000, "POK revisi 2"),
        (0, 10_000_000, "DIPA contoh"),
    ]


def test_a_line_of_another_office_is_not_there(client, at):
    other = BudgetLineFactory()

    path = f"{at}/budget-lines/{other.pk}/ceiling"
    assert client.get(f"/api/v1/partners{path}").status_code == 404
    assert sent(client, "put", path, revision(1, 5)).status_code == 404
    assert sent(client, "delete", f"{at}/budget-lines/{other.pk}").status_code == 404
    assert sent(client, "post", f"/units/{other.unit.slug}/budget-lines", LINE).status_code == 404


@pytest.mark.parametrize("limits", [[], [5], [None, None], [5, 5, None], [6, 5, None], [None, 5]])
def test_brackets_that_do_not_rise_to_an_open_one_are_told_in_the_words_of_the_body(client, at, limits):
    rates = [{"up_to": limit, "rate": "0"} for limit in limits]

    told = refused(sent(client, "post", f"{at}/tax-policies", {**TAX, "rates": rates}))

    assert told == (422, "rates: up_to naik dari lapisan ke lapisan, dan null di lapisan terakhir saja.")


def test_a_tax_policy_is_told_with_what_it_keeps(client, office, at):
    made = sent(client, "post", f"{at}/tax-policies", TAX)

    told = made.json()
    assert (made.status_code, told["method"], told["office"]) == (201, "ter", office.slug)
    assert told["rates"] == [{"up_to": 5_400_000, "rate": "0"}, {"up_to": None, "rate": "0.25"}]
    assert told["examples"][0] == {"gross": 1_000_000, "base": 1_000_000, "tax": 0, "net": 1_000_000}
    assert client.get(f"{BASE}{at}/tax-policies?year=2026").json() == [told]
    assert sent(client, "delete", f"{at}/tax-policies/{told['id']}").status_code == 204


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"rates": []}, "rates"),
        ({"rates": [{"up_to": 5, "rate": "0"}]}, "rates"),
        ({"rates": [{"up_to": None, "rate": "51"}]}, "rate"),
        ({"method": "bebas_ptkp"}, "ptkp_month"),
        ({"method": "bukan_pegawai"}, "base_percent"),
        ({"method": "lain"}, "method"),
        ({"surcharge_percent": "20"}, "surcharge_basis"),
    ],
    ids=str,
)
def test_a_tax_policy_that_cannot_be_is_told(client, at, wrong, field):
    answer = sent(client, "post", f"{at}/tax-policies", {**TAX, **wrong})

    assert (answer.status_code, answer.json()["errors"][0]["at"][-1]) == (422, field)
    assert not TaxPolicy.objects.exists()


def test_policies_are_listed_as_cheaply_for_three_as_for_one(client, office, at):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            rows = client.get(f"{BASE}{at}/tax-policies?year=2026").json()
        return len(rows), len(queries)

    TaxPolicyFactory(unit=office)
    asked()
    one = asked()
    TaxPolicyFactory(unit=office.parent)
    TaxPolicyFactory(unit=office, valid_from="2026-02-01")

    assert asked() == (3, one[1])


def test_a_team_is_named_once(client, at):
    made = sent(client, "post", f"{at}/teams", {"name": "Sosial"})

    assert (made.status_code, made.json()["lead"], made.json()["is_active"]) == (201, None, True)
    assert sent(client, "post", f"{at}/teams", {"name": "sosial"}).status_code == 409
    assert sent(client, "post", f"{at}/teams", {"name": "Produksi", "lead": 10**9}).status_code == 422
    assert [row["name"] for row in client.get(f"{BASE}{at}/teams").json()] == ["Sosial"]
    assert sent(client, "delete", f"{at}/teams/{made.json()['id']}").status_code == 204
    assert not Team.objects.exists()


def test_only_the_rules_that_are_sent_change(client, office, at):
    assert client.get(f"{BASE}{at}/rules").json()["payment_days"] is None

    sent(client, "patch", f"{at}/rules", {"payment_days": 14, "basis": "SK KPA 3/2026"})
    told = sent(client, "patch", f"{at}/rules", {"census_is_exclusive": True}).json()

    assert told == {
        "census_is_exclusive": True,
        "contract_kind": "bulan",
        "payment_days": 14,
        "basis": "SK KPA 3/2026",
        "version": version_of(OfficeRules.objects.get()),
    }
    for wrong in ({"payment_days": 0}, {"contract_kind": "minggu"}, {"hari": 3}):
        assert sent(client, "patch", f"{at}/rules", wrong).status_code == 422
    assert OfficeRules.objects.get().payment_days == 14


def test_who_leads_a_team_reads_figures_and_sets_none(client, office, at):
    client.force_login(MembershipFactory(unit=office, role="ketua_tim").user)

    assert client.get(f"{BASE}{at}/prices?year=2026").status_code == 200
    assert sent(client, "post", f"{at}/prices", PRICE).status_code == 403
    assert sent(client, "post", f"{at}/prices", PRICE).json()["title"] == "Anda tidak berhak melakukan ini."


def test_a_position_is_added_and_ended(client, office, at):
    body = {"code": "pml_khusus", "name": "Pengawas khusus", "for_census": False, **DATED}

    made = sent(client, "post", f"{at}/positions", body)

    assert (made.status_code, made.json()["kinds"], made.json()["is_held"]) == (201, ["survei"], True)
    one = f"{at}/positions/{made.json()['id']}"
    assert refused(sent(client, "post", f"{at}/positions", body))[0] == 409
    end = {"last_day": "2030-12-31", "basis": "SK 2"}
    assert sent(client, "post", f"{one}/end", end).json()["last_day"] == "2030-12-31"
    assert sent(client, "post", f"{one}/end", end).status_code == 409
    assert sent(client, "delete", one).status_code == 204
    for wrong in ({"code": "PML Khusus"}, {"for_survey": False, "for_census": False}, {"counts_as": "apa"}):
        assert sent(client, "post", f"{at}/positions", {**body, **wrong}).status_code == 422


def test_figures_below_the_office_are_not_touched_from_another(client, at):
    cap = HonorCapFactory()

    assert sent(client, "delete", f"{at}/caps/{cap.pk}").status_code == 404
