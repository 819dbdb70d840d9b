"""Take the pictures of the user guides anew, from a running demonstration.

    python -m tools.pictures http://localhost:8000 PASSWORD

The accounts are those `halopst run` prints; a demonstration of today shows today's dates. Needs Chromium.
"""

import re
import sys
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, FilePayload, Page, sync_playwright

from tools.browser import launched

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "panduan" / "gambar"
SIZE = (1280, 860)
COLOURS = 192

STRANGER, VISITOR = "", "pengunjung@peragaan.example"
OFFICER, HEAD = "bagas.3500@peragaan.example", "gatra.3500@peragaan.example"
ADMIN = "panji.3500@peragaan.example"
TEAM, WATCH = "seruni.3578@peragaan.example", "admin.pusat@peragaan.example"
MITRA = "mitra1@peragaan.example"
PHONE = (390, 844)
TODAY = date.today()  # noqa: DTZ011  # a month only
BEHIND = (TODAY.replace(day=1) - timedelta(days=1)).strftime("%Y-%m")
OFFICE = "/mitra/surabayakota"
FAULTY = """Nama,NIK,Kecamatan,No HP
Ratna Kusuma,9999015708950101,Kenanga,0812 3456 7001
Bayu Saputra,999901170895,Melati,0812 3456 7002
Dewi Anggraini,9999015708950103,Cempaka,0812 3456 7003
,9999011708950104,Anggrek,0812 3456 7004
Yoga Pratama,9999011708950105,Seruni,12
"""

PICTURES = {
    STRANGER: {
        "cari-kantor": "/?q=surabya",
        "beranda-kantor": "/jatim/",
        "standar-publik": "/satker/jatim/standar/",
        "pilih-ahli": "/konsultasi/jatim/",
        "lacak": "/permintaan/lacak/",
    },
    VISITOR: {
        "permintaan-saya": "/permintaan/saya/",
        "pilihan-pemberitahuan": "/pemberitahuan/pilihan/",
        "data-saya": "/akun/data-saya/",
    },
    OFFICER: {
        "kotak-masuk": "/permintaan/kotak-masuk/?tab=tim",
        "kalender": "/konsultasi/kalender/",
        "profil-ahli": "/keahlian/",
        "penilaian": "/penilaian/",
    },
    HEAD: {
        "laporan": "/laporan/",
        "antrean-pertanyaan": "/aida/jatim/antrean/",
        "tulisan": "/pengetahuan/",
        "data-indikator": "/data/jatim/indikator/",
    },
    TEAM: {
        "mitra-daftar": f"{OFFICE}/",
        "mitra-pajak": f"{OFFICE}/acuan/pajak/",
        "mitra-alokasi": f"{OFFICE}/alokasi/",
        "mitra-persetujuan": f"{OFFICE}/persetujuan/",
        "mitra-serah-terima": f"{OFFICE}/serah-terima/?bulan={BEHIND}",
        "mitra-pembayaran": f"{OFFICE}/pembayaran/?bulan={BEHIND}",
        "mitra-pantauan": f"{OFFICE}/pantauan/?bulan={BEHIND}",
        "mitra-naskah": f"{OFFICE}/naskah/",
        "surat": "/surat/",
    },
    ADMIN: {
        "kelola": "/kelola/",
        "standar": "/satker/jatim/kelola/standar/",
        "maklumat": "/satker/jatim/kelola/maklumat/",
        "jam-layanan": "/kalender/jatim/jam/",
        "hari-libur": "/kalender/jatim/libur/",
        "orang": "/akun/orang/",
        "naskah": "/pemberitahuan/naskah/jatim/consultations.approved/id/",
        "kotak-keluar": "/pemberitahuan/kotak-keluar/",
        "tindak-lanjut": "/permintaan/aturan/jatim/",
        "jejak-audit": "/akun/audit/",
    },
}
FIRST_LINKS = {
    # name: (who, the list, the first link of it to follow)
    "permintaan-satu": (VISITOR, "/permintaan/saya/", "a.kasus:has-text('Selesai')"),
    "permintaan-petugas": (OFFICER, "/permintaan/kotak-masuk/?tab=tim", "#daftar a[href*='/JTM-']"),
    "jadwal": (OFFICER, "/keahlian/", "a[href$='/jadwal/']"),
    "mitra-satu": (TEAM, f"{OFFICE}/", "main tbody a[href*='/mitra/']"),
    "surat-satu": (TEAM, "/surat/?q=serah", "main tbody a"),
    "mitra-daftar-honor": (
        TEAM,
        f"{OFFICE}/pembayaran/?bulan={BEHIND}",
        "main a:has-text('Daftar ke-1')",
    ),
}


def main() -> int:
    address, password = sys.argv[1:]
    with sync_playwright() as playwright:
        browser = launched(playwright)
        for person, pages in PICTURES.items():
            context = enter(browser, address, person, password)
            page = context.new_page()
            for name, path in pages.items():
                page.goto(path)
                keep(page, name)
            for name, (owner, path, link) in FIRST_LINKS.items():
                if owner == person:
                    page.goto(path)
                    page.locator(link).first.click()
                    page.wait_for_load_state()
                    keep(page, name)
            if person == STRANGER:
                ask_aida(page)
                write_a_request(page)
            if person == TEAM:
                check_a_file(page)
            if person == ADMIN:
                write_a_template(page)
            context.close()
        hand_over(browser, address, password)
        open_own_page(browser, address, password)
        browser.close()
    return 0


