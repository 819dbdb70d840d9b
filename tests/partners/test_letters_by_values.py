"""A letter of a domain's kind whose values a program gave: the domain neither composes nor follows it."""

import pytest

from halopst.letters.kinds import kind_named
from halopst.letters.models import Letter
from halopst.letters.rules import BY_VALUES
from halopst.letters.services import can_replace, issue, replace
from halopst.letters.services.refusals import GivenValues
from halopst.partners.services.handovers import receipting
from tests.partners.activity_office import sign
from tests.partners.factories import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ready_to_print")]
KINDS = ["partners.contract", "partners.activity-contract", "partners.handover", "partners.termination"]


def given(unit, actor, kind, about):
    return issue(
        actor,
        kind=kind,
        unit=unit,
        data=kind_named(kind).example,
        about=f"{BY_VALUES}{about}",
        parties=["Sri Contoh"],
        dated_on=NOW.date(),
        now=NOW,
    )


@pytest.mark.parametrize("about", ["kepegawaian:7", "1:2026-11", "1"])
def test_it_is_not_composed_anew(unit, actor, about):
    letter = given(unit, actor, "partners.contract", about)

    with pytest.raises(GivenValues, match="Buat surat baru dari program itu"):
        replace(actor, letter, reason="Salah ketik", now=NOW)

    assert not can_replace(letter)
    assert Letter.objects.get().reason == ""


@pytest.mark.parametrize("kind", KINDS)
def test_its_signature_brings_nothing_along(unit, actor, kind):
    letter = given(unit, actor, kind, "kepegawaian:7")

    signed = sign(letter.about)

    assert signed.state == "signed"
    assert receipting.bring_agreement_along(signed.pk, now=NOW) == 0
