"""Who signs for an office, appointed by programs as on the page."""

import pytest

from halopst.letters.models import Signatory
from halopst.letters.reference import load_classifications
from halopst.letters.services.refusals import PeriodBackwards, SignatoryOverlaps
from tests.accounts.factories import MembershipFactory
from tests.letters.factories import SignatoryFactory

pytestmark = pytest.mark.django_db
BASE = "/api/v1/letters"
BODY = {
    "role": "ppk",
    "name": "Budi Contoh, S.ST.",
    "nip": "19900101 201503 1 001",
    "title": "Pejabat Pembuat Komitmen",
    "first_day": "2026-01-01",
}


@pytest.fixture
def at(client, unit):
    client.force_login(MembershipFactory(unit=unit, role="admin").user)
    return f"{BASE}/units/{unit.slug}/signatories"


def post(client, path, body, key="kunci-uji-1"):
    return client.post(path, body, content_type="application/json", headers={"Idempotency-Key": key})


def test_a_signatory_is_appointed_and_ended(client, at):
    made = post(client, at, BODY)

    assert (made.status_code, made.json()["nip"], made.json()["last_day"]) == (
        201,
        "199001012015031001",
        None,
    )
    taken = post(client, at, {**BODY, "name": "Lain"}, "kunci-uji-2")
    assert (taken.status_code, taken.json()["title"]) == (409, str(SignatoryOverlaps.message))
    end = f"{at}/{made.json()['id']}/end"
    early = post(client, end, {"last_day": "2025-12-31"}, "kunci-uji-3")
    assert (early.status_code, early.json()["title"]) == (422, str(PeriodBackwards.message))
    assert post(client, end, {"last_day": "2026-12-31"}, "kunci-uji-4").json()["last_day"] == "2026-12-31"
    assert [row["id"] for row in client.get(at).json()] == [made.json()["id"]]


@pytest.mark.parametrize(
    "wrong",
    [
        {"nip": "123"},
        {"role": "ketua"},
        {"name": ""},
        {"title": "x" * 201},
        {"first_day": "0001-01-01"},
        {"last_day": "besok"},
    ],
    ids=str,
)
def test_a_signatory_that_cannot_be_is_told(client, at, wrong):
    answer = post(client, at, {**BODY, **wrong})

    assert (answer.status_code, answer.json()["errors"][0]["at"][-1]) == (422, next(iter(wrong)))
    assert not Signatory.objects.exists()


def test_a_signatory_of_another_office_is_not_there(client, at):
    other = SignatoryFactory()

    assert post(client, f"{at}/{other.pk}/end", {"last_day": "2026-12-31"}).status_code == 404
    assert client.get(f"{BASE}/units/{other.unit.slug}/signatories").status_code == 404


def test_the_archive_codes_are_searched_and_paged(client, at):
    load_classifications()

    first = client.get(f"{BASE}/classifications").json()
    rest = client.get(f"{BASE}/classifications?after={first[-1]['code']}").json()

    assert [row["code"] for row in client.get(f"{BASE}/classifications?q=VS.330").json()] == ["VS.330"]
    assert len(first) == 200
    assert not {row["code"] for row in first} & {row["code"] for row in rest}
