"""Random lives of an office's day against a model of it (R-04): nothing taken twice, nothing lost."""

from datetime import timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from halopst.core.actors import Actor
from halopst.core.errors import Refused
from halopst.scheduling import queries, services
from halopst.scheduling.models import Reservation
from tests.scheduling.factories import MONDAY, NOW, BookingPolicyFactory, bookable
from tests.scheduling.test_holds import at

STARTS = [at(8), at(8, 45), at(9, 30), at(10, 15), at(11), at(13), at(13, 45)]
MAXIMUM = 5
slot = st.integers(0, len(STARTS) - 1)
visitor = st.integers(1, 4)
pick = st.integers(0, 30)


class OfficeDay(RuleBasedStateMachine):
    """Two experts, four signed-in visitors, seven times each; `booked` is what the model believes."""

    @initialize()
    def open(self):
        Reservation.objects.all().delete()  # visitors hold two times at most, whatever the office
        self.now = NOW
        first = bookable()
        BookingPolicyFactory(unit=first.unit, daily_maximum=MAXIMUM)
        self.experts = [first, bookable(first.unit)]
        self.booked = {}

    def living(self):
        return {
            pk: entry
            for pk, entry in self.booked.items()
            if entry["until"] is None or entry["until"] > self.now
        }

    def is_free(self, expert, start, besides=None):
        mine = [e for pk, e in self.living().items() if e["expert"] == expert and pk != besides]
        return start not in {e["start"] for e in mine} and len(mine) < MAXIMUM

    def holds_of(self, who):
        return [e for e in self.living().values() if e["until"] and e["who"] == who]

    def chosen(self, n, *, state=None):
        found = [pk for pk, e in sorted(self.living().items()) if state is None or e["state"] == state]
        return found[n % len(found)] if found else None

    @rule(start=slot, expert=st.integers(0, 1), who=visitor)
    def hold(self, start, expert, who):
        expert, start = self.experts[expert], STARTS[start]
        mine = [e for e in self.holds_of(who) if (e["expert"], e["start"]) == (expert.pk, start)]
        expected = bool(mine) or (self.is_free(expert.pk, start) and len(self.holds_of(who)) < 2)
        try:
            held = services.hold(
                Actor(user_id=who), expert=expert, starts_at=start, holder=f"v{who}", client="", now=self.now
            )
        except Refused:
            assert not expected
            return
        assert expected
        self.booked[held.pk] = {
            "expert": expert.pk,
            "start": start,
            "state": "held",
            "who": who,
            "until": held.expires_at,
        }

    @rule(n=pick)
    def claim(self, n):
        if pk := self.chosen(n, state="held"):
            services.claim(self.row(pk), holder=self.row(pk).holder, now=self.now)
            self.booked[pk].update(state="requested", until=None)

    @rule(n=pick)
    def confirm(self, n):
        if pk := self.chosen(n, state="requested"):
            services.confirm(self.row(pk), now=self.now)
            self.booked[pk].update(state="confirmed")

    @rule(n=pick)
    def free(self, n):
        if pk := self.chosen(n):
            services.free(self.row(pk), now=self.now)
            del self.booked[pk]

    @rule(n=pick, start=slot, expert=st.integers(0, 1))
    def move(self, n, start, expert):
        if not (pk := self.chosen(n)):
            return
        expert, start = self.experts[expert], STARTS[start]
        expected = self.is_free(expert.pk, start, besides=pk)
        try:
            services.move(self.row(pk), starts_at=start, expert=expert, now=self.now)
        except services.SlotTaken:
            assert not expected
            return
        assert expected
        self.booked[pk].update(expert=expert.pk, start=start)

    @rule(minutes=st.sampled_from([1, 5, 11]))
    def wait(self, minutes):
        self.now += timedelta(minutes=minutes)

    @rule()
    def sweep(self):
        services.release_lapsed(now=self.now)

    @precondition(lambda self: hasattr(self, "booked"))
    @invariant()
    def the_database_agrees_with_the_model(self):
        ids = [expert.pk for expert in self.experts]
        rows = Reservation.objects.live(self.now).filter(expert__in=ids)
        assert {(r.pk, r.expert_id, r.starts_at, r.state) for r in rows} == {
            (pk, e["expert"], e["start"], e["state"]) for pk, e in self.living().items()
        }

    @precondition(lambda self: hasattr(self, "booked"))
    @invariant()
    def every_freed_time_is_offered_again(self):
        for expert in self.experts:
            offered = queries.slots(expert, MONDAY, MONDAY, now=self.now)
            assert {s.starts_at for s in offered if s.free} == {
                start for start in STARTS if self.is_free(expert.pk, start)
            }

    def row(self, pk):
        return Reservation.objects.select_related("expert__unit").get(pk=pk)


@pytest.mark.django_db
def test_a_days_capacity_is_never_exceeded_and_never_lost():
    run_state_machine_as_test(
        OfficeDay,
        settings=settings(max_examples=12, stateful_step_count=25),
    )
