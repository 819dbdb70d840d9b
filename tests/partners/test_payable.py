"""What the page of payments asks the database: names alike, stages counted, a page for a page's price."""

import pytest
from django.db import connection
from django.db.models import F, Value
from django.test.utils import CaptureQueriesContext

from halopst.partners.models import Person
from halopst.partners.queries.payments.payable import BareName
from tests.accounts.factories import MembershipFactory
from tests.partners.factories import PersonFactory
from tests.partners.payers import a_paying_office, ready

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("SITI Nur'aini, S.ST.", "siti nuraini"),
        ("  Éka   Putrî ", "eka putri"),
        ("M. Rizky", "m rizky"),
        ("\uff21yu", "ayu"),
        ("...", ""),
    ],
)
def test_names_are_alike_whatever_the_capitals_accents_dots_and_degrees(name, bare):
    PersonFactory(name=name)
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_encoding")
        assert cursor.fetchone() == ("UTF8",)
    assert Person.objects.annotate(bare=BareName(F("name"))).values_list("bare", flat=True).get() == bare
    assert Person.objects.annotate(bare=BareName(Value(name))).values_list("bare", flat=True).get() == bare


def test_the_page_of_the_month_costs_the_same_queries_for_one_and_for_three(client):
    unit = a_paying_office()
    ready(unit, "Ayu Pratiwi")
    client.force_login(MembershipFactory(unit=unit, role="ketua_tim").user)
    url = f"/mitra/{unit.slug}/pembayaran/?bulan=2026-11"
    client.get(url)
    with CaptureQueriesContext(connection) as one:
        client.get(url)
    for name in ("Budi Santosa", "Citra Maharani"):
        ready(unit, name)
    with CaptureQueriesContext(connection) as three:
        shown = client.get(url)

    assert len(one) == len(three)
    assert shown.context["counts"] == {
        "semua": 3,
        "kurang": 0,
        "siap": 3,
        "tanpa-npwp": 0,
        "daftar": 0,
        "dibayar": 0,
        "nihil": 0,
        "terlambat": 0,
    }
    assert (shown.context["estimate"].people, shown.context["estimate"].gross) == (3, 4_080_000)
