"""What programs send in a wrong shape is answered in one sentence that names the field, in their language."""

import re
from typing import get_args

import pytest
from django.utils import timezone
from pydantic import TypeAdapter, ValidationError
from pydantic_core.core_schema import ErrorType

from halopst.accounts.actors import actor_for
from halopst.accounts.services import create_token, fresh_secret
from halopst.config.misshapen import ANYTHING, SAID, sentence, where
from tests.accounts.factories import MembershipFactory
from tests.partners.offices import a_duty, a_mitra, an_office

pytestmark = pytest.mark.django_db
ENGLISH = re.compile(r"should|valid |input|required|unable|expected|must|string|integer", re.IGNORECASE)


@pytest.fixture
def unit():
    return an_office()


@pytest.fixture
def send(client, unit):
    """Sends a body with a token of the office's team leader; gives field and sentence of the first error."""
    user, secret = MembershipFactory(unit=unit, role="ketua_tim").user, fresh_secret()
    create_token(actor_for(user), name="Uji", scopes=["tulis"], days=30, secret=secret, now=timezone.now())
    known = {"Authorization": f"Bearer {secret}", "Idempotency-Key": "kunci-uji-bentuk"}

    def ask(method, path, body=None, **headers):
        address = f"/api/v1{path.format(slug=unit.slug)}"
        more = {"content_type": "application/json"} if method != "get" else {}
        answer = getattr(client, method)(address, body, headers={**known, **headers}, **more)
        told = answer.json()
        assert (answer.status_code, answer.headers["Content-Type"], told["type"]) == (
            422,
            "application/problem+json",
            "urn:halopst:invalid",
        )
        return told["errors"][0]["at"], told["errors"][0]["problem"]

    return ask


CELLS = "/partners/units/{slug}/assignments"
ONE = "/partners/assignments"
GOOD = {"registration": 1, "duty": 1, "volume": 1, "month": "2026-11"}
WRONG = [
    ("post", ONE, {**GOOD, "volume": "banyak"}, "volume harus bilangan bulat. Contoh: 24"),
    ("post", ONE, {**GOOD, "volume": 1.5}, "volume harus bilangan bulat. Contoh: 24"),
    ("post", ONE, {**GOOD, "volume": -1}, "volume paling kecil 0."),
    ("post", ONE, {**GOOD, "volume": 2_000_000}, "volume paling besar 1000000."),
    ("post", ONE, {**GOOD, "duty": 10**30}, "duty harus kurang dari 9223372036854775808."),
    ("post", ONE, {**GOOD, "month": 11}, 'month harus teks di antara tanda kutip. Contoh: "Sakernas"'),
    ("post", ONE, {**GOOD, "month": "11/2026"}, "month: Tulis tahun dan bulan seperti 2026-11."),
    ("post", ONE, {"duty": 1, "volume": 1, "month": "2026-11"}, "registration wajib diisi."),
    (
        "put",
        "/partners/assignments/1/shares",
        {"shares": []},
        "shares harus objek JSON di antara tanda { dan }.",
    ),
    ("post", CELLS, {"month": "2026-11", "cells": {}}, "cells harus daftar di antara tanda [ dan ]."),
    (
        "post",
        CELLS,
        {"month": "2026-11", "cells": [{"registration": 1, "duty": 1, "volume": None}]},
        "cells[0].volume harus bilangan bulat. Contoh: 24",
    ),
    (
        "post",
        CELLS,
        {"month": "2026-11", "cells": [{"registration": 1, "duty": 1, "volume": 1}] * 5001},
        "cells paling banyak berisi 5000.",
    ),
    ("get", CELLS, {"month": ""}, "month: Tulis tahun dan bulan seperti 2026-11."),
    ("get", CELLS, {"month": "2026-11", "after": "x"}, "after harus bilangan bulat. Contoh: 24"),
    (
        "post",
        "/partners/units/{slug}/activities",
        {"name": "S", "short_name": "S" * 25, "kind": "survei", "first_day": "2026-11-01"},
        "short_name paling banyak 24 huruf.",
    ),
    (
        "post",
        "/partners/units/{slug}/activities",
        {"name": "S", "short_name": "S", "kind": "lomba"},
        "kind harus salah satu dari: survei, sensus.",
    ),
    (
        "post",
        "/partners/units/{slug}/activities",
        {"name": "S", "short_name": "S", "kind": "survei", "first_day": "30/11/2026"},
        "first_day harus tanggal yang ada, ditulis tahun-bulan-hari. Contoh: 2026-11-30",
    ),
    (
        "post",
        "/partners/units/{slug}/activities",
        {
            "name": "S",
            "short_name": "S",
            "kind": "survei",
            "first_day": "2026-11-01",
            "last_day": "2026-11-30",
            "budget_line": 1,
            "is_open": "entah",
        },
        "is_open harus true atau false.",
    ),
    (
        "patch",
        "/partners/units/{slug}/activities/1",
        {"nama": "Sakernas"},
        "nama tidak dikenal di sini. Hapus isian itu, atau betulkan namanya.",
    ),
    (
        "patch",
        "/partners/units/{slug}/activities/1",
        {"version": "kemarin"},
        "version harus waktu lengkap: tanggal, jam, dan zonanya. Contoh: 2026-11-30T09:00:00+07:00",
    ),
]


