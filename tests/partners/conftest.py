from datetime import timedelta

import pytest
from psycopg.types.range import DateRange

from halopst.letters.models import Signatory
from halopst.letters.reference import load_classifications, load_defaults
from tests.accounts.factories import MembershipFactory
from tests.partners.factories import NOVEMBER
from tests.partners.offices import an_office, head_of


@pytest.fixture
def ready_to_print(db, settings, tmp_path):
    """Texts and number patterns are there, and files go where nobody looks for them."""
    settings.MEDIA_ROOT = tmp_path
    load_classifications()
    load_defaults()


@pytest.fixture
def unit(db):
    """An office that may contract: its commitment officer signs."""
    office = an_office()
    Signatory.objects.create(
        unit=office,
        role="ppk",
        name="Budi Contoh, S.ST.",
        nip="199001012015031001",
        title="Pejabat Pembuat Komitmen",
        basis="SK Kepala BPS Nomor 1 Tahun 2026",
        period=DateRange(NOVEMBER - timedelta(days=300), None),
    )
    return office


@pytest.fixture
def actor(unit):
    """Who heads the office, and may approve, issue and pay."""
    return head_of(unit)


@pytest.fixture
def lead(client, unit):
    """The program or browser of a team leader, who allocates."""
    client.force_login(MembershipFactory(unit=unit, role="ketua_tim").user)
    return client


@pytest.fixture
def treasurer(lead):
    """Team leaders make the lists of payment too."""
    return lead
