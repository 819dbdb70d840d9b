"""A page of an office's month asks the database as often for few mitra as for many."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from halopst.partners.models import Approval, PaymentList
from halopst.partners.services.payments import paying
from tests.accounts.factories import MembershipFactory
from tests.partners.factories import NOVEMBER, NOW, PaperFactory
from tests.partners.payers import a_paying_office, payer, ready

FEW, MANY = 2, 6
MONTH = f"?bulan={NOVEMBER:%Y-%m}"
PAGES = (
    "/mitra/{office}/",
    "/mitra/{office}/alokasi/{month}",
    "/mitra/{office}/alokasi/dokumen/{month}",
    "/mitra/{office}/alokasi/{registration}/{month}",
    "/mitra/{office}/persetujuan/{month}",
    "/mitra/{office}/perjanjian/{month}",
    "/mitra/{office}/serah-terima/{month}",
    "/mitra/{office}/serah-terima/{approval}/",
    "/mitra/{office}/serah-terima/berita-acara/{month}",
    "/mitra/{office}/pembayaran/{month}",
    "/mitra/{office}/pembayaran/{list}/",
    "/mitra/{office}/pantauan/{month}",
    "/mitra/{office}/kegiatan/?tahun=2026",
    "/mitra/{office}/kegiatan/{activity}/",
    "/mitra/{office}/naskah/",
    "/mitra/{office}/acuan/mak/?tahun=2026",
    "/mitra/{office}/acuan/harga/?tahun=2026",
    "/mitra/{office}/{person}/",
    "/surat/",
    "/surat/naskah/{office}/",
    "/surat/nomor/{office}/",
)


def work(unit, start, end):
    """Mitra from this number to that: approved, contracted, handed over, all of them on a payment list."""
    for number in range(start, end):
        ready(unit, f"Mitra {number:03}", number=f"9{number:09}")
        PaperFactory(unit=unit)
    paying.make_list(payer(unit), unit=unit, month=NOVEMBER, now=NOW)


def asked(client, unit):
    """How often each page asks."""
    approval = Approval.objects.order_by("pk")[0]
    assignment = approval.registration.assignments.get()
    at = {
        "office": unit.slug,
        "month": MONTH,
        "registration": approval.registration_id,
        "person": approval.registration.person_id,
        "approval": approval.pk,
        "activity": assignment.duty.activity_id,
        "list": PaymentList.objects.latest("pk").pk,
    }
    found = {}
    for page in PAGES:
        path = page.format(**at)
        assert client.get(path).status_code == 200, path
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        found[page] = len(queries)
    return found


@pytest.mark.django_db
def test_no_page_asks_once_per_row(client):
    unit = a_paying_office()
    user = MembershipFactory(unit=unit, role="kepala").user
    MembershipFactory(unit=unit, user=user, role="admin")
    client.force_login(user)
    work(unit, 0, FEW)
    few = asked(client, unit)
    work(unit, FEW, MANY)
    many = asked(client, unit)

    assert {page: (few[page], many[page]) for page in PAGES if many[page] > few[page]} == {}
