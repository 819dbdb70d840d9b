"""In a real browser: the button on an office's site, where the office named that site and where not."""

import re
import threading
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.assistant.factories import OfficeChannelsFactory
from tests.assistant.test_wording_in_browser import page  # noqa: F401  # a fixture
from tests.assistant.worded import build_office
from tests.units.factories import UnitFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

INSTEAD = "AIDA belum dapat dibuka di situs ini."
WAITING = "AIDA sedang dibuka. Tunggu sebentar."
OURS = re.compile(r"/aida/(widget\.js|surabayakota/bingkai/)")
LATE = "AIDA belum terbuka. Periksa sambungan internet Anda."


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_args):
        """Tests are quiet."""


@contextmanager
def site(folder):
    """An office's own site on another origin; gives its address."""
    running = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=folder))
    threading.Thread(target=running.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{running.server_port}"
    running.shutdown()
    running.server_close()


def open_widget(page, folder, address, *, named):  # noqa: F811
    """Press the button on that site; gives the address of AIDA's own page."""
    office = UnitFactory(slug="surabayakota")
    OfficeChannelsFactory(unit=office, origins=[named])
    page.goto("/aida/widget.js")
    ours = urlsplit(page.url).netloc
    line = f'<script src="http://{ours}/aida/widget.js" data-kantor="{office.slug}"></script>'
    (folder / "index.html").write_text(f"<!doctype html><title>Satker</title>{line}")
    page.goto(address)
    page.get_by_role("button", name="Tanya AIDA").click()
    return f"http://{ours}/aida/{office.slug}/"


def test_a_site_the_office_did_not_name_gets_a_link_and_no_broken_frame(page, tmp_path):  # noqa: F811
    with site(tmp_path) as address:
        ours = open_widget(page, tmp_path, address, named="https://lain.example")
        page.get_by_text(INSTEAD).wait_for()

        assert not page.locator("iframe").is_visible()
        link = page.get_by_role("link", name="Buka AIDA di halamannya sendiri")
        assert link.get_attribute("href") == ours
        page.keyboard.press("Escape")
        assert not link.is_visible()
        assert page.evaluate("document.activeElement.textContent") == "Tanya AIDA"


def test_a_site_the_office_named_shows_aida(page, tmp_path):  # noqa: F811
    with site(tmp_path) as address:
        open_widget(page, tmp_path, address, named=address)
        page.frame_locator("iframe").locator("#tanya").wait_for()
        page.wait_for_function("document.querySelector('iframe').style.opacity === '1'")
        page.wait_for_timeout(1500)  # longer than a frame that says nothing is waited for

        assert page.locator("iframe").is_visible()
        assert not page.get_by_text(INSTEAD).is_visible()
        assert not page.get_by_text(WAITING).is_visible()


def test_who_waits_for_the_frame_is_told_and_led_on_when_it_never_comes(page, tmp_path):  # noqa: F811
    held = []

    def hold(route):
        held.append(route)

    page.route("**/bingkai/", hold)
    page.clock.install()
    with site(tmp_path) as address:
        ours = open_widget(page, tmp_path, address, named=address)
        page.get_by_text(WAITING).wait_for()
        assert not page.get_by_text(LATE).is_visible()
        page.clock.run_for(15_000)
        page.get_by_text(LATE).wait_for()

        assert not page.get_by_text(WAITING).is_visible()
        assert page.get_by_role("link", name="Buka AIDA di halamannya sendiri").get_attribute("href") == ours
        assert len(held) == 1


def test_who_tries_again_sees_aida_when_the_line_is_back(page, tmp_path):  # noqa: F811
    held = []
    page.route("**/bingkai/", lambda route: route.continue_() if held else held.append(route))
    page.clock.install()
    with site(tmp_path) as address:
        open_widget(page, tmp_path, address, named=address)
        page.clock.run_for(15_000)
        page.get_by_role("button", name="Coba lagi").click()
        assert page.evaluate("document.activeElement.textContent") == "Tutup AIDA"
        page.frame_locator("iframe").locator("#tanya").wait_for()
        page.wait_for_function("document.querySelector('iframe').style.opacity === '1'")
        page.clock.run_for(20_000)  # longer than either clock of the first try

        assert len(held) == 1
        assert [page.get_by_text(said).is_visible() for said in (WAITING, LATE, INSTEAD)] == [False] * 3


def broken(route):
    """No line to us any more; the script is there already."""
    if "bingkai" in route.request.url or route.request.resource_type == "fetch":
        route.abort("internetdisconnected")
    else:
        route.continue_()


def test_a_line_that_breaks_is_not_called_a_site_that_was_not_named(page, tmp_path):  # noqa: F811
    with site(tmp_path) as address:
        page.route(OURS, broken)
        open_widget(page, tmp_path, address, named=address)
        page.get_by_text(LATE).wait_for()
        assert not page.get_by_text(INSTEAD).is_visible()

        page.unroute(OURS)
        page.get_by_role("button", name="Coba lagi").click()
        page.frame_locator("iframe").locator("#tanya").wait_for()
        page.wait_for_function("document.querySelector('iframe').style.opacity === '1'")
        assert not page.get_by_text(LATE).is_visible()


def test_rows_without_a_chip_take_no_place_in_the_frame(page):  # noqa: F811
    office = build_office()
    OfficeChannelsFactory(unit=office, origins=["https://surabayakota.bps.go.id"])
    page.set_viewport_size({"width": 358, "height": 640})
    page.goto(f"/aida/{office.slug}/bingkai/")
    page.fill("[data-tanya]", "Apa itu inflasi?")
    page.press("[data-tanya]", "Enter")
    page.locator("article.msg").wait_for()
    officer = page.get_by_role("link", name="Hubungi petugas")

    assert page.locator(".msg__b > .row").count() == 3
    above, office_row = page.locator(".msg__b > .sumber").bounding_box(), officer.bounding_box()
    assert office_row["y"] - above["y"] - above["height"] <= 24


def test_thumbs_in_the_frame_need_no_wait_and_stay_with_their_answer(page):  # noqa: F811
    office = build_office()
    OfficeChannelsFactory(unit=office, origins=["https://surabayakota.bps.go.id"])
    page.goto(f"/aida/{office.slug}/bingkai/")
    page.fill("[data-tanya]", "Apa itu inflasi?")
    page.press("[data-tanya]", "Enter")
    page.get_by_role("button", name="Jawaban kurang tepat").click()
    expect(page.get_by_text("Sudah lama")).to_be_in_viewport()
    page.get_by_text("Sudah lama").click()
    page.get_by_role("button", name="Kirim alasan").click()

    page.get_by_text("Alasan Anda: Sudah lama.").wait_for()
    assert page.locator("#menunggu").inner_text() == ""
    assert page.locator("article.msg").count() == 1
