"""Asked until an officer takes over, who answers and writes it up; asked again, AIDA knows."""

import re
import threading
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import count

import httpx
import pytest

from tests.e2e.service import wait_for
from tests.e2e.test_every_page import serious
from tests.notifications.cloud_api import call, sign, text

pytestmark = pytest.mark.browser
VISITOR = "pengunjung@peragaan.example"
UNKNOWN = "Apa itu kain layanan?"


def ask(page, question):
    before = page.locator(".msg--me").count()
    page.fill("[data-tanya]", question)
    page.press("[data-tanya]", "Enter")
    page.locator(".msg--me").nth(before).wait_for()
    return page.locator("article.msg").last


def test_a_visitor_asks_until_an_officer_takes_over_and_the_next_one_is_answered(visit, service):
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
    assert "belum menemukan" in ask(page, UNKNOWN).inner_text()
    assert serious(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == 390

    page.get_by_role("button", name="Hubungi petugas").click()
    page.wait_for_url("**/permintaan/saya/**")
    assert "5 pertanyaan" in page.locator("#percakapan details summary").inner_text()
    number = page.url.rstrip("/").rpartition("/")[2]

    officer = visit(as_=service.officer)
    officer.goto(f"/permintaan/kotak-masuk/{number}/")
    talk = officer.locator("#percakapan details").inner_text()
    assert "Apa arti inflasi?" in talk
    assert "Belum terjawab" in talk
    officer.set_input_files("[name=files]", {"name": "kain.txt", "mimeType": "text/plain", "buffer": b"kain"})
    officer.get_by_role("button", name="Usulkan jawaban").click()
    officer.get_by_text("AIDA belum menemukan sumber yang boleh dikutip").wait_for()
    assert officer.locator("[name=files]").evaluate("field => field.files[0].name") == "kain.txt"
    officer.set_input_files("[name=files]", [])
    assert serious(officer) == []
    send(officer, "Itu gambar tenunan di beranda kantor kami; tiap kelopaknya satu hari.")
    page.reload()
    assert "tiap kelopaknya satu hari" in page.locator("#percakapan").inner_text()

    told = "Kain layanan adalah gambar tenunan di beranda kantor yang menunjukkan jumlah layanan setiap hari."
    write_up(officer, number, "Arti kain layanan di beranda kantor", told)
    assert "tenunan di beranda kantor" in ask_anew(visit, service, UNKNOWN)


def send(officer, words):
    officer.fill("#balasan", words)
    officer.get_by_role("button", name="Kirim", exact=True).click()
    officer.locator("#percakapan .say--me", has_text=words[:40]).wait_for()


def write_up(officer, number, question, answer):
    """Finish the request, and make an answer for everyone of it."""
    officer.goto(f"/permintaan/kotak-masuk/{number}/")
    officer.locator("summary", has_text="Selesaikan").click()
    officer.fill("#f-ringkas", "Dijelaskan artinya.")
    officer.get_by_role("button", name="Selesaikan permintaan").click()
    officer.get_by_role("link", name="Jadikan jawaban umum").click()
    officer.fill("[name=question]", question)
    officer.fill("[name=answer]", answer)
    officer.get_by_role("button", name="Simpan konsep").click()
    officer.fill("[name=review_by]", "2099-01-01")
    officer.get_by_role("button", name="Simpan perubahan").click()
    officer.get_by_role("button", name="Terbitkan").click()
    officer.get_by_text("Tulisan terbit dan dapat ditemukan").wait_for()


def ask_anew(visit, service, question):
    page = visit(width=390)
    page.goto(f"/aida/{service.slug}/")
    return ask(page, question).inner_text()


class Telephone:
    """A visitor's WhatsApp: what it sends arrives as signed calls, what it gets the Cloud API accepted."""

    def __init__(self, service, number):
        self.service, self.number, self.read = service, number, 0
        self._ids = count()

    def send(self, words):
        sent = text(
            words, wamid=f"wamid.{self.number}.{next(self._ids)}", at=datetime.now(UTC), sender=self.number
        )
        body = call(messages=[sent], contacts=[{"wa_id": self.number, "profile": {"name": "Laras Sekar"}}])
        headers = {"X-Hub-Signature-256": sign(body), "Content-Type": "application/json"}
        address = f"{self.service.url}/pemberitahuan/whatsapp/webhook/"
        for _time in range(3):  # as the provider does when it is not sure
            assert httpx.post(address, content=body, headers=headers).status_code == 200

    def inbox(self):
        return [m["text"]["body"] for m in self.service.whatsapp.accepted if m["to"] == self.number]

    def next(self):
        """The next message that has not been read; waits for it."""
        wait_for(lambda: len(self.inbox()) > self.read)
        self.read += 1
        return self.inbox()[self.read - 1]

    def ask(self, words):
        self.send(words)
        return self.next()


def test_the_same_by_whatsapp_until_the_next_one_is_answered(visit, service):
    visitor = Telephone(service, "6281234567811")
    figure = visitor.ask(f"ipm surabaya 2024 #{service.slug}")
    assert "Sumber:" in figure
    assert "bukan angka resmi" in figure
    assert "asisten otomatis BPS Kota Surabaya" in figure
    back = visitor.ask("berapa jumlah penduduk Malang 2024")
    chosen = re.search(r"(\d)\. Kota Malang", back)
    assert "Kota Malang" in visitor.ask(chosen[1])
    unknown = "Berapa ongkos parkir sepeda di alun-alun?"
    assert "Balas PETUGAS" in visitor.ask(unknown)
    number = re.search(r"nomor (\S+-\d{4}-\d{4})", visitor.ask("PETUGAS"))[1]

    officer = visit(as_=service.officer)
    officer.goto(f"/permintaan/kotak-masuk/{number}/")
    assert "4 pertanyaan" in officer.locator("#percakapan details summary").inner_text()
    send(officer, "Ongkos parkir diatur pemerintah kota, bukan BPS.")
    assert "Ongkos parkir diatur pemerintah kota" in visitor.next()
    visitor.send("Baik, terima kasih.")
    officer.locator("#percakapan .say", has_text="Baik, terima kasih.").wait_for()
    assert visitor.inbox()[visitor.read :] == []

    told = "Ongkos parkir sepeda di alun-alun ditetapkan pemerintah kota; BPS tidak menetapkannya."
    write_up(officer, number, "Ongkos parkir sepeda di alun-alun", told)
    another = Telephone(service, "6281234567812")
    assert "ditetapkan pemerintah kota" in another.ask(f"{unknown} #{service.slug}")


def test_without_scripts_the_same_form_answers(visit, service):
    page = visit(scripts=False, width=320)
    page.goto(f"/aida/{service.slug}/")
    page.fill("#tanya", "Apa arti inflasi?")
    page.get_by_role("button", name="Kirim pertanyaan").click()

    assert "kenaikan harga" in page.locator("article.msg").inner_text()


@contextmanager
def site(folder, script):
    """An office's own site on another origin, with the one line it was given."""
    (folder / "index.html").write_text(f"<!doctype html><title>Satker</title><h1>Situs</h1>{script}")
    handler = partial(Quiet, directory=folder)
    running = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=running.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{running.server_port}"
    running.shutdown()
    running.server_close()


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args):
        pass


