"""In a real browser: who asks again while an answer is still being worded finds the words where it stands."""

import mimetypes
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from playwright.sync_api import sync_playwright

from tests.assistant.factories import OfficeChannelsFactory
from tests.assistant.model_server import says
from tests.assistant.worded import build_office, put_to_use
from tests.serving import serving
from tools.browser import launched

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FIRST = "Inflasi adalah kenaikan harga secara umum dan terus-menerus."
SECOND = "Inflasi Juni 2024 tercatat 3,15 persen."


@pytest.fixture
def page(transactional_db, monkeypatch):
    """A browser whose complaints are kept in `page.complaints`."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    with serving() as address, sync_playwright() as playwright:
        chromium = launched(playwright)
        page = chromium.new_context(base_url=address, locale="id-ID").new_page()
        page.set_default_timeout(20_000)
        page.route("**/static/**", from_source)
        page.complaints = []
        page.on("console", lambda said: page.complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        yield page
        chromium.close()
        connection.close()  # the one that belongs to the event loop Playwright runs in this thread


def from_source(route):
    """Nothing is collected in a test: the file as it stands in the source."""
    found = finders.find(urlsplit(route.request.url).path.removeprefix("/static/"))
    kind = mimetypes.guess_type(found)[0] or "font/woff2"
    route.fulfill(body=Path(found).read_bytes(), content_type=kind)


def ask(page, question):
    before = page.locator(".msg--me").count()
    page.fill("[data-tanya]", question)
    page.press("[data-tanya]", "Enter")
    page.locator(".msg--me").nth(before).wait_for()


def test_who_asks_again_meanwhile_sees_both_answers_worded(page, model, settings):
    settings.MODEL_SECONDS = 60
    office = build_office()
    put_to_use()
    model.replies, model.holds = [says((FIRST, [1]), (SECOND, [1]))], True
    page.goto(f"/aida/{office.slug}/")
    ask(page, "Apa itu inflasi?")
    page.locator(".susun__isi", has_text=FIRST).wait_for()
    ask(page, "Halo")
    model.released.set()
    first = page.locator("article.msg").first
    first.get_by_text("dirangkai model bahasa").wait_for()

    assert (FIRST in first.inner_text(), SECOND in first.inner_text()) == (True, True)
    assert page.locator("article.msg").count() == 2
    assert [one.locator(".hand").count() for one in page.locator("article.msg").all()] == [0, 1]
    assert page.locator("#siar").inner_text() == "Jawaban AIDA selesai disusun."
    assert page.complaints == []


def test_who_reloads_while_it_is_worded_sees_the_words_when_they_are_there(page, model, settings):
    settings.MODEL_SECONDS = 15
    office = build_office()
    put_to_use()
    model.replies, model.holds = [says((FIRST, [1]), (SECOND, [1]))], True
    page.goto(f"/aida/{office.slug}/")
    ask(page, "Apa itu inflasi?")
    page.locator(".susun__isi", has_text=FIRST).wait_for()
    page.reload()
    page.locator(".susun__isi", has_text=FIRST).wait_for()
    model.released.set()
    answer = page.locator("article.msg")
    answer.get_by_text("dirangkai model bahasa").wait_for()

    assert (SECOND in answer.inner_text(), page.locator(".susun").count(), len(model.asked)) == (True, 0, 1)
    assert page.complaints == []


def test_a_lost_line_leaves_the_answer_and_claims_no_words(page, model):
    office = build_office()
    put_to_use()
    page.route("**/susun/", lambda route: route.abort())
    page.goto(f"/aida/{office.slug}/")
    ask(page, "Apa itu inflasi?")
    page.locator("#siar-galat").get_by_text("Sambungan terputus").wait_for()

    assert page.locator(".susun").count() == 0
    assert "kenaikan harga" in page.locator("article.msg").inner_text()


def test_the_frame_says_that_it_waits_and_asks_once(page, model, settings):
    settings.MODEL_SECONDS = 15
    office = build_office()
    put_to_use()
    OfficeChannelsFactory(unit=office, origins=["https://surabayakota.bps.go.id"])
    model.replies = [says((FIRST, [1]), (SECOND, [1]))]
    page.goto(f"/aida/{office.slug}/bingkai/")
    page.fill("[data-tanya]", "Apa itu inflasi?")
    said = page.evaluate(
        """() => {
          const form = document.querySelector(".ask");
          form.requestSubmit();
          const said = document.getElementById("menunggu").textContent;
          return [said, form.dispatchEvent(new SubmitEvent("submit", { bubbles: true, cancelable: true }))];
        }"""
    )
    page.get_by_text(SECOND).wait_for()

    assert said == ["AIDA menyusun jawaban. Tunggu sebentar.", False]
    assert (page.locator("article.msg").count(), len(model.asked)) == (1, 1)
    assert page.locator("#menunggu").inner_text() == ""
