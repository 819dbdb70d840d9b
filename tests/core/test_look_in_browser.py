"""The components and frames in a real Chromium: accessible, and never wider than the phone (R-30)."""

import mimetypes
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
from tools.browser import launched

pytestmark = pytest.mark.browser

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
        chromium = launched(playwright)
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


def test_every_control_is_large_enough_for_a_finger(browser):
    page = browser.new_page(viewport={"width": 390, "height": 800})
    page.route("**/*", serve(page_of("core/komponen.html")))
    page.goto("http://halopst.test/")

    small = page.evaluate(
        """pressed => [...document.querySelectorAll(pressed)]
            .filter(e => e.checkVisibility() && (e.offsetHeight < 44 || e.offsetWidth < 44))
            .map(e => e.outerHTML.slice(0, 80))""",
        ".btn,.ibtn,.chip,.seg > *,.slot,.day,.input,summary,.toast button,.pages a,.dock a",
    )
    page.close()
    assert small == []


def test_tabs_that_do_not_fit_are_moved_along_and_not_squeezed_over_each_other(browser):
    page = browser.new_page(viewport={"width": 200, "height": 800})
    page.route("**/*", serve(page_of("core/komponen.html")))
    page.goto("http://halopst.test/")

    over = """[...document.querySelectorAll('.tabs a')]
        .filter(e => e.checkVisibility() && e.scrollWidth > e.clientWidth).map(e => e.innerText)"""
    assert page.locator(".tabs").first.evaluate("e => e.scrollWidth > e.clientWidth")
    assert page.evaluate(over) == []
    page.close()


def test_a_code_wider_than_a_card_is_broken_and_does_not_leave_it(browser):
    page = browser.new_page(viewport={"width": 320, "height": 800})
    page.route("**/*", serve(page_of("core/komponen.html")))
    page.goto("http://halopst.test/")

    out = page.evaluate(
        """() => [...document.querySelectorAll('.tw--cards tbody tr')].slice(0, 1).flatMap(row => {
            const cell = row.querySelector('td[data-label]:not(:first-child)');
            cell.innerHTML = '<span>054.01.GG.2902.BMA.004.005.A.521213.054.01.GG</span>';
            row.insertAdjacentHTML('afterbegin', '<th scope="row">' + cell.innerText + '</th>');
            return [...row.children].map(one => one.scrollWidth > one.clientWidth);
        })"""
    )
    page.close()
    assert len(out) > 1
    assert not any(out)


SHAPE = """selector => [...document.querySelectorAll(selector)]
    .map(element => getComputedStyle(element).display)"""


def test_paper_has_the_list_without_the_tools_around_it(browser):
    page = browser.new_page(viewport={"width": 700, "height": 1000}, color_scheme="dark")
    page.emulate_media(media="print")
    page.route("**/*", serve(page_of("core/komponen.html").replace("<html", '<html data-theme="dark"')))
    page.goto("http://halopst.test/")

    tools = page.evaluate(SHAPE, ".head,.foot,.dock,.bar,.tabs,.btn,.ibtn,form[role=search]")
    assert set(tools) == {"none"}
    assert set(page.evaluate(SHAPE, ".tbl tbody td")) == {"table-cell"}
    assert page.locator(".pages").inner_text() == "Halaman 7"
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(14, 34, 48)"
    page.route("**/*", serve(page_of("kerja.html")))
    page.goto("http://halopst.test/")
    assert set(page.evaluate(SHAPE, ".rail,.atas")) == {"none"}
    page.close()


def test_a_low_window_is_not_covered_by_bars(browser):
    page = browser.new_page(viewport={"width": 640, "height": 360})
    page.route("**/*", serve(page_of("kerja.html")))
    page.goto("http://halopst.test/")

    assert page.evaluate("getComputedStyle(document.querySelector('.atas')).position") == "static"
    page.set_viewport_size({"width": 640, "height": 800})
    assert page.evaluate("getComputedStyle(document.querySelector('.atas')).position") == "sticky"
    page.close()


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
