"""The book of a series of numbers, as its office sees it."""

import re
from datetime import date

import pytest
from django.urls import reverse
from django.utils.translation import override

from halopst.letters.kinds import kind_named
from halopst.letters.models import Letter, LetterNumber, NumberSeries
from halopst.letters.services import import_numbers
from halopst.letters.services.numbering import annul_number, take_numbers
from tests.accounts.factories import MembershipFactory
from tests.letters.factories import TODAY

pytestmark = pytest.mark.django_db
KIND = "tests.contract"


def content_of(client, url, **query):
    answer = client.get(url, query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_book_of_numbers_shows_void_inserted_and_old_ones_and_what_is_lacking(client, unit, clerk):
    old = [("B-040/x/VS.330/2026", date(2026, 10, 30), "Buku 2025"), ("B-042/x/VS.330/2026", TODAY, "")]
    import_numbers(clerk, unit=unit, kind=KIND, rows=old, today=TODAY)
    number = take_numbers(unit=unit, kind=kind_named(KIND), days=[TODAY, date(2026, 11, 1)])[0]
    annul_number(number, "Salah cetak.")
    client.force_login(MembershipFactory(unit=unit, role="admin").user)
    series = NumberSeries.objects.get(unit=unit)
    url = reverse("letters:book", args=[unit.slug, series.pk])

    seen, found = content_of(client, url), content_of(client, url, q="B-042")

    rows = [
        " ".join(re.sub("<[^>]+>", " ", row).split()) for row in re.findall("<tr>.*?</tr>", seen, re.DOTALL)
    ]
    assert [row.split()[0].split("/")[0] for row in rows[1:]] == ["B-043", "B-042", "B-040.01", "B-040"]
    assert "Salah cetak." in rows[1]
    assert rows[1].endswith("Batal")
    assert rows[2].endswith("Dari catatan lama")
    assert "tidak diberikan kepada surat baru" in seen
    assert "1–39, 41" in seen
    assert "B-040" not in found
    assert url in content_of(client, reverse("letters:numbers", args=[unit.slug]))


def test_a_void_letter_is_not_called_by_the_word_of_the_button_that_goes_back():
    with override("en"):
        assert {str(Letter.State.VOID.label), str(LetterNumber.State.VOID.label)} == {"Void"}
