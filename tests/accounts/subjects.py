from datetime import date, timedelta

from django.utils import timezone

from halopst.accounts.models import ConsentText
from halopst.core import links
from tests.access.people import subject
from tests.accounts.factories import (
    ApiTokenFactory,
    ErasureRequestFactory,
    InvitationFactory,
    MembershipFactory,
    OrganisationMappingFactory,
    UserFactory,
)


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


@subject("colleague")
def colleague(world, place, who):
    return {"kwargs": {"pk": world.colleague(world.unit_at(place)).pk}}


@subject("membership")
def membership(world, place, who):
    return {"kwargs": {"pk": MembershipFactory(unit=world.unit_at(place)).pk}}


@subject("invitation")
def invitation(world, place, who):
    return {"kwargs": {"pk": InvitationFactory(unit=world.unit_at(place)).pk}}


@subject("invitation-link")
def invitation_link(world, place, who):
    offered = InvitationFactory(unit=world.unit_at(place))
    return {"kwargs": {"token": links.sign("invitation", {"pk": offered.pk})}}


@subject("organisation-mapping")
def organisation_mapping(world, place, who):
    return {"kwargs": {"pk": OrganisationMappingFactory(unit=world.unit_at(place)).pk}}


@subject("erasure-request")
def erasure_request(world, place, who):
    mine = who or UserFactory()
    person = mine if place == "own" else UserFactory()
    return {"kwargs": {"pk": ErasureRequestFactory(user=person, unit=world.unit_at(place)).pk}}


@subject("role-to-give")
def role_to_give(world, place, who):
    unit = world.unit_at(place)
    return {"data": {"user_id": world.colleague(unit).pk, "unit_code": unit.code, "role": "front_office"}}
