"""The client against a server on loopback: what it asks, how long it waits, when it gives up."""

import json

import pytest

from halopst.knowledge.webapi.client import Pace, WebApi, WebApiError
from tests.knowledge.webapi_server import KEY, table, variable


class Clock:
    """A clock that goes on only while somebody sleeps."""

    def __init__(self):
        self.now, self.slept = 0.0, []

    def __call__(self):
        return self.now

    def sleep(self, seconds):
        self.slept.append(round(seconds, 3))
        self.now += seconds


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def api(server, clock):
    api = WebApi(address=server.address, key=KEY, pace=Pace(2, clock=clock, sleep=clock.sleep))
    yield api
    api.close()


def test_a_list_comes_page_by_page(site, api):
    site.add("3578", "var", *(variable(n, f"Tabel {n}") for n in range(1, 13)))

    pages = [api.page("var", domain="3578", page=number) for number in (1, 2)]

    assert [(len(page.rows), page.pages, page.total) for page in pages] == [(10, 2, 12), (2, 2, 12)]
    assert site.asked[0] == f"/list/model/var/lang/ind/domain/3578/page/1/key/{KEY}/"


def test_an_empty_list_is_a_string_and_some_lists_do_not_say_per_page(site, api):
    site.per_page = False
    site.add("3578", "news", {"news_id": 1, "title": "Satu"})

    assert api.page("publication", domain="3578").rows == []
    assert api.page("news", domain="3578").total == 1
    assert api.table(domain="3578", var="1", th="124") is None


def test_dynamic_data_keeps_the_decimals_that_were_published(site, api):
    site.tables["3578", "1", "124"] = table(1, [2024], [("3578", "Kota Surabaya", 0)])
    site.faults = ['body {"status": "OK", "datacontent": {"a": 5.10}}']

    assert str(api.table(domain="3578", var="1", th="124")["datacontent"]["a"]) == "5.10"


def test_no_more_than_so_many_requests_a_second(site, api, clock):
    for _time in range(4):
        api.page("var", domain="3578")

    assert clock.slept == [0.5, 0.5, 0.5]


def test_it_asks_again_after_what_passes_and_waits_as_long_as_it_is_told(site, api, clock):
    site.add("3578", "var", variable(1, "Satu"))
    site.faults = ["429 7", "503", "cut"]

    assert len(api.page("var", domain="3578").rows) == 1
    assert clock.slept == [7.0, 2.0, 4.0]
    assert len(site.asked) == 4


@pytest.mark.parametrize(
    ("faults", "code", "asked"),
    [
        (["500"] * 4, "server", 4),
        (["408"] * 4, "busy", 4),
        (["cut"] * 4, "unreachable", 4),
        (["short"] * 4, "unreachable", 4),
        (["429 3600"], "busy", 1),
        (["404"], "declined", 1),
        (["body <html>"], "malformed", 1),
        (["body []"], "malformed", 1),
        (['body {"status": "OK", "data": [1, 2, 3]}'], "malformed", 1),
        (['body {"status": "OK"}'], "malformed", 1),
        (['body {"status": "Error", "message": "There is something wrong!"}'], "declined", 1),
    ],
)
def test_it_gives_up_with_one_word_for_why(site, api, faults, code, asked):
    site.faults = faults

    with pytest.raises(WebApiError) as failed:
        api.page("var", domain="3578")

    assert (failed.value.code, len(site.asked)) == (code, asked)


def test_what_the_server_says_can_be_kept_and_shown_and_holds_no_key(site, api):
    """PostgreSQL keeps no NUL: a failure with one in its words would never be told."""
    said = json.dumps({"status": "Error", "message": f"kunci\0 {KEY}\nsalah"})
    site.faults = [f"body {said}"]

    with pytest.raises(WebApiError) as failed:
        api.page("var", domain="3578")

    assert failed.value.detail == "kunci *** salah"


def test_a_server_that_does_not_answer_in_time_is_a_time_out(site, server, clock, monkeypatch):
    monkeypatch.setattr("halopst.knowledge.webapi.client.TIMEOUT", 0.05)
    api = WebApi(address=server.address, key=KEY, pace=Pace(100, clock=clock, sleep=clock.sleep))
    site.faults = ["slow0.3"] * 4

    with pytest.raises(WebApiError) as failed:
        api.page("var", domain="3578")

    assert failed.value.code == "timeout"


def test_a_server_that_sends_a_letter_at_a_time_keeps_nobody_waiting(site, api, monkeypatch):
    monkeypatch.setattr("halopst.knowledge.webapi.client.LONGEST_WAIT", 0.1)
    site.faults = ["drip"] * 4

    with pytest.raises(WebApiError) as failed:
        api.page("var", domain="3578")

    assert failed.value.code == "timeout"


def test_the_key_is_in_no_error_and_no_log(site, server, clock, caplog):
    caplog.set_level("DEBUG")
    api = WebApi(address=server.address, key="kunci-salah", pace=Pace(100, clock=clock, sleep=clock.sleep))

    with pytest.raises(WebApiError) as failed:
        api.page("var", domain="3578")

    assert failed.value.detail == "Invalid key: ***"
    assert "kunci-salah" not in repr(failed.value)
    ours = [record for record in caplog.records if record.name.startswith("halopst")]
    assert ours == []
