"""What the database is asked of a whole office is what the letters say of each month."""

from datetime import date

import pytest

from halopst.accounts.actors import actor_for
from halopst.letters.rules import HOLDING, SIGNED
from halopst.partners.letter_kinds.contracts import about_activity
from halopst.partners.models import Approval
from halopst.partners.queries.contracts.agreed import agreed_in, agreed_out_of_date
from halopst.partners.queries.contracts.covering import contracts_of
from halopst.partners.queries.handovers.endings import endable
from halopst.partners.services.contracts import amending
from halopst.partners.services.handovers import terminating
from tests.accounts.factories import MembershipFactory
from tests.partners.activity_office import (
    a_mitra_with_two_activities,
    approve,
    contract,
    letter_about,
    make,
    per_activity,
    sign,
)
from tests.partners.factories import NOVEMBER, NOW
from tests.partners.offices import DECEMBER, give

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ready_to_print")]


def end_one(actor, mitra, duty):
    approval = (
        Approval.objects.in_force().select_related("registration").get(registration=mitra, month=NOVEMBER)
    )
    (one,) = [each for each in endable(approval) if each.activity == duty.activity_id]
    made = terminating.terminate(
        actor,
        approval=approval,
        contract=one.letter.pk,
        reason="pasal10",
        explanation="Sakit.",
        effective_on=date(2026, 11, 20),
        realised={one.works[0].assignment: 3},
        training_cost=0,
        now=NOW,
    )
    sign(made.about)


def test_contracts_changed_amended_ended_and_missing_are_told_alike(unit):
    actor = actor_for(MembershipFactory(unit=per_activity(unit), role="kepala").user)
    office = {
        name: a_mitra_with_two_activities(unit, name) for name in ("Ayu", "Budi", "Citra", "Dewi", "Eka")
    }
    approve(unit)
    contract(unit, actor)
    for name in ("Ayu", "Budi", "Citra", "Dewi"):
        mitra, *duties = office[name]
        for duty in duties:
            sign(about_activity(mitra.pk, duty.activity_id))
    for name in ("Citra", "Budi"):
        mitra, _one, two = office[name]
        give(mitra, two, 62)
        approve(unit)
        if name == "Citra":
            make(amending.write_addenda(actor, unit=unit, month=NOVEMBER, now=NOW))
    end_one(actor, *office["Dewi"][:2])
    a_mitra_with_two_activities(unit, "Fajar")
    approve(unit)

    told = {}
    for month in (NOVEMBER, DECEMBER):
        rows = Approval.objects.in_force().filter(month=month)
        letters = contracts_of(list(rows))
        for states in (SIGNED, HOLDING):
            alike = {pk for pk, some in letters.items() if some and all(one.state in states for one in some)}
            assert set(rows.filter(agreed_in(states, month)).values_list("pk", flat=True)) == alike
        told[month] = [
            sorted(found.values_list("registration__person__name", flat=True))
            for found in (
                rows.filter(agreed_in(SIGNED, month)),
                rows.filter(agreed_in(HOLDING, month)),
                rows.alias(stale=agreed_out_of_date(month)).filter(stale=1),
            )
        ]
    assert told == {month: [["Ayu", "Dewi"], ["Ayu", "Citra", "Dewi", "Eka"], ["Budi"]] for month in told}


def test_a_contract_is_out_of_date_also_where_another_change_took_the_approval_back(unit):
    actor = actor_for(MembershipFactory(unit=per_activity(unit), role="kepala").user)
    mitra, one, two = a_mitra_with_two_activities(unit)
    approve(unit)
    contract(unit, actor)
    for duty in (one, two):
        sign(about_activity(mitra.pk, duty.activity_id))

    states = []
    for duty, volume in ((two, 62), (one, 21)):
        give(mitra, duty, volume)
        states.append([letter_about(about_activity(mitra.pk, it.activity_id)).state for it in (one, two)])

    assert states == [["signed", "outdated"], ["outdated", "outdated"]]
