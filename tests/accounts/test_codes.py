"""Codes by e-mail: the same for everyone, good once, for ten minutes, in one place."""

from datetime import UTC, datetime, timedelta
from smtplib import SMTPServerDisconnected

import pytest
from django.utils import timezone

from halopst.accounts.models import SignInCode, User
from halopst.accounts.services import fresh_code, request_code, verify_code
from halopst.accounts.services.codes import (
    AccountClosed,
    CodeNotSent,
    CodeSpent,
    TooManyCodes,
    WrongCode,
    forget_old_codes,
)
from halopst.audit.models import Entry
from halopst.core.clients import network_key
from tests.accounts.factories import UserFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)


def ask(email="dwi@contoh.id", *, client="klien", code="402913", now=NOW, name="Dwi", language="id"):
    return request_code(email=email, name=name, language=language, client=client, code=code, now=now)


def test_a_right_code_makes_the_account_it_was_asked_for(mailoutbox):
    code_id = ask("Dwi@Contoh.ID", language="en")

    user = verify_code(code_id=code_id, code="402913", now=NOW)

    assert (user.email, user.name, user.language) == ("dwi@contoh.id", "Dwi", "en")
    assert not user.has_usable_password()
    assert mailoutbox[0].to == ["dwi@contoh.id"]
    assert "402913" in mailoutbox[0].subject
    assert list(Entry.objects.values_list("action", "actor_id")) == [("accounts.signed-up", user.pk)]


def test_asking_for_a_code_makes_no_account():
    ask()

    assert not User.objects.exists()


def test_a_known_address_finds_its_person_and_changes_nothing():
    known = UserFactory(email="dwi@contoh.id", name="Dwi Lama")

    user = verify_code(code_id=ask(name="Nama Lain"), code="402913", now=NOW)

    assert user == known
    assert user.name == "Dwi Lama"
    assert not Entry.objects.exists()


def test_known_and_unknown_addresses_get_the_same_mail(mailoutbox):
    UserFactory(email="dwi@contoh.id")
    ask("dwi@contoh.id")
    ask("tak-dikenal@contoh.id")

    assert mailoutbox[0].subject == mailoutbox[1].subject
    assert mailoutbox[0].body == mailoutbox[1].body


def test_a_code_is_good_once():
    code_id = ask()
    verify_code(code_id=code_id, code="402913", now=NOW)

    with pytest.raises(CodeSpent):
        verify_code(code_id=code_id, code="402913", now=NOW)


@pytest.mark.parametrize(("minutes", "good"), [(9.99, True), (10, False)])
def test_a_code_is_good_for_ten_minutes(minutes, good):
    code_id, later = ask(), NOW + timedelta(minutes=minutes)

    if good:
        assert verify_code(code_id=code_id, code="402913", now=later)
    else:
        with pytest.raises(CodeSpent):
            verify_code(code_id=code_id, code="402913", now=later)


def test_five_wrong_tries_end_a_code():
    code_id = ask()
    for _attempt in range(4):
        with pytest.raises(WrongCode):
            verify_code(code_id=code_id, code="000000", now=NOW)
    with pytest.raises(CodeSpent):
        verify_code(code_id=code_id, code="000000", now=NOW)

    with pytest.raises(CodeSpent):
        verify_code(code_id=code_id, code="402913", now=NOW)
    assert SignInCode.objects.get().failed_attempts == 5
    assert not User.objects.exists()


def test_the_code_itself_is_not_kept():
    ask()

    assert "402913" not in str(SignInCode.objects.values().get())


def test_a_code_opens_no_other_row():
    ask("dwi@contoh.id", code="111111")
    other = ask("lain@contoh.id", code="222222")

    with pytest.raises(WrongCode):
        verify_code(code_id=other, code="111111", now=NOW)


def test_a_closed_account_is_told_so_only_after_the_code():
    UserFactory(email="dwi@contoh.id", is_active=False)
    code_id = ask()

    with pytest.raises(AccountClosed):
        verify_code(code_id=code_id, code="402913", now=NOW)


def test_an_address_gets_three_codes_in_ten_minutes(mailoutbox):
    for _time in range(3):
        ask()
    with pytest.raises(TooManyCodes):
        ask()

    assert len(mailoutbox) == 3
    assert ask(now=NOW + timedelta(minutes=10, seconds=1))


def test_a_client_gets_thirty_codes_in_ten_minutes():
    for number in range(30):
        ask(f"orang{number}@contoh.id")

    with pytest.raises(TooManyCodes):
        ask("satu-lagi@contoh.id")
    assert ask("satu-lagi@contoh.id", client="klien lain")


def test_a_home_line_gets_no_more_codes_by_changing_its_address(client, settings, mailoutbox):
    line = network_key("2001:db8::1", secret=settings.SECRET_KEY)
    for number in range(30):
        ask(f"orang{number}@contoh.id", client=line, now=timezone.now())

    refused = client.post("/akun/masuk/", {"email": "dwi@contoh.id"}, REMOTE_ADDR="2001:db8::2")
    sent = client.post("/akun/masuk/", {"email": "dwi@contoh.id"}, REMOTE_ADDR="2001:db8:0:1::1")

    assert (refused.status_code, sent.status_code, len(mailoutbox)) == (409, 302, 31)


def test_a_mail_server_that_fails_leaves_nothing_behind(monkeypatch):
    def broken(*_args, **_kwargs):
        raise SMTPServerDisconnected

    monkeypatch.setattr("halopst.accounts.services.codes.send_mail", broken)

    with pytest.raises(CodeNotSent):
        ask()
    assert not SignInCode.objects.exists()


def test_codes_are_six_digits_and_differ():
    codes = {fresh_code() for _ in range(50)}

    assert all(len(code) == 6 and code.isdigit() for code in codes)
    assert len(codes) > 40


def test_old_codes_are_forgotten_after_a_day():
    ask()
    ask("baru@contoh.id", now=NOW + timedelta(hours=20))

    assert forget_old_codes(now=NOW + timedelta(hours=25)) == 1
    assert SignInCode.objects.get().email == "baru@contoh.id"
