"""The offices of BPS, the services of the desk and their default texts; what an office edited stays so."""

import csv
import tomllib
from importlib.resources import files

from django.db import transaction

from halopst.core.reference import reference_data
from halopst.units.models import PlatformText, ServiceKind, StandardTemplate, Unit

DATA = files("halopst.units") / "data"
LEVELS = ((Unit.Kind.HEAD_OFFICE,), (Unit.Kind.PROVINCE,), (Unit.Kind.REGENCY, Unit.Kind.CITY))


@reference_data("satker")
@transaction.atomic
def load_units() -> None:
    rows = _rows("satker.csv")
    ids = dict(Unit.objects.values_list("code", "pk"))
    for level in LEVELS:
        missing = [_unit(row, ids) for row in rows if row["kind"] in level and row["code"] not in ids]
        Unit.objects.bulk_create(missing, ignore_conflicts=True)
        ids |= dict(Unit.objects.filter(kind__in=level).values_list("code", "pk"))


@reference_data("kota tempat satker")
@transaction.atomic
def load_cities() -> None:
    """Of offices whose region is not called after their city; a city an office named itself stays."""
    for row in _rows("cities.csv"):
        Unit.objects.filter(code=row["code"], city="").update(city=row["city"])


def _rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((DATA / name).read_text(encoding="utf-8").splitlines()))


def _unit(row: dict[str, str], ids: dict[str, int]) -> Unit:
    parent, is_head = row.pop("parent"), row["kind"] == Unit.Kind.HEAD_OFFICE
    email = "" if is_head else f"bps{row['code']}@bps.go.id"
    return Unit(**row, parent_id=None if is_head else ids[parent], email=email)


@reference_data("jenis layanan dan standar bawaan")
@transaction.atomic
def load_services() -> None:
    given = tomllib.loads((DATA / "services.toml").read_text(encoding="utf-8"))
    for position, (code, service) in enumerate(given["services"].items()):
        template = service.pop("standard")
        kind, _ = ServiceKind.objects.get_or_create(code=code, defaults={"position": position, **service})
        shared = {name: text.strip() for name, text in given["standard"].items()}
        stripped = {k: v.strip() if isinstance(v, str) else v for k, v in template.items()}
        StandardTemplate.objects.get_or_create(kind=kind, defaults={**shared, **stripped})
    for code, text in given["texts"].items():
        PlatformText.objects.get_or_create(code=code, defaults=text)
