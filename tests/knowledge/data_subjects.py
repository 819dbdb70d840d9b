"""Rows the doors of an office's data are about."""

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from tests.access.people import subject
from tests.knowledge.figure_factories import (
    CellFactory,
    FigureImportFactory,
    ReleaseDateFactory,
    SyncFactory,
    WebApiAccessFactory,
)


@subject("sync")
def sync(world, place, _who):
    unit = world.unit_at(place)
    return {"kwargs": {"slug": unit.slug, "kind": SyncFactory(unit=unit).kind}}


@subject("webapi-access")
def webapi_access(world, place, _who):
    unit = world.unit_at(place)
    WebApiAccessFactory(unit=unit)
    data = {"address": "https://webapi.example/api", "key": "kunci", "per_second": "1"}
    return {"kwargs": {"slug": unit.slug}, "data": data}


@subject("figures-file")
def figures_file(world, place, _who):
    unit = world.unit_at(place)
    stored = default_storage.save(
        "angka/uji", ContentFile(b"indikator,wilayah,periode,nilai,sumber\nx,0,0,0,0\n")
    )
    run = FigureImportFactory(unit=unit, stored_as=stored, good=1)
    return {"kwargs": {"slug": unit.slug, "pk": run.pk}}


@subject("indicator")
def indicator(world, place, _who):
    unit = world.unit_at(place)
    cell = CellFactory(indicator__unit=unit)
    data = {"aliases": "sebutan lain", "period": "2026", "due_on": "2027-02-05", "note": ""}
    return {"kwargs": {"slug": unit.slug, "pk": cell.indicator_id}, "data": data}


@subject("release-date")
def release_date(world, place, _who):
    unit = world.unit_at(place)
    release = ReleaseDateFactory(indicator__unit=unit)
    return {"kwargs": {"slug": unit.slug, "pk": release.indicator_id, "release_pk": release.pk}}


@subject("release-by-id")
def release_by_id(world, place, who):
    kwargs = release_date(world, place, who)["kwargs"]
    return {"kwargs": {"slug": kwargs["slug"], "pk": kwargs["pk"], "release": kwargs["release_pk"]}}


@subject("indicator-by-id")
def indicator_by_id(world, place, who):
    return {"kwargs": indicator(world, place, who)["kwargs"]}


@subject("any-indicator")
def any_indicator(world, place, _who):
    return {"kwargs": {"pk": CellFactory(indicator__unit=world.unit_at(place)).indicator_id}}


@subject("any-cell")
def any_cell(world, place, _who):
    return {"kwargs": {"pk": CellFactory(indicator__unit=world.unit_at(place)).pk}}
