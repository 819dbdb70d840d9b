"""The booking in a real Chromium: by keyboard alone, accessible, and within the phone (R-30)."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core import mail
from django.db import connections
from django.test import Client
from django.utils import timezone
from playwright.sync_api import sync_playwright

from halopst.accounts.reference import load_consent_texts
from halopst.cases.reference import load_follow_up_policy
from halopst.consultations.links import case_path, ticket_path
from halopst.consultations.models import Consultation
from halopst.knowledge import services as knowledge
from tests.consultations.factories import AT, working_expert
from tests.knowledge.factories import DocumentFactory
from tests.scheduling.factories import NOW, FieldFactory
from tests.units.factories import UnitFactory
from tools.browser import launched

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LIVE_EVENTS = "**/langsung/**"


class Clock:
    time = NOW

    def __call__(self):
        return self.time


class House:
    """One office, its expert, a browser, and a clock for all of them."""

    def __init__(self, url, chromium, clock):
        self.url, self.chromium, self.clock = url, chromium, clock
        load_consent_texts()
        load_follow_up_policy()
        self.unit = UnitFactory(name="BPS Kota Contoh", slug="contohkota")
        self.expert = working_expert(self.unit, display_name="Ning Ratih", title="Statistisi Ahli Muda")
        self.expert.fields.add(FieldFactory(unit=self.unit, name="Kemiskinan", slug="kemiskinan"))

    def page(self, *, user=None, scripts=True, width=1280):
        context = self.chromium.new_context(
            java_script_enabled=scripts, viewport={"width": width, "height": 900}, locale="id-ID"
        )
        context.route(LIVE_EVENTS, lambda route: route.abort())
        if user:
            client = Client()
            client.force_login(user)
            context.add_cookies([{"name": "sesi", "value": client.cookies["sesi"].value, "url": self.url}])
        return context.new_page()

    def open(self, page, path):
        page.goto(f"{self.url}{path}")


@pytest.fixture
def house(live_server, monkeypatch):
    clock = Clock()
    monkeypatch.setattr(timezone, "now", clock)
    # Playwright keeps an event loop running in this thread, though nothing here is asynchronous.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    with sync_playwright() as playwright:
        chromium = launched(playwright)
        yield House(live_server.url, chromium, clock)
        chromium.close()
        connections.close_all()


def code_from_the_mail():
    return re.search(r"\b(\d{6})\b", mail.outbox[-1].body)[1]


def go(page):
    """Press the one main button of the step, beside the form or in the bar of the phone."""
    page.locator(".sum__f .btn--main:visible, .mob .btn--main:visible").first.click()
    page.wait_for_load_state()


def keep_a_time(house, page, seen=lambda _page: None):
    """The first two questions: with whom, and when."""
    house.open(page, "/konsultasi/contohkota/")
    seen(page)
    page.locator(f"label:has([name=ahli][value='{house.expert.pk}'])").click()
    go(page)
    page.locator("a.day", has_text="23").click()
    seen(page)
    page.locator(f"button.slot[value='{AT.isoformat()}']").click()
    page.wait_for_selector("text=kami simpan untuk Anda")
    seen(page)
    go(page)


def book(house, page, seen=lambda _page: None):
    """The four questions, as a stranger answers them; returns what came of it."""
    keep_a_time(house, page, seen)
    page.fill("[name=topic]", "Garis kemiskinan 2021–2026")
    go(page)
    assert "isian yang perlu diperbaiki" in page.content()
    seen(page)
    page.fill("[name=need]", "Apakah angkanya dapat dibandingkan?")
    page.locator("label:has([name=purpose][value=penelitian])").click()
    page.fill("[name=name]", "Dwi Lestari")
    page.fill("[name=email]", "dwi@contoh.id")
    page.check("[name=agreed]")
    go(page)
    page.fill("[name=code]", code_from_the_mail())
    seen(page)
    go(page)
    assert page.inner_text("h1") == "Permintaan terkirim, Dwi."
    seen(page)
    return Consultation.objects.get()


def move_to(page, selector, *, limit=120):
    """Press Tab until the element has the focus, as a person without a mouse does."""
    for _ in range(limit):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
    raise AssertionError(f"{selector} cannot be reached by keyboard")


def type_into(page, selector, text):
    move_to(page, selector)
    page.keyboard.type(text)


def tick(page, selector):
    move_to(page, selector)
    page.keyboard.press("Space")


def follow(page, selector):
    move_to(page, selector)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_the_whole_booking_works_by_keyboard_alone(house):
    page = house.page()
    house.open(page, "/konsultasi/contohkota/")
    move_to(page, "input[name=ahli]")
    page.keyboard.press("ArrowDown")
    assert page.locator(f"input[name=ahli][value='{house.expert.pk}']").is_checked()
    follow(page, ".sum__f .btn--main")
    follow(page, "a.day[href*='2026-11-23']")
    follow(page, f"button.slot[value='{AT.isoformat()}']")
    follow(page, ".sum__f .btn--main")
    type_into(page, "[name=topic]", "Inflasi bulanan")
    type_into(page, "[name=need]", "IHK 2021 sampai 2026")
    tick(page, "[name=purpose]")
    type_into(page, "[name=name]", "Dwi Lestari")
    type_into(page, "[name=email]", "dwi@contoh.id")
    tick(page, "[name=agreed]")
    follow(page, ".sum__f .btn--main")
    page.wait_for_selector("[name=code]")
    type_into(page, "[name=code]", code_from_the_mail())
    page.keyboard.press("Enter")

    page.wait_for_selector("text=Permintaan terkirim, Dwi.")
    assert Consultation.objects.get().topic == "Inflasi bulanan"


def test_texts_that_arrive_push_nothing_away_from_the_pointer(house):
    told = DocumentFactory(
        unit=house.unit,
        state="published",
        title="Garis kemiskinan",
        text="Garis kemiskinan antarkabupaten dapat dibandingkan.",
    )
    knowledge.reindex([told])
    page = house.page()
    keep_a_time(house, page)
    places = "() => [...document.querySelectorAll('#topik :is(input, textarea)')].map(x => x.offsetTop)"
    page.wait_for_selector("[name=topic]")
    before = page.evaluate(places)
    page.fill("[name=topic]", "Garis kemiskinan antarkabupaten")
    page.locator("[name=topic]").blur()
    page.wait_for_selector("text=1 tulisan yang mungkin sudah menjawab")

    assert len(before) > 8
    assert page.evaluate(places) == before


@pytest.mark.parametrize("width", [320, 1280])
def test_every_step_is_accessible_and_fits(house, width):
    faults = []

    def look(page):
        page.wait_for_load_state()  # a click returns once the next page has answered, before it is there
        wide = page.evaluate("document.documentElement.scrollWidth")
        where = page.inner_text("h1")
        faults.extend([f"{where}: {wide} px wide"] if wide > width else [])
        found = Axe().run(page).response["violations"]
        faults.extend(f"{where}: {one['id']}" for one in found if one["impact"] in {"serious", "critical"})

    visitor = house.page(width=width)
    row = book(house, visitor, seen=look)
    for path in ("ubah/", "batal/"):
        house.open(visitor, f"{ticket_path(row)}{path}")
        look(visitor)
    officer = house.page(user=house.expert.user, width=width)
    for path in ("setujui", "usulkan", "alihkan", "tolak"):
        house.open(officer, f"/konsultasi/janji/{row.pk}/{path}/")
        look(officer)
    for path in (case_path(row), "/konsultasi/kalender/?tanggal=2026-11-23"):
        house.open(officer, path)
        look(officer)

    assert faults == []
