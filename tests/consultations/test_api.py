"""Programs do what people do, under the same rules."""

from datetime import timedelta

import pytest

from halopst.consultations.models import Consultation
from tests.accounts.factories import UserFactory
from tests.consultations.factories import AT, LINK, a_request, working_expert

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
BASE = "/api/v1/consultations"


def post(client, path, body, key="kunci-uji-1"):
    return client.post(
        f"{BASE}{path}", body, content_type="application/json", headers={"Idempotency-Key": key}
    )


def asked(expert, **more):
    return {
        "expert_id": expert.pk,
        "starts_at": AT.isoformat(),
        "mode": "zoom",
        "topic": "Inflasi",
        "need": "IHK bulanan 2021 sampai 2026",
        "purpose": "penelitian",
        **more,
    }


def test_a_consultation_from_request_to_result(client, clock):
    expert, visitor = working_expert(), UserFactory()
    client.force_login(visitor)
    made = post(client, "", asked(expert))
    assert made.status_code == 201
    pk = made.json()["id"]
    assert (made.json()["state"], made.json()["starts_at"]) == ("diajukan", "2026-11-23T02:30:00Z")

    client.force_login(expert.user)
    assert (
        post(client, f"/{pk}/approve", {"link": LINK, "version": 1}, "kunci-2a").json()["state"]
        == "disetujui"
    )
    clock.time = AT
    client.logout()
    client.force_login(expert.user)
    assert post(client, f"/{pk}/start", {}, "kunci-3a").json()["state"] == "berlangsung"
    done = post(
        client, f"/{pk}/finish", {"result": "found", "summary": "Ada di publikasi."}, "kunci-4a"
    ).json()
    assert (done["state"], done["result"], done["finished_at"]) == (
        "selesai",
        "found",
        "2026-11-23T02:30:00Z",
    )
    assert [c["id"] for c in client.get(f"{BASE}?state=selesai").json()] == [pk]


def test_a_repeated_request_is_one_consultation_and_the_same_answer(client):
    expert = working_expert()
    client.force_login(UserFactory())
    first, again = post(client, "", asked(expert)), post(client, "", asked(expert))
    assert (first.status_code, first.json()) == (again.status_code, again.json())
    assert Consultation.objects.count() == 1


def test_a_taken_time_is_refused_with_alternatives(client):
    expert = working_expert()
    a_request(expert)
    client.force_login(UserFactory())

    refused = post(client, "", asked(expert))

    assert refused.status_code == 409
    assert refused.json()["type"] == "urn:halopst:slot-taken"
    assert len(refused.json()["alternatives"]) == 3


def test_a_decision_on_an_old_state_is_refused(client):
    row = a_request()
    client.force_login(row.expert.user)
    post(client, f"/{row.pk}/approve", {"link": LINK, "version": 1}, "kunci-1b")

    refused = post(client, f"/{row.pk}/decline", {"reason": "x", "version": 1}, "kunci-2b")

    assert refused.status_code == 409
    assert "sudah disetujui" in refused.json()["title"]


@pytest.mark.parametrize(
    "change",
    [
        {"starts_at": "0001-01-01T00:00:00+14:00"},
        {"starts_at": "2026-11-23T02:30:00"},
        {"starts_at": "x"},
        {"expert_id": 2**70},
        {"mode": "fax"},
        {"topic": ""},
        {"topic": "a" * 151},
        {"purpose": "dagang"},
        {"phone": "abc"},
        {"field_id": -1},
    ],
)
def test_a_misshapen_request_is_refused_and_makes_nothing(client, change):
    expert = working_expert()
    client.force_login(UserFactory())
    assert post(client, "", asked(expert, **change)).status_code == 422
    assert Consultation.objects.count() == 0


def test_a_proposal_and_its_answer(client):
    row = a_request()
    client.force_login(row.expert.user)
    later = (AT + timedelta(minutes=45)).isoformat()
    proposed = post(
        client, f"/{row.pk}/propose", {"starts_at": later, "link": LINK, "note": "Maaf"}, "kunci-1c"
    )
    assert proposed.json()["state"] == "ditawar_ulang"

    client.force_login(row.case.visitor)
    assert post(client, f"/{row.pk}/accept", {}, "kunci-2c").json()["state"] == "disetujui"


def test_the_list_asks_as_often_for_three_as_for_one(client, django_assert_max_num_queries):
    expert, visitor = working_expert(), UserFactory()
    client.force_login(visitor)

    def queries():
        with django_assert_max_num_queries(40) as seen:
            client.get(BASE)
        return len(seen)

    a_request(expert, visitor=visitor)
    queries()
    one = queries()
    a_request(expert, visitor=visitor, at=AT + timedelta(minutes=45))
    a_request(expert, visitor=visitor, at=AT + timedelta(days=1))
    assert queries() == one
