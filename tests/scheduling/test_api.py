"""The JSON door: the same services, idempotent, with alternatives in every refusal."""

from datetime import timedelta
from itertools import count

import pytest
from django.utils import timezone

from halopst.scheduling import queries
from halopst.scheduling.models import Reservation
from tests.accounts.factories import UserFactory
from tests.scheduling.factories import FieldFactory, ReservationFactory, bookable

pytestmark = pytest.mark.django_db
KEY = "kunci-peramban-anonim"
API = "/api/v1/scheduling"


@pytest.fixture
def post(client):
    keys = count()

    def send(path, data=None, *, key=None, holder=KEY, method="post"):
        headers = {"Idempotency-Key": key or f"permintaan-{next(keys)}"}
        if holder:
            headers["X-Holder-Key"] = holder
        return getattr(client, method)(
            f"{API}{path}", data or {}, content_type="application/json", headers=headers
        )

    return send


def first_free(expert):
    return queries.first_free([expert], now=timezone.now())[expert.pk]


def test_a_visitor_without_an_account_holds_extends_and_releases_with_a_key_of_their_own(post, client):
    expert = bookable()
    slot = first_free(expert)

    held = post("/holds", {"expert": expert.pk, "starts_at": slot.starts_at})

    assert held.status_code == 201
    assert held.json()["state"] == "held"
    pk = held.json()["id"]
    assert client.get(f"{API}/holds/{pk}", headers={"X-Holder-Key": KEY}).json()["expert"] == expert.pk
    assert post(f"/holds/{pk}/extend").status_code == 200
    assert Reservation.objects.get().extensions == 1
    assert post(f"/holds/{pk}", method="delete").status_code == 204
    assert Reservation.objects.get().state == "released"


def test_a_taken_time_answers_with_three_alternatives(post):
    expert = bookable()
    slot = first_free(expert)
    ReservationFactory(expert=expert, unit=expert.unit, starts_at=slot.starts_at)

    refused = post("/holds", {"expert": expert.pk, "starts_at": slot.starts_at})

    assert refused.status_code == 409
    assert refused.json()["type"] == "urn:halopst:slot-taken"
    assert len(refused.json()["alternatives"]) == 3
    assert set(refused.json()["alternatives"][0]) == {"starts_at", "ends_at"}


def test_anyone_of_a_field_can_be_held(post):
    expert = bookable()
    field = FieldFactory(unit=expert.unit)
    field.experts.add(expert)
    slot = first_free(expert)

    held = post("/holds", {"unit": expert.unit.slug, "field": field.slug, "starts_at": slot.starts_at})

    assert (held.status_code, held.json()["expert"]) == (201, expert.pk)


def test_a_repeated_request_holds_once_and_answers_the_same(post):
    expert = bookable()
    wish = {"expert": expert.pk, "starts_at": first_free(expert).starts_at}

    first, again = post("/holds", wish, key="sekali-saja"), post("/holds", wish, key="sekali-saja")

    assert first.json() == again.json()
    assert Reservation.objects.count() == 1


def test_a_signed_in_visitor_needs_no_key(post, client):
    user = UserFactory()
    client.force_login(user)
    expert = bookable()

    held = post("/holds", {"expert": expert.pk, "starts_at": first_free(expert).starts_at}, holder="")

    assert held.status_code == 201
    assert Reservation.objects.get().holder == f"akun:{user.pk}"


@pytest.mark.parametrize("key", ["", "pendek", "akun:12345678901234567", "spasi di dalam kunci", "x" * 65])
def test_without_a_key_of_16_to_64_plain_characters_nobody_holds(post, key):
    expert = bookable()

    refused = post("/holds", {"expert": expert.pk, "starts_at": first_free(expert).starts_at}, holder=key)

    assert refused.status_code == 401
    assert not Reservation.objects.exists()


@pytest.mark.parametrize("method", ["get", "delete"])
def test_someone_elses_hold_does_not_exist(post, client, method):
    held = ReservationFactory(state="held")
    headers = {"X-Holder-Key": KEY, "Idempotency-Key": "permintaan-1"}

    assert getattr(client, method)(f"{API}/holds/{held.pk}", headers=headers).status_code == 404
    assert post(f"/holds/{held.pk}/extend").status_code == 404
    held.refresh_from_db()
    assert (held.state, held.extensions) == ("held", 0)


@pytest.mark.parametrize(
    ("starts_at", "status"),
    [
        ("besok", 422),
        ("2026-11-23T10:00:00", 422),
        ("9999-12-31T23:59:59Z", 409),
        ("0001-01-01T00:00:00Z", 409),
        ("2026-13-40T10:00:00Z", 422),
    ],
)
def test_a_time_nobody_can_mean_is_refused_with_a_reason(post, starts_at, status):
    refused = post("/holds", {"expert": bookable().pk, "starts_at": starts_at})

    assert refused.status_code == status
    assert refused.json()["title"]


@pytest.mark.parametrize(
    "period",
    [
        "",
        "first=x&last=y",
        "first=2026-11-23",
        "first=9999-12-31&last=9999-12-31",
        "first=0001-01-01&last=0001-01-01",
    ],
)
def test_days_nobody_can_mean_are_refused_with_a_reason(client, period):
    assert client.get(f"{API}/experts/{bookable().pk}/slots?{period}").status_code == 422


@pytest.mark.parametrize("pk", [0, 2**63, 10**30])
def test_an_id_that_cannot_be_is_refused(client, pk):
    assert client.get(f"{API}/experts/{pk}").status_code in {404, 422}


def test_fields_experts_and_times_are_public(client):
    expert = bookable(display_name="Ning Sekar")
    hidden = bookable(expert.unit, is_public=False)
    field = FieldFactory(unit=expert.unit, name="Kemiskinan", slug="kemiskinan")
    field.experts.set([expert, hidden])
    slug, today = expert.unit.slug, timezone.localdate(timezone=expert.unit.tz)
    period = f"first={today}&last={today + timedelta(days=7)}"

    fields = client.get(f"{API}/units/{slug}/fields").json()
    experts = client.get(f"{API}/units/{slug}/experts?q=kemsikinan").json()
    times = client.get(f"{API}/units/{slug}/slots?field=kemiskinan&{period}").json()

    assert [(f["slug"], f["expert_count"]) for f in fields] == [("kemiskinan", 1)]
    assert [(e["display_name"], e["fields"]) for e in experts] == [("Ning Sekar", ["kemiskinan"])]
    assert times
    assert all(slot["experts"] == [expert.pk] for slot in times)
    assert client.get(f"{API}/experts/{hidden.pk}").status_code == 404
    assert client.get(f"{API}/units/tidak-ada/fields").status_code == 404
    assert client.get(f"{API}/units/{slug}/experts?field=tidak%00ada").status_code == 422
