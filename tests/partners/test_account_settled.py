"""A mitra who asked to have their account mended is told what came of it, and reads it on their page."""

from datetime import timedelta
from itertools import count

import pytest
from django.utils import timezone

from halopst.notifications.models import Notice
from halopst.partners.models import BankAccount
from halopst.partners.queries.own.accounts import settled_remark
from halopst.partners.services import own, set_bank_account
from tests.partners.factories import NOW, BankAccountFactory, PersonFactory
from tests.partners.offices import a_mitra, an_office
from tests.partners.subjects import keeper_of
from tests.partners.test_own_page import bearer, browser_of

pytestmark = pytest.mark.django_db
ASKED = "Nama saya Ayu Pratiwi."
HANDLED = "Satker menangani permintaan Anda"


@pytest.fixture(autouse=True)
def _a_clock_that_goes_on(monkeypatch):
    ticks = count()
    monkeypatch.setattr(timezone, "now", lambda: NOW + timedelta(milliseconds=next(ticks)))


@pytest.fixture
def row():
    made = a_mitra(an_office(), person=PersonFactory(name="Ayu", email="ayu@contoh.id"))
    BankAccountFactory(person=made.person, holder="Ayu")
    return made


def ask(row):
    seen = BankAccount.objects.get(person=row.person).mark
    own.remark_account(bearer(row), seen=seen, note=ASKED, now=timezone.now())


def page_of(row):
    return browser_of(row.person).get("/saya-mitra/").content.decode()


def settle(row):
    own.settle_remarks(keeper_of(row.unit), row.person, unit=row.unit, now=timezone.now())


def give_account(row, holder):
    set_bank_account(
        keeper_of(row.unit), row.person, unit=row.unit, bank="BRI", number="1234567890", holder=holder
    )


def test_who_asked_is_told_that_their_account_was_mended(row):
    ask(row)
    give_account(row, "Ayu Pratiwi")

    notice = Notice.objects.get()
    assert (notice.kind, notice.email) == ("partners.account_mended", "ayu@contoh.id")
    assert ASKED in notice.body
    assert HANDLED in page_of(row)


def test_who_asked_is_told_that_nothing_was_changed(row):
    ask(row)
    settle(row)
    settle(row)

    assert [one.kind for one in Notice.objects.all()] == ["partners.account_kept"]
    assert "Rekening yang tercatat tidak diubah." in Notice.objects.get().body
    page = page_of(row)
    assert HANDLED in page
    assert f": {ASKED}" in page


def test_nobody_is_told_of_an_account_they_asked_nothing_about(row):
    give_account(row, "Ayu Pratiwi")

    assert not Notice.objects.exists()
    assert HANDLED not in page_of(row)


def test_it_stands_on_their_page_until_they_answer(row):
    ask(row)
    settle(row)
    seen = BankAccount.objects.get().mark
    own.confirm_account(bearer(row), seen=seen, now=timezone.now())

    assert settled_remark(BankAccount.objects.get()) is None
    ask(row)
    page = page_of(row)
    assert HANDLED not in page
    assert "Anda meminta dibetulkan" in page


def test_what_they_took_back_themselves_is_not_called_settled_when_the_account_is_doubted_later(row):
    ask(row)
    own.confirm_account(bearer(row), seen=BankAccount.objects.get().mark, now=timezone.now(), withdraws=True)
    account = BankAccount.objects.get()
    account.confirmed_at = None
    account.save()

    assert HANDLED not in page_of(row)
