from tests.access.people import subject
from tests.units.factories import (
    MaklumatFactory,
    ServiceStandardFactory,
    StandardTemplateFactory,
)

CONTACT = {
    "address": "Jalan Contoh 1",
    "city": "Ungaran",
    "phone": "(024) 3546413",
    "whatsapp": "",
    "email": "bps5000@bps.go.id",
    "website": "",
    "letterhead": "",
}
NEW_UNIT = {
    "code": "9500",
    "home_affairs_code": "93",
    "kind": "provinsi",
    "parent": "0000",
    "region": "Papua Selatan",
    "name": "BPS Provinsi Papua Selatan",
    "zone": "Asia/Jayapura",
    "slug": "papuaselatan",
    "case_prefix": "PPS",
}


@subject("unit")
def unit(world, place, _who):
    return {"kwargs": {"slug": world.unit_at(place).slug}}


@subject("unit-kept")
def unit_kept(world, place, _who):
    return {"kwargs": {"satker": world.unit_at(place).slug}}


@subject("unit-of-program")
def unit_of_program(world, place, _who):
    return {"kwargs": {"slug": world.unit_at(place).slug}, "data": {**CONTACT, **NEW_UNIT}}


@subject("unit-to-reach")
def unit_to_reach(world, place, _who):
    return {"kwargs": {"satker": world.unit_at(place).slug}, "data": CONTACT}


@subject("unit-to-rename")
def unit_to_rename(world, place, _who):
    return {"kwargs": {"satker": world.unit_at(place).slug}, "data": NEW_UNIT}


@subject("unit-and-service")
def unit_and_service(world, place, _who):
    kind = StandardTemplateFactory().kind
    return {"kwargs": {"satker": world.unit_at(place).slug}, "data": {"layanan": kind.code}}


@subject("service-text")
def service_text(_world, _place, _who):
    return {"kwargs": {"code": StandardTemplateFactory().kind.code}}


@subject("standard-draft")
def standard_draft(world, place, _who):
    return {"kwargs": {"pk": ServiceStandardFactory(unit=world.unit_at(place)).pk}}


@subject("standard-published")
def standard_published(world, place, _who):
    return {"kwargs": {"pk": ServiceStandardFactory(unit=world.unit_at(place), published=True).pk}}


@subject("maklumat-draft")
def maklumat_draft(world, place, _who):
    return {"kwargs": {"pk": MaklumatFactory(unit=world.unit_at(place)).pk}}
