"""A visitor asks AIDA: a source, a chart, a question back, an honest no, and an officer."""

import pytest

from tests.e2e.test_every_page import serious

pytestmark = pytest.mark.browser
VISITOR = "pengunjung@peragaan.example"


def ask(page, question):
    before = page.locator(".msg--me").count()
    page.fill("[data-tanya]", question)
    page.press("[data-tanya]", "Enter")
    page.locator(".msg--me").nth(before).wait_for()
    return page.locator("article.msg").last


def test_a_visitor_asks_until_an_officer_takes_over(visit, service):
    page = visit(width=390, theme="dark", as_=VISITOR)
    page.goto(f"/aida/{service.slug}/")

    assert "kenaikan harga" in ask(page, "Apa arti inflasi?").inner_text()
    trend = ask(page, "tren IPM Kota Surabaya lima tahun terakhir")
    assert trend.locator("svg[role=img]:visible").count() == 1
    assert "bukan angka resmi" in trend.inner_text()
    back = ask(page, "berapa jumlah penduduk Malang 2024")
    assert "Wilayah mana yang Anda maksud?" in back.inner_text()
    back.locator("button[name=question]", has_text="Kota Malang").click()
    page.get_by_text("Jumlah Penduduk Kota Malang").first.wait_for()
    assert "belum menemukan" in ask(page, "Berapa harga tiket kereta ke Bandung?").inner_text()
    assert serious(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == 390

    page.get_by_role("button", name="Hubungi petugas").click()
    page.get_by_text("Saya bertanya: Apa arti inflasi?").wait_for()
    assert "/permintaan/saya/" in page.url


def test_without_scripts_the_same_form_answers(visit, service):
    page = visit(scripts=False, width=320)
    page.goto(f"/aida/{service.slug}/")
    page.fill("#tanya", "Apa arti inflasi?")
    page.get_by_role("button", name="Kirim pertanyaan").click()

    assert "kenaikan harga" in page.locator("article.msg").inner_text()