def test_on_the_offices_own_site_aida_answers_in_a_frame_without_cookies(visit, service, tmp_path):
    address_of_aida = f"{service.url}/aida/{service.slug}/"
    line = (
        f'<script src="{service.url}/aida/widget.js" data-kantor="{service.slug}" async></script>'
        f'<noscript><a href="{address_of_aida}">Tanya AIDA</a></noscript>'
    )
    with site(tmp_path, line) as address:
        head = visit(as_=service.head)
        head.goto(f"/aida/{service.slug}/saluran/")
        head.fill("[name=origins]", address)
        head.get_by_role("button", name="Simpan").click()
        assert head.locator("textarea[readonly]").input_value() == line

        page = visit(width=390)
        page.goto(address)
        page.get_by_role("button", name="Tanya AIDA").click()
        frame = page.frame_locator("iframe")
        for question, said in (("Apa arti inflasi?", "kenaikan harga"), ("ipm surabaya 2024", "Surabaya")):
            frame.locator("#tanya").fill(question)
            frame.get_by_role("button", name="Kirim pertanyaan").click()
            frame.locator("#terbaru", has_text=question).wait_for()
            assert said in frame.locator("article.msg").last.inner_text()
        assert frame.locator("article.msg").count() == 2
        assert page.context.cookies() == []
        frame.locator("#tanya").press("Escape")
        assert not page.locator("iframe").is_visible()
        assert page.evaluate("document.activeElement.textContent") == "Tanya AIDA"

        with page.context.expect_page() as opened:
            page.get_by_role("button", name="Tanya AIDA").click()
            frame.get_by_role("link", name="Hubungi petugas").click()
        opened.value.get_by_role("button", name="Lanjutkan").click()
        opened.value.locator(".msg--me", has_text="ipm surabaya 2024").wait_for()
