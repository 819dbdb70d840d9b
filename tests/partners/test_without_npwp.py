"""Who has no NPWP pays more tax where the office's policy says so, and every paper says who."""

import csv
from io import StringIO

import pytest
from django.db import IntegrityError

from halopst.letters.models import Letter
from halopst.partners.rules import tax
from halopst.partners.services.payments import paying
from tests.letters.papers import text_of
from tests.partners.factories import NOVEMBER, NOW, PaymentLineFactory, TaxPolicyFactory
from tests.partners.payers import TER, a_paying_office, payer, ready

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ready_to_print")]
MORE = {**TER, "surcharge_percent": "20", "surcharge_basis": "Contoh UU"}
TAXED = {"volume": 80, "price": 70_000}


@pytest.fixture
def unit():
    """Ayu has an NPWP; Budi has none and is taxed; Citra has none and earns too little for any tax."""
    office = a_paying_office()
    TaxPolicyFactory(unit=office, method="ter", parameters=MORE, basis="Contoh TER")
    ayu = ready(office, "Ayu Pratiwi", **TAXED).approval.registration.person
    ayu.npwp_hash = "a" * 64
    ayu.save()
    ready(office, "Budi Santosa", **TAXED)
    ready(office, "Citra Maharani")
    return office


def make(unit):
    return paying.make_list(payer(unit), unit=unit, month=NOVEMBER, now=NOW)


def test_only_who_pays_more_tax_for_want_of_an_npwp_is_marked(unit):
    marked = {line.name: (line.tax, line.is_raised) for line in make(unit).lines.all()}

    assert marked == {
        "Ayu Pratiwi": (28_000, False),
        "Budi Santosa": (33_600, True),
        "Citra Maharani": (0, False),
    }


def test_a_later_payment_that_owes_nothing_more_is_not_marked():
    flat = {"brackets": [{"up_to": None, "rate": "5"}], "surcharge_percent": "20"}
    found = [
        tax.withhold_next(
            1_000, method="ter", parameters=flat, earlier=tax.Earlier(1_000, kept), has_tax_number=False
        )
        for kept in (60, 120)
    ]

    assert [(one.tax, one.raised) for one in found] == [(60, True), (0, False)]


def test_the_printed_list_says_by_a_mark_who_they_are_and_what_the_mark_means(unit):
    row = make(unit)

    printed = text_of(paying.issue_list(payer(unit), row, now=NOW))

    assert printed.count("*)") == 2
    assert "Budi Santosa *)" in printed
    assert "(Contoh UU). Yang bertanda *) tanpa NPWP." in printed


def test_without_a_surcharge_nothing_is_marked():
    office = a_paying_office()
    ready(office, "Budi Santosa", **TAXED)

    printed = text_of(paying.issue_list(payer(office), make(office), now=NOW))

    assert "*)" not in printed
    assert "NPWP" not in printed


def test_the_page_before_and_the_list_show_them_alone(treasurer, unit):
    base = f"/mitra/{unit.slug}/pembayaran/"
    month = treasurer.get(f"{base}?bulan=2026-11").content.decode()
    found = treasurer.get(f"{base}?bulan=2026-11&saring=tanpa-npwp").content.decode()
    row = make(unit)
    whole = treasurer.get(f"{base}{row.pk}/").content.decode()
    alone = treasurer.get(f"{base}{row.pk}/?saring=tanpa-npwp").content.decode()

    assert "1 dari 2 mitra tanpa NPWP dikenai tambahan pajak 20%." in month
    assert "Siap, tanpa NPWP 2" in month
    assert [name in found for name in ("Ayu Pratiwi", "Budi Santosa", "Citra Maharani")] == [
        False,
        True,
        True,
    ]
    assert found.count("NPWP belum tercatat") == 2
    assert "Dikenakan kepada 1 mitra." in whole
    assert ("Ayu Pratiwi" in whole, "Ayu Pratiwi" in alone, "Budi Santosa" in alone) == (True, False, True)


def test_the_files_and_programs_are_told_too(treasurer, unit):
    row = make(unit)
    letter = paying.issue_list(payer(unit), row, now=NOW)
    Letter.objects.filter(pk=letter.pk).update(state="signed", signed_at=NOW)
    paying.mark_paid(payer(unit), row, paid_on=letter.dated_on, now=NOW)

    file = treasurer.post(f"/mitra/{unit.slug}/pembayaran/unduh.csv?bulan=2026-11").content
    heads, *lines, sums = csv.reader(StringIO(file.decode("utf-8-sig")))
    told = treasurer.get(f"/api/v1/partners/payment-lists/{row.pk}").json()["lines"]

    assert heads[-1] == "Tambahan pajak tanpa NPWP"
    assert [line[-1] for line in (*lines, sums)] == ["", "20%", "", ""]
    assert [line["without_npwp"] for line in told] == [False, True, False]


def test_the_database_marks_no_line_without_tax():
    with pytest.raises(IntegrityError, match="only_tax_is_raised"):
        PaymentLineFactory(is_raised=True)
