"""The components and frames in a real Chromium: accessible, and never wider than the phone (R-30)."""

import mimetypes
import shutil
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.test import RequestFactory
from playwright.sync_api import sync_playwright

from halopst.core.gallery import samples
from halopst.core.shapes import NavItem

pytestmark = pytest.mark.browser

QUIET = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
ITEMS = [NavItem("a", "Kotak masuk", "/a", "inbox", 12), NavItem("b", "Kalender", "/b", "calendar-days")]
FRAME = {
    "nav_items": ITEMS,
    "rail_items": ITEMS,
    "dock_items": ITEMS,
    "active": "a",
    "unit": SimpleNamespace(name="BPS Provinsi Jawa Timur", address="Jl. Contoh 1"),
    "person": SimpleNamespace(name="Ratih Kusumawardani", photo="", note="Petugas"),
    "sign_out_url": "/keluar/",
    "notices_url": "/pemberitahuan/",
    "unread_count": 3,
    "search_url": "/cari/",
}


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=QUIET)
        yield chromium
        chromium.close()


def page_of(template):
    request = RequestFactory().get("/")
    request.htmx = False
    return render_to_string(template, {"request": request, **FRAME, **samples()})


def serve(html):
    """Answer the browser from memory: the page itself and the static files, nothing else."""

    def answer(route):
        path = urlsplit(route.request.url).path
        if path == "/":
            return route.fulfill(body=html, content_type="text/html; charset=utf-8")
        found = finders.find(path.removeprefix("/static/"))
        if not found:
            return route.abort()
        kind = mimetypes.guess_type(path)[0] or "font/woff2"
        return route.fulfill(body=Path(found).read_bytes(), content_type=kind)

    return answer


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize("template", ["core/komponen.html", "kerja.html", "404.html"])
def test_pages_are_accessible_and_fit_every_screen(browser, template, width, theme):
    html, faults = page_of(template), []
    if "<h1" not in html:
        html = html.replace('<main id="isi" tabindex="-1">', '<main id="isi" tabindex="-1"><h1>Judul</h1>')
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=theme)
    page.on("console", lambda line: faults.append(line.text) if line.type == "error" else None)
    page.route("**/*", serve(html))

    page.goto("http://halopst.test/")

    faults += [violation["id"] for violation in Axe().run(page).response["violations"]]
    assert faults == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.close()


def test_every_control_is_large_enough_to_press(browser):
    page = browser.new_page(viewport={"width": 390, "height": 800})
    page.route("**/*", serve(page_of("core/komponen.html")))
    page.goto("http://halopst.test/")

    small = page.evaluate(
        """() => [...document.querySelectorAll('.btn,.ibtn,.chip,.slot,.day,.input,.pages a,.dock a')]
            .filter(e => e.checkVisibility() && (e.offsetHeight < 36 || e.offsetWidth < 36))
            .map(e => e.outerHTML.slice(0, 80))"""
    )
    page.close()
    assert small == []


def test_the_picker_searches_in_place(browser):
    page = browser.new_page()
    page.route("**/*", serve(page_of("core/komponen.html")))
    page.goto("http://halopst.test/")
    page.click("[data-buka=pilih-ahli]")
    page.fill("#pilih-ahli-q", "ratna")

    assert page.locator("#pilih-ahli .o:visible").all_inner_texts() == ["Ratna Sari Harga dan inflasi"]
    assert page.inner_text("#pilih-ahli-n") == "1 hasil"
    page.close()


def test_the_theme_can_be_changed_and_is_remembered(browser):
    context = browser.new_context(color_scheme="light")
    context.route("**/*", serve(page_of("core/komponen.html")))
    page = context.new_page()
    page.goto("http://halopst.test/")
    page.click("[data-tema]")
    page.reload()

    assert page.get_attribute("html", "data-theme") == "dark"
    context.close()
