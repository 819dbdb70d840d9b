"""Two officers and a visitor at one request, in a real browser: all see it move, no draft is lost (R-18)."""

import mimetypes
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles import finders
from django.db import connection
from django.test import Client
from django.urls import reverse
from playwright.sync_api import sync_playwright

from halopst.accounts.actors import actor_for
from halopst.cases import services
from halopst.cases.links import token_for
from tests.cases.conftest import make_office, wib
from tests.serving import serving
from tools.browser import launched

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NOW = wib(16, 9)
WITHIN = 10_000
SEND = ".balas button:has-text('Kirim')"
SERIOUS = {"serious", "critical"}


@pytest.fixture
def office(transactional_db):
    return make_office()


@pytest.fixture
def open_page(office, monkeypatch):
    """Open an address as a person; `cut=True` keeps the live stream from ever arriving."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    with serving() as address, sync_playwright() as playwright:
        chromium = launched(playwright)

        def opened(person, path, *, cut=False, clock=False, **context):
            browser = chromium.new_context(
                locale="id-ID", viewport={"width": 1280, "height": 900}, reduced_motion="reduce", **context
            )
            if person:
                session = Client()
                session.force_login(person)
                value = session.cookies["sesi"].value
                browser.add_cookies([{"name": "sesi", "value": value, "url": address}])
            page = browser.new_page()
            page.set_default_timeout(WITHIN)
            page.route("**/static/**", from_source)
            if cut:
                page.route("**/langsung/**", lambda route: route.abort())
            if clock:
                page.clock.install()
            page.goto(address + path)
            return page

        yield opened
        chromium.close()
        connection.close()  # the one that belongs to the event loop Playwright runs in this thread


def from_source(route):
    path = urlsplit(route.request.url).path.removeprefix("/static/")
    found = finders.find(path)
    kind = mimetypes.guess_type(path)[0] or "font/woff2"
    return route.fulfill(body=Path(found).read_bytes(), content_type=kind) if found else route.abort()


def desk(case):
    return reverse("cases:case-detail", kwargs={"number": case.number})


def test_a_reply_appears_on_the_colleagues_page_and_the_draft_stays(office, open_page):
    case = office.open(now=NOW)
    page = open_page(office.officer, desk(case))
    page.wait_for_timeout(800)
    page.fill("#balasan", "Draf saya yang belum selesai")

    with page.expect_request(lambda request: request.url.endswith(desk(case))) as asked:
        services.reply(actor_for(office.colleague(name="Ning Sari")), case, body="Sudah saya jawab.", now=NOW)

    page.wait_for_selector("text=Sudah saya jawab.")
    assert asked.value.headers["halo-background"] == "1"  # the page asked, not the officer
    assert page.input_value("#balasan") == "Draf saya yang belum selesai"
    assert page.input_value("#versi-balas") == "2"
    assert "Dikerjakan" in page.inner_text("#kepala")


def test_what_is_said_while_the_page_fetches_what_was_said_before_appears_as_well(office, open_page):
    case = office.open(now=NOW)
    page = open_page(office.officer, desk(case))
    page.wait_for_timeout(800)
    held = []

    def hold(route):
        held.append((route, route.fetch()))

    page.route(f"**{desk(case)}", hold)
    services.reply(office.as_visitor, case, body="Tahun 2025, ya.", now=NOW)
    page.wait_for_timeout(800)
    services.reply(office.as_visitor, case, body="Juga tahun 2024.", now=NOW)
    page.wait_for_timeout(800)
    page.unroute(f"**{desk(case)}")

    [(route, answer)] = held
    route.fulfill(response=answer)

    page.wait_for_selector("text=Tahun 2025, ya.")
    page.wait_for_selector("text=Juga tahun 2024.")


def test_with_the_stream_cut_the_second_officer_is_told_and_keeps_the_draft(office, open_page):
    case = office.open(now=NOW)
    page = open_page(office.officer, desk(case), cut=True)
    page.fill("#balasan", "Draf saya")
    services.reply(actor_for(office.colleague(name="Ning Sari")), case, body="Sudah saya jawab.", now=NOW)

    page.click(SEND)

    page.wait_for_selector("text=Ning Sari lebih dulu menanggapi")
    assert page.input_value("#balasan") == "Draf saya"
    assert page.is_visible("text=Sudah saya jawab.")
    page.click(SEND)
    page.wait_for_selector(".say--me >> text=Draf saya")
    assert case.messages.filter(sender="officer").count() == 2


def test_with_the_stream_cut_the_page_asks_now_and_then(office, open_page):
    case = office.open(now=NOW)
    page = open_page(office.officer, desk(case), cut=True, clock=True)
    page.wait_for_selector("[data-langsung-cara=tanya]")
    services.reply(office.as_visitor, case, body="Tahun 2025, ya.", now=NOW)
    with page.expect_event("requestfailed", lambda request: "/langsung/" in request.url):
        page.clock.fast_forward(11_000)
    page.clock.fast_forward(11_000)
    page.clock.fast_forward(1_000)

    page.wait_for_selector("text=Tahun 2025, ya.")


def test_a_new_request_appears_in_the_inbox_by_itself(office, open_page):
    page = open_page(office.officer, reverse("cases:inbox") + "?tab=tim")
    page.wait_for_timeout(800)
    assert page.is_visible("text=Belum ada permintaan")

    office.open(now=NOW, subject="Peta wilayah kerja")

    page.wait_for_selector("text=Peta wilayah kerja")


def test_a_visitor_with_a_link_sees_the_answer_come_in(office, open_page):
    case = office.open(now=NOW)
    page = open_page(None, reverse("cases:linked-case", kwargs={"token": token_for(case)}))
    page.wait_for_timeout(800)

    services.finish(office.as_officer, case, result="found", summary="Ada di publikasi.", now=NOW)

    page.wait_for_selector("text=Ada di publikasi.")
    assert "Selesai" in page.inner_text("#kepala")


def test_everything_works_without_javascript(office, open_page):
    case = office.open(now=NOW)
    sari = office.colleague(name="Ning Sari")
    page = open_page(office.officer, desk(case), java_script_enabled=False)
    page.fill("#balasan", "Tahun berapa?")
    page.check("input[name=ask]")
    page.click(SEND)
    page.wait_for_selector("#kepala >> text=Menunggu pemohon")

    page.click("text=Serahkan")
    page.check(f"#serahkan input[value='{sari.pk}']")
    page.click("#serahkan button[type=submit]:has-text('Serahkan')")

    page.wait_for_selector("#kepala >> text=Ning Sari")


@pytest.mark.parametrize("place", ["inbox", "request", "mine", "own", "track"])
def test_pages_are_accessible_and_fit(office, open_page, place):
    case = office.open(now=NOW, officer=office.officer, subject="Garis kemiskinan per kabupaten/kota")
    services.ask_visitor(office.as_officer, case, body="Tahun berapa?", now=NOW)
    person, path = {
        "inbox": (office.officer, reverse("cases:inbox")),
        "request": (office.officer, desk(case)),
        "mine": (office.visitor, reverse("cases:my-cases")),
        "own": (office.visitor, reverse("cases:my-case", kwargs={"number": case.number})),
        "track": (None, reverse("cases:track")),
    }[place]
    page = open_page(person, path)

    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        found = Axe().run(page).response["violations"]
        assert [(each["id"], each["nodes"][0]["html"]) for each in found if each["impact"] in SERIOUS] == []