@pytest.mark.parametrize(("method", "path", "body", "said"), WRONG)
def test_each_kind_of_error_names_its_field_and_says_what_to_write(send, method, path, body, said):
    _at, problem = send(method, path, body)

    assert problem == said
    assert not ENGLISH.search(problem.removeprefix(problem.split()[0]))


@pytest.mark.parametrize(("method", "path", "body", "said"), WRONG)
def test_who_asks_english_gets_english(send, method, path, body, said):
    at, problem = send(method, path, body, **{"Accept-Language": "en"})

    assert problem != said
    assert str(at[-1]) in problem


def test_every_name_pydantic_gives_an_error_is_one_it_still_gives():
    assert set(SAID) <= set(get_args(ErrorType))


def test_an_error_without_words_of_its_own_still_names_its_field():
    with pytest.raises(ValidationError) as wrong:
        TypeAdapter(bytes).validate_python(3)

    error = {**wrong.value.errors()[0], "loc": ("body", "body", "isi")}
    assert sentence(error) == str(ANYTHING) % {"isian": "isi"}


def test_what_a_form_says_of_a_field_is_left_as_it_is(send, unit):
    duty, mitra = a_duty(unit), a_mitra(unit)
    assert duty.pk
    assert mitra.pk
    body = {
        "name": " ",
        "short_name": "S",
        "kind": "survei",
        "first_day": "2026-11-30",
        "last_day": "2026-11-01",
        "budget_line": duty.activity.line_of(2026).pk,
    }

    at, problem = send("post", "/partners/units/{slug}/activities", body)

    assert at[0] == "body"
    assert not ENGLISH.search(problem)


@pytest.mark.parametrize(
    ("method", "path", "body", "at"),
    [
        ("post", CELLS, {"month": "2026-11", "cells": [{"registration": "x"}]}, ["body", "cells", "0"]),
        ("post", ONE, {"duty": 1, "volume": 1, "month": "2026-11"}, ["body", "registration"]),
        ("post", ONE, [], ["body"]),
        ("get", "/partners/units/{slug}/duties?year=lama", None, ["query", "year"]),
        ("get", "/partners/units/{slug}/mitra?year=lama", None, ["query", "year"]),
    ],
)
def test_where_it_is_wrong_is_told_in_one_shape(send, method, path, body, at):
    told, _problem = send(method, path, body)

    assert told[: len(at)] == at


@pytest.mark.parametrize(
    ("loc", "at"),
    [
        (("body", "given", "cells", 3, "volume"), ["body", "cells", 3, "volume"]),
        (("body", "body", "body"), ["body", "body"]),
        (("body", "body"), ["body"]),
        (("form", "kind"), ["body", "kind"]),
        (("file", "file"), ["body", "file"]),
        (("path", "pk"), ["path", "pk"]),
    ],
)
def test_the_shape_is_that_of_what_was_sent_not_of_our_arguments(loc, at):
    assert where({"type": "missing", "loc": loc}) == at


def test_a_form_says_where_in_the_same_shape():
    assert where({"loc": ("body", "phone"), "msg": "x"}) == ["body", "phone"]
    assert where({"loc": ("body", "body"), "msg": "x"}) == ["body", "body"]
    assert where({"loc": ("body", "__all__"), "msg": "x"}) == ["body"]
