"""Programs that look how well AIDA answers, have her asked, and put a model to use."""

import pytest
from django.utils import timezone

from halopst.assistant.models import Evaluation, Setup
from halopst.assistant.queries.setups import in_use
from halopst.assistant.rules.evaluation.setups import NO_MODEL, Using
from halopst.audit.models import Entry
from tests.accounts.factories import MembershipFactory
from tests.assistant.factories import EvaluationFactory, EvaluationQuestionFactory
from tests.assistant.model_server import provider_at
from tests.programs import sender
from tests.units.factories import HeadOfficeFactory, UnitFactory

pytestmark = pytest.mark.django_db
MODEL = {"model": "model-uji", "prompt": "jawaban-1"}


@pytest.fixture
def unit(settings):
    settings.MODELS = [provider_at("http://127.0.0.1:9/v1")]
    HeadOfficeFactory()
    return UnitFactory(region="Kabupaten Sampang", kind="kabupaten")


@pytest.fixture
def admin(client, unit):
    client.force_login(MembershipFactory(unit=unit, role="admin").user)
    return unit


@pytest.fixture
def sends(client, unit):
    given = sender(client, f"/api/v1/assistant/units/{unit.slug}")
    return lambda verb, path, **body: given(verb, path, body)


def test_the_questions_are_asked_in_the_background_and_the_run_is_looked_at_later(
    admin, sends, run_jobs, client
):
    none = sends("post", "/evaluations")
    assert (none.status_code, none.json()["type"]) == (409, "urn:halopst:nothing-to-ask")
    EvaluationQuestionFactory(unit=admin, question="Apa itu bahagia?", expects="figure")

    begun = sends("post", "/evaluations").json()
    assert (begun["state"], begun["whole"], begun["right"]) == ("waiting", 1, None)
    assert sends("post", "/evaluations").json()["type"] == "urn:halopst:already-running"
    run_jobs()

    done = client.get(f"/api/v1/assistant/units/{admin.slug}/evaluations/{begun['id']}").json()
    assert (done["state"], done["asked"], done["right"]) == ("done", 1, 0.0)
    assert [one["question"] for one in done["missed"]] == ["Apa itu bahagia?"]
    assert Entry.objects.filter(action="assistant.evaluation-begun").count() == 1


def test_runs_are_listed_newest_first_and_go_on(admin, client):
    first, second = EvaluationFactory(unit=admin), EvaluationFactory(unit=admin)
    EvaluationFactory(unit=UnitFactory())
    path = f"/api/v1/assistant/units/{admin.slug}/evaluations"

    assert [one["id"] for one in client.get(path).json()] == [second.pk, first.pk]
    assert [one["id"] for one in client.get(f"{path}?before={second.pk}").json()] == [first.pk]
    odd = client.get(f"{path}?before=entah", headers={"Accept-Language": "id"})
    assert odd.json()["errors"][0]["problem"] == "before harus bilangan bulat. Contoh: 24"


def test_a_model_is_put_to_use_only_where_it_answers_no_worse_and_on_record(admin, sends):
    refused = sends("put", "/setups/active", **MODEL)
    assert (refused.status_code, refused.json()["type"]) == (409, "urn:halopst:not-evaluated")
    unknown = sends("put", "/setups/active", model="entah", prompt="")
    assert (unknown.status_code, unknown.json()["type"]) == (422, "urn:halopst:unknown-setup")
    EvaluationFactory(unit=admin)
    EvaluationFactory(unit=admin, **MODEL, began_at=timezone.now(), whole=40)

    used = sends("put", "/setups/active", **MODEL).json()

    assert [one["model"] for one in used if one["is_in_use"]] == ["model-uji"]
    assert next(one for one in used if one["is_in_use"])["latest"]["whole"] == 40
    assert in_use(admin) == Using(**MODEL)
    assert Entry.objects.get(action="assistant.setup-activated").details["model"] == "model-uji"


def test_who_may_only_look_puts_nothing_to_use(client, unit, sends):
    client.force_login(MembershipFactory(unit=unit, role="petugas").user)

    assert sends("get", "/setups").json()[0] == {
        **dict.fromkeys(MODEL, ""),
        "is_in_use": True,
        "latest": None,
    }
    assert sends("put", "/setups/active", **MODEL).json()["type"] == "urn:halopst:not-permitted"
    assert not Setup.objects.exists()
    assert in_use(unit) == NO_MODEL
    assert not Evaluation.objects.exists()
