from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from halopst.partners.secrecy import seal_bytes
from tests.access.people import subject
from tests.partners.factories import (
    ActivityDutyFactory,
    ApprovalFactory,
    CapOverrideFactory,
    ExcessFactory,
    PaperFactory,
    RegistrationFactory,
    ShareFactory,
)


@subject("partner_office")
def partner_office(world, place, _who):
    return {"kwargs": {"slug": world.unit_at(place).slug}}


@subject("monitoring_table")
def monitoring_table(world, place, _who):
    return {"kwargs": {"slug": world.unit_at(place).slug, "table": "kegiatan", "kind": "csv"}}


@subject("registration")
def registration(world, place, _who):
    made = RegistrationFactory(unit=world.unit_at(place))
    return {"kwargs": {"slug": made.unit.slug, "pk": made.pk}}


@subject("excess_to_move")
def excess_to_move(world, place, _who):
    held = ExcessFactory(registration__unit=world.unit_at(place))
    taker = RegistrationFactory(unit=held.registration.unit)
    return {
        "kwargs": {"slug": held.registration.unit.slug},
        "data": {"alih": f"{held.pk}:{held.volume}:1:{taker.pk}"},
    }


@subject("excess_to_drop")
def excess_to_drop(world, place, _who):
    held = ExcessFactory(registration__unit=world.unit_at(place))
    return {"kwargs": {"slug": held.registration.unit.slug}, "data": {"lepas": f"{held.pk}:{held.volume}"}}


@subject("excess_to_enter")
def excess_to_enter(world, place, _who):
    held = ExcessFactory(registration__unit=world.unit_at(place))
    return {"kwargs": {"slug": held.registration.unit.slug}, "data": {"muat": f"{held.pk}:{held.volume}"}}


@subject("surplus_to_move")
def surplus_to_move(world, place, _who):
    held = ExcessFactory(registration__unit=world.unit_at(place))
    taker = RegistrationFactory(unit=held.registration.unit)
    return {
        "kwargs": {"slug": held.registration.unit.slug, "pk": held.pk},
        "data": {"registration": taker.pk, "volume": 1, "month": "2026-08"},
    }


@subject("surplus_to_drop")
def surplus_to_drop(world, place, _who):
    held = ExcessFactory(registration__unit=world.unit_at(place))
    return {"kwargs": {"slug": held.registration.unit.slug, "pk": held.pk}}


@subject("assignment_of_months")
def assignment_of_months(world, place, _who):
    row = ShareFactory(assignment__registration__unit=world.unit_at(place)).assignment
    return {"kwargs": {"pk": row.pk}, "data": {"shares": {"2026-08": row.value}}}


@subject("assignment_to_divide")
def assignment_to_divide(world, place, _who):
    row = ShareFactory(assignment__registration__unit=world.unit_at(place)).assignment
    kwargs = {"slug": row.registration.unit.slug, "pk": row.registration_id}
    return {"kwargs": kwargs, "data": {"tugas": str(row.duty_id), "b-2026-08": str(row.value)}}


@subject("approval")
def approval(world, place, _who):
    row = ApprovalFactory(registration__unit=world.unit_at(place))
    return {"kwargs": {"slug": row.registration.unit.slug, "pk": row.pk}}


@subject("approval_by_id")
def approval_by_id(world, place, _who):
    return {"kwargs": {"pk": ApprovalFactory(registration__unit=world.unit_at(place)).pk}}


@subject("exception")
def exception(world, place, _who):
    stored = default_storage.save("pengecualian/uji", ContentFile(seal_bytes(b"%PDF-1.7 contoh")))
    row = CapOverrideFactory(unit=world.unit_at(place), document=stored)
    return {"kwargs": {"slug": row.unit.slug, "pk": row.pk}}


@subject("cell")
def cell(world, place, _who):
    unit = world.unit_at(place)
    who, duty = RegistrationFactory(unit=unit), ActivityDutyFactory(activity__unit=unit)
    return {"data": {"registration": who.pk, "duty": duty.pk, "volume": 1, "month": "2026-08"}}


@subject("paper")
def paper(world, place, _who):
    row = PaperFactory(unit=world.unit_at(place))
    return {"kwargs": {"slug": row.unit.slug, "pk": row.pk}}


@subject("paper_kind")
def paper_kind(world, place, _who):
    return {"kwargs": {"slug": world.unit_at(place).slug, "kind": "sk-kpa"}}
