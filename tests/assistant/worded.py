"""An office with two figures and two texts, asked by one browser while a model is configured."""

from decimal import Decimal

from django.urls import reverse

from halopst.assistant.models import Setup, Turn, Wording
from halopst.assistant.queries.setups import configured
from halopst.knowledge.models import Indicator
from halopst.knowledge.services import reindex
from tests.knowledge.factories import DocumentFactory
from tests.knowledge.figure_factories import CellFactory, IndicatorFactory, RegionFactory
from tests.units.factories import HeadOfficeFactory, UnitFactory

INFLATION = (
    "Inflasi adalah kenaikan harga secara umum dan terus-menerus. Inflasi Juni 2024 tercatat 3,15 persen."
)
POVERTY = "Persentase penduduk miskin Kota Surabaya Maret 2024 sebesar 4,09 persen. Angka itu turun."


def publish(title, text, **more):
    given = {"unit": None, "state": "published", "title": title, "text": text, "external_id": title, **more}
    document = DocumentFactory(**given)
    reindex([document])
    return document


def build_office():
    HeadOfficeFactory()
    office = UnitFactory(code="3578", slug="surabayakota", kind="kota", region="Kota Surabaya")
    publish("Inflasi", INFLATION)
    publish("Kemiskinan Kota Surabaya 2024", POVERTY)
    region = RegionFactory(code="3578", name="Kota Surabaya", kind="kota")
    indicator = IndicatorFactory(
        unit=office,
        name="Indeks Pembangunan Manusia",
        aliases="IPM",
        measure="poin",
        origin=Indicator.Origin.FILE,
    )
    for period, value in ((202300, "83.45"), (202400, "84.69")):
        CellFactory(indicator=indicator, region=region, period=period, published=value, value=Decimal(value))
    return office


def put_to_use():
    """What is configured, as an admin would after evaluating it."""
    using = configured()
    Setup.objects.update_or_create(
        unit=None, is_active=True, defaults={"model": using.model, "prompt": using.prompt}
    )


def say(client, office, question, **headers):
    put_to_use()
    address = reverse("assistant:talk", args=[office.slug])
    return client.post(address, {"question": question}, follow=not headers, headers=headers)


def answered(client, office, question):
    """The newest turn and how it was worded."""
    say(client, office, question)
    turn = Turn.objects.latest("pk")
    return turn, Wording.objects.filter(turn=turn).first()
