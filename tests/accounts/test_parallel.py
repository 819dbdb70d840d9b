"""Limits and promises when everything comes at once, on real connections."""

from datetime import UTC, datetime
from functools import partial

import pytest

from halopst.accounts.actors import actor_for
from halopst.accounts.models import ApiToken, SignInCode
from halopst.accounts.services import codes, create_token, request_code, secret_from, verify_code
from halopst.accounts.services.codes import CodeSpent, TooManyCodes, WrongCode
from tests.accounts.factories import UserFactory
from tests.races import all_at_once, meeting

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
AT_ONCE = 8


def at_once(act):
    """What each of eight threads got, told apart by answer or refusal."""

    def run(number):
        try:
            return act(number)
        except (TooManyCodes, CodeSpent, WrongCode) as refusal:
            return type(refusal)

    return all_at_once(*[partial(run, number) for number in range(AT_ONCE)])


def ask(_number):
    return request_code(email="dwi@contoh.id", language="id", client="klien", code="402913", now=NOW)


def test_eight_requests_at_once_get_three_codes():
    answers = at_once(ask)

    assert answers.count(TooManyCodes) == AT_ONCE - 3
    assert SignInCode.objects.count() == 3


def test_without_the_lock_they_would_get_more(monkeypatch):
    """The negative control: everyone counts before anyone has added."""
    meet = meeting(AT_ONCE)
    monkeypatch.setattr(codes, "_queue", lambda *_keys: None)
    look = codes._refuse_floods

    def look_together(*args):
        look(*args)
        meet()

    monkeypatch.setattr(codes, "_refuse_floods", look_together)

    assert TooManyCodes not in at_once(ask)
    assert SignInCode.objects.count() == AT_ONCE


def test_guessing_in_parallel_gives_no_more_tries():
    code_id = ask(0)

    answers = at_once(lambda number: verify_code(code_id=code_id, code=f"{number:06d}", now=NOW))

    assert answers.count(WrongCode) == 4
    assert answers.count(CodeSpent) == AT_ONCE - 4
    assert SignInCode.objects.get().failed_attempts == 5


def test_a_right_code_lets_one_in_once():
    code_id = ask(0)

    answers = at_once(lambda _number: verify_code(code_id=code_id, code="402913", now=NOW))

    assert answers.count(CodeSpent) == AT_ONCE - 1


def test_one_key_makes_one_token_however_often_it_is_sent():
    actor = actor_for(UserFactory())
    secret = secret_from(actor, "kunci-serentak")

    made = at_once(
        lambda _number: (
            create_token(actor, name="Dasbor", scopes=["baca"], days=30, secret=secret, now=NOW).pk
        )
    )

    assert len(set(made)) == 1
    assert ApiToken.objects.count() == 1
