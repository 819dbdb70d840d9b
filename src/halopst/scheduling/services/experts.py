from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from halopst.accounts.models import User
from halopst.audit.services import record
from halopst.calendars.queries import calendar_of
from halopst.core.actors import Actor
from halopst.core.constraints import refuse_on
from halopst.core.errors import Refused
from halopst.scheduling.models import Availability, Expert, Field
from halopst.scheduling.services.authority import must_edit, must_manage
from halopst.units.models import Unit

# Two weeks, so that one holiday does not leave a weekday without hours.
_SAMPLE = timedelta(days=14)


class NotAMember(Refused):
    message = _(
        "Orang ini belum punya peran di satker ini. Tambahkan perannya lebih dulu di halaman Pengguna."
    )


class AlreadyAnExpert(Refused):
    message = _("Orang ini sudah terdaftar sebagai ahli di satker ini.")


@transaction.atomic
def add_expert(actor: Actor, *, unit: Unit, user: User, now: datetime) -> Expert:
    """Make a member of the office bookable, in the office's own hours until they set theirs."""
    must_manage(actor, unit.pk)
    if not user.memberships.filter(unit=unit).exists():
        raise NotAMember
    with refuse_on("one_expert_per_person_and_office", AlreadyAnExpert):
        expert = Expert.objects.create(unit=unit, user=user, display_name=str(user)[:80], languages=["id"])
    Availability.objects.bulk_create(_office_hours(expert, now=now))
    record(actor, "scheduling.expert-added", expert, user_id=user.pk)
    return expert


@transaction.atomic
def edit_profile(  # one argument per thing a profile shows
    actor: Actor,
    expert: Expert,
    *,
    display_name: str,
    title: str,
    bio: str,
    languages: Iterable[str],
    fields: Iterable[Field],
    is_public: bool,
) -> Expert:
    """Fields of another office are left out."""
    must_edit(actor, expert)
    expert.display_name, expert.title, expert.bio = display_name, title, bio
    expert.languages, expert.is_public = sorted(set(languages)), is_public
    expert.save()
    expert.fields.set(field for field in fields if field.unit_id == expert.unit_id)
    record(actor, "scheduling.profile-edited", expert, is_public=is_public)
    return expert


@transaction.atomic
def set_duty(actor: Actor, expert: Expert, *, is_active: bool) -> None:
    """Retire an expert, or bring them back. Appointments already made stay."""
    must_manage(actor, expert.unit_id)
    expert.is_active = is_active
    expert.save(update_fields=["is_active", "updated_at"])
    record(actor, "scheduling.expert-returned" if is_active else "scheduling.expert-retired", expert)


def _office_hours(expert: Expert, *, now: datetime) -> list[Availability]:
    tz = expert.unit.tz
    today = now.astimezone(tz).date()
    calendar = calendar_of(expert.unit, today, today + _SAMPLE)
    spans: dict[int, list[tuple[datetime, datetime]]] = {}
    for n in range(_SAMPLE.days):
        day = today + timedelta(days=n)
        if opened := calendar.intervals(day):
            spans.setdefault(day.weekday(), opened)
    return [
        Availability(
            expert=expert,
            weekday=weekday,
            starts_at=opens.astimezone(tz).time(),
            ends_at=closes.astimezone(tz).time(),
        )
        for weekday, opened in sorted(spans.items())
        for opens, closes in opened
    ]
