"""The product's main job, lived once: booked, approved, told over every channel, held, rated, counted."""

import re
from email.utils import parseaddr

import pytest

from tests.e2e.service import text, wait_for

pytestmark = pytest.mark.browser

LINK = "https://rapat.contoh.example/ruang-uji"


def book(page, service, *, email, phone):
    """From the office's home page to the ticket; returns the tracking number."""
    page.goto(f"/{service.slug}/")
    page.get_by_role("link", name="Buat janji", exact=True).first.click()
    page.check("input[name=ahli] >> nth=1")
    go(page)
    page.locator("button.slot:not([disabled])").nth(1).click()
    page.wait_for_selector("text=kami simpan untuk Anda")
    go(page)
    page.fill("[name=topic]", "Membaca inflasi tahun ke tahun")
    page.fill("[name=need]", "Saya menulis skripsi tentang harga pangan.")
    page.locator("label:has([name=purpose])").first.click()
    page.fill("[name=name]", "Rinjani Abyakta")
    page.fill("[name=email]", email)
    page.fill("[name=phone]", phone)
    page.check("[name=wants_whatsapp]")
    page.check("[name=agreed]")
    go(page)
    page.wait_for_selector("[name=code]")
    letter = service.mail.to(email)
    page.fill("[name=code]", re.search(r"\b\d{6}\b", text(letter)).group())
    go(page)
    page.wait_for_url("**/konsultasi/tiket/**")
    return page.locator(".ticket__code").inner_text()


def go(page):
    """Press the one main button of the step, beside the form or in the bar of the phone."""
    page.locator(".sum__f .btn--main:visible, .mob .btn--main:visible").first.click()
    page.wait_for_load_state()


def message_to(service, phone, about):
    return wait_for(
        lambda: next((m for m in service.whatsapp.accepted if m["to"] == phone and about in str(m)), None)
    )


@pytest.mark.parametrize(
    ("scripts", "email", "phone"),
    [(True, "rinjani@warga.example", "6281234567801"), (False, "rinjani2@warga.example", "6281234567802")],
    ids=["with scripts", "without scripts"],
)
def test_from_question_to_figure(visit, service, scripts, email, phone):
    visitor = visit(scripts=scripts)
    number = book(visitor, service, email=email, phone=f"0{phone[2:]}")
    ticket = visitor.url
    officer_address = parseaddr(service.mail.to("peragaan.example", number)["to"])[1]

    officer = visit(scripts=scripts, as_=officer_address)
    officer.goto(f"/permintaan/kotak-masuk/{number}/")
    officer.fill("[name=link]", LINK)
    officer.locator("button:has-text('Setujui')").first.click()
    assert LINK in text(service.mail.to(email, LINK))
    assert LINK in text(service.mail.to(officer_address, LINK))
    assert message_to(service, phone, LINK)
    visitor.goto("/pemberitahuan/")
    assert number in visitor.locator("main").inner_text()

    visitor.goto(ticket)
    visitor.click("button:has-text('Saya sudah hadir')")
    officer.goto(f"/permintaan/kotak-masuk/{number}/")
    officer.click("button:has-text('Mulai konsultasi')")
    officer.click("a:has-text('Catat hasil')")
    officer.locator("label:has([name=result])").first.click()
    officer.fill("[name=summary]", "Dijelaskan cara membaca inflasi, dengan tabelnya.")
    officer.click("button:has-text('Simpan hasil')")
    officer.wait_for_url(f"**/{number}/**")

    rating = re.search(r"http://\S+/penilaian/\S+", text(service.mail.to(email, "/penilaian/"))).group()
    visitor.goto(rating)
    visitor.locator("label:has([name=score])").last.click()
    visitor.locator("label:has([name=need_met])").first.click()
    visitor.click("button:has-text('Kirim penilaian')")
    visitor.wait_for_load_state()
    assert "Terima kasih atas penilaian Anda" in visitor.locator("main").inner_text()

    head = visit(scripts=scripts, as_=service.head)

    def counted():
        head.goto("/laporan/")
        row = head.locator("#per-satker tbody tr, .tbl tbody tr").filter(has_text="Surabaya").inner_text()
        return "100%" in row

    assert wait_for(counted)


def test_the_booking_can_be_made_by_keyboard_alone(visit, service):
    page = visit(width=320)
    page.goto(f"/konsultasi/{service.slug}/")
    press_until(page, "[name=ahli]")
    page.keyboard.press("ArrowDown")
    press_until(page, ".btn--main")
    page.keyboard.press("Enter")
    page.wait_for_url("**/waktu/**")
    press_until(page, "button.slot:not([disabled])")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=kami simpan untuk Anda")
    press_until(page, ".btn--main")
    page.keyboard.press("Enter")
    page.wait_for_url("**/topik/**")
    press_until(page, "[name=topic]")
    page.keyboard.type("Tabel kependudukan")

    assert page.locator("[name=topic]").input_value() == "Tabel kependudukan"
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def press_until(page, selector):
    """Move with the Tab key until something that matches has the focus."""
    for _ in range(250):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
    raise AssertionError(f"Tab never reached {selector}")