def enter(
    browser: Browser, address: str, person: str, password: str, *, size: tuple[int, int] = SIZE
) -> BrowserContext:
    """A browser of this person's own, signed in unless they are a stranger."""
    context = browser.new_context(
        base_url=address,
        viewport={"width": size[0], "height": size[1]},
        locale="id-ID",
        color_scheme="light",
        reduced_motion="reduce",
    )
    if person:
        page = context.new_page()
        page.goto("/akun/masuk/kata-sandi/")
        page.fill("[name=login]", person)
        page.fill("[name=password]", password)
        page.click("main button[type=submit]")
        page.wait_for_load_state()
        page.close()
    return context


def ask_aida(page: Page) -> None:
    """An answer with its chart; the question of two parts stands above it."""
    page.goto("/aida/surabayakota/")
    page.fill("#tanya", "tren IPM Surabaya lima tahun terakhir, dan kota mana yang tertinggi?")
    page.keyboard.press("Enter")
    page.wait_for_selector(".fig__f")
    page.evaluate("window.scrollTo(0, 0)")
    keep(page, "aida")


def write_a_request(page: Page) -> None:
    """The second and third step of booking; the held time lapses by itself."""
    page.goto("/konsultasi/jatim/waktu/?ahli=siapa-saja")
    page.locator(".day").nth(1).click()  # today may have no second time left
    page.locator("button.slot:not([disabled])").nth(1).click()
    page.wait_for_selector("text=kami simpan untuk Anda")
    page.evaluate("window.scrollTo(0, 0)")
    keep(page, "pilih-waktu")
    page.locator(".sum__f .btn--main:visible").first.click()
    page.wait_for_selector("[name=topic]")
    page.fill("[name=topic]", "Garis kemiskinan per kabupaten/kota")
    page.fill("[name=need]", "Apakah angka Maret 2021 dan Maret 2026 dapat dibandingkan langsung?")
    page.evaluate("window.scrollTo(0, 0)")
    keep(page, "tulis-topik")


def check_a_file(page: Page) -> None:
    """A file of mitra with two rows that cannot be; it stays in the list of imports."""
    page.goto(f"{OFFICE}/impor/")
    file = FilePayload(name="mitra-kecamatan.csv", mimeType="text/csv", buffer=FAULTY.encode())
    page.set_input_files("[name=file]", file)
    page.click("text=Unggah dan baca")
    page.click("text=Periksa semua baris")
    page.wait_for_selector("text=Unduh baris yang salah")
    keep(page, "mitra-impor")


def write_a_template(page: Page) -> None:
    """The letter as it would be printed stands beside its text."""
    page.goto("/surat/naskah/jatim/partners.contract/")
    page.wait_for_selector("#pratinjau img, #pratinjau svg")
    keep(page, "naskah-surat")


def hand_over(browser: Browser, address: str, password: str) -> None:
    """A conversation with AIDA becomes a request, and the officer asks her for a draft."""
    page = enter(browser, address, VISITOR, password).new_page()
    page.goto("/aida/jatim/")
    page.fill("#tanya", "Apa arti inflasi?")
    page.keyboard.press("Enter")
    page.wait_for_selector("article.msg")
    page.click("text=Hubungi petugas")
    page.wait_for_url("**/permintaan/saya/**")
    number = page.url.rstrip("/").rpartition("/")[2]
    officer = enter(browser, address, OFFICER, password).new_page()
    officer.goto(f"/permintaan/kotak-masuk/{number}/")
    keep(officer, "dari-aida")
    officer.click("text=Usulkan jawaban")
    officer.wait_for_selector(".draf")
    officer.locator(".draf").scroll_into_view_if_needed()
    keep(officer, "draf-aida")


def open_own_page(browser: Browser, address: str, password: str) -> None:
    """A mitra's page on a phone; the code is read where the demonstration keeps what it would have sent."""
    phone = enter(browser, address, STRANGER, "", size=PHONE).new_page()
    phone.goto("/saya-mitra/")
    phone.fill("[name=address]", MITRA)
    phone.click("main button[type=submit]")
    watch = enter(browser, address, WATCH, password).new_page()
    watch.wait_for_timeout(5_000)
    watch.goto("/pemberitahuan/kotak-keluar/")
    code = re.search(r"\b(\d{6}) adalah kode halaman mitra", watch.locator("main").inner_text())
    if code is None:
        raise LookupError("the code has not reached the outbox")
    phone.fill("[name=code]", code[1])
    phone.click("main button[type=submit]")
    keep(phone, "halaman-mitra")


def keep(page: Page, name: str) -> None:
    """Save what is in sight, with few enough colours to keep the repository small."""
    page.wait_for_timeout(400)
    shot = Image.open(BytesIO(page.screenshot())).convert("RGB").quantize(COLOURS, kmeans=3)
    shot.save(FOLDER / f"{name}.png", optimize=True)
    print(name)


if __name__ == "__main__":
    sys.exit(main())
