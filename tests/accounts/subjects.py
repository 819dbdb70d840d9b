from datetime import date, timedelta

from django.utils import timezone

from halopst.accounts.models import ConsentText
from tests.access.people import subject
from tests.accounts.factories import ApiTokenFactory, UserFactory


@subject("unknown-provider")
def unknown_provider(world, place, who):
    return {"kwargs": {"provider_id": "tidak-ada"}}


@subject("consent-text")
def consent_text(world, place, who):
    text = ConsentText.objects.create(
        subject="kabar",
        version=9,
        body_id="Teks",
        body_en="Text",
        legal_basis="UU",
        valid_from=date(2026, 1, 1),
    )
    return {"kwargs": {"pk": text.pk}}


@subject("api-token")
def api_token(world, place, who):
    mine = who or UserFactory()
    owner = mine if place == "own" else world.colleague(world.unit_at(place))
    return {"kwargs": {"pk": ApiTokenFactory(user=owner, expires_at=timezone.now() + timedelta(days=1)).pk}}
