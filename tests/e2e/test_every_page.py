"""Every page a person can open: accessible, no wider than the phone, its list searchable (R-30)."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.browser

MISSING = "/tidak-ada/"
MITRA = "mitra1@peragaan.example"
OWN_DOORS = ["/saya-mitra/masuk/"]
PUBLIC = [
    "/",
    "/?q=surabaya",
    "/{slug}/",
    "/satker/{slug}/standar/",
    "/konsultasi/{slug}/",
    "/konsultasi/{slug}/waktu/?ahli=siapa-saja",
    "/aida/{slug}/",
    "/cari/?q=inflasi",
    "/permintaan/lacak/",
    "/akun/masuk/",
    "/akun/masuk/kata-sandi/",
    MISSING,
]
OFFICER = [
    "/permintaan/kotak-masuk/",
    "/permintaan/saya/",
    "/konsultasi/kalender/",
    "/keahlian/",
    "/penilaian/",
    "/pemberitahuan/",
    "/pemberitahuan/pilihan/",
    "/akun/",
    "/akun/token/",
    "/akun/data-saya/",
    "/akun/surel/",
    "/akun/kata-sandi/",
    "/akun/dua-langkah/",
    "/akun/dua-langkah/aktifkan/",
    "/permintaan/baru/{slug}/",
    "/aida/{slug}/antrean/",
    "/aida/{slug}/percakapan/",
    "/pengetahuan/padanan/",
]
ADMIN = [
    "/aida/{slug}/saluran/",
    "/kelola/",
    "/laporan/",
    "/satker/",
    "/satker/{slug}/kelola/",
    "/satker/{slug}/kelola/standar/",
    "/satker/{slug}/kelola/maklumat/",
    "/kalender/{slug}/jam/",
    "/kalender/{slug}/libur/",
    "/akun/orang/",
    "/akun/audit/",
    "/keahlian/{slug}/ahli/",
    "/keahlian/{slug}/bidang/",
    "/keahlian/{slug}/aturan/",
    "/pemberitahuan/kotak-keluar/",
    "/pemberitahuan/naskah/",
    "/pemberitahuan/naskah/{slug}/consultations.approved/id/",
    "/satker/baru/",
    "/satker/teks-bawaan/konsultasi/",
    "/satker/{slug}/kelola/identitas/",
    "/satker/{slug}/kelola/layanan/",
    "/kalender/{slug}/jam/ubah/",
    "/kalender/{slug}/jam/khusus/",
    "/kalender/{slug}/libur/keputusan/",
    "/akun/orang/undang/",
    "/akun/peran-sso/",
    "/akun/penghapusan/",
    "/konsultasi/aturan/{slug}/",
    "/permintaan/aturan/{slug}/",
    "/keahlian/{slug}/ahli/tambah/",
    "/pengetahuan/",
    "/pengetahuan/baru/",
    "/pengetahuan/unggah/",
    "/data/{slug}/",
    "/data/{slug}/akses/",
    "/data/{slug}/berkas/",
    "/data/{slug}/indikator/",
    "/data/{slug}/permintaan/",
    "/aida/{slug}/mutu/",
    "/aida/{slug}/mutu/soal/",
    "/aida/{slug}/mutu/soal/baru/",
]
MITRA_WORK = [
    "/mitra/{slug}/",
    "/mitra/{slug}/tambah/",
    "/mitra/{slug}/impor/",
    "/mitra/{slug}/alokasi/",
    "/mitra/{slug}/persetujuan/",
    "/mitra/{slug}/perjanjian/",
    "/mitra/{slug}/serah-terima/",
    "/mitra/{slug}/serah-terima/berita-acara/",
    "/mitra/{slug}/pembayaran/",
    "/mitra/{slug}/pantauan/",
    "/mitra/{slug}/naskah/",
    "/mitra/{slug}/kegiatan/",
    "/mitra/{slug}/kegiatan/tambah/",
    "/mitra/{slug}/pindaian/",
    "/mitra/{slug}/acuan/aturan/",
    "/mitra/{slug}/acuan/batas/",
    "/mitra/{slug}/acuan/harga/",
    "/mitra/{slug}/acuan/mak/",
    "/mitra/{slug}/acuan/pajak/",
    "/mitra/{slug}/acuan/tim/",
    "/surat/",
    "/surat/naskah/{slug}/",
    "/surat/nomor/{slug}/",
    "/surat/nomor/{slug}/pola/",
    "/surat/nomor/{slug}/lama/",
    "/surat/penanda-tangan/{slug}/",
    # a page reached from a list: the list, and what the address of its first row begins with
    "/mitra/{slug}/|/mitra/{slug}/",
    "/mitra/{slug}/alokasi/|/mitra/{slug}/alokasi/",
    "/mitra/{slug}/kegiatan/|/mitra/{slug}/kegiatan/",
    "/surat/naskah/{slug}/|/surat/naskah/{slug}/partners",
    "/data/jatim/indikator/|/data/jatim/indikator/",
]
SEARCHED = [
    "/",
    "/konsultasi/{slug}/",
    "/permintaan/kotak-masuk/",
    "/konsultasi/kalender/",
    "/penilaian/",
    "/pemberitahuan/",
    "/laporan/",
    "/satker/",
    "/kalender/{slug}/libur/",
    "/akun/orang/",
    "/akun/audit/",
    "/keahlian/{slug}/ahli/",
    "/keahlian/{slug}/bidang/",
    "/pemberitahuan/kotak-keluar/",
    "/pemberitahuan/naskah/",
    "/mitra/{slug}/alokasi/",
    "/mitra/{slug}/persetujuan/",
    "/mitra/{slug}/pantauan/",
    "/cari/?q=inflasi",
    "/pengetahuan/",
    "/aida/{slug}/antrean/",
    "/aida/{slug}/percakapan/",
    "/pengetahuan/padanan/",
    "/data/{slug}/permintaan/",
]


FIRST_ROW = """(main, start) => [...main.querySelectorAll('a')].map(a => a.getAttribute('href'))
    .find(href => href?.startsWith(start) && /^[0-9]|^[.]/.test(href.slice(start.length)))"""


def serious(page):
    found = Axe().run(page).response["violations"]
    return [
        f"{v['id']}: {v['nodes'][0]['html'][:120]}" for v in found if v["impact"] in {"serious", "critical"}
    ]


def faults(page, paths, slug, width):
    """What is wrong with each page, by address."""
    wrong = {}
    for path in paths:
        address, _, row = path.format(slug=slug).partition("|")
        answer = page.goto(address)
        if row:
            found = page.locator("main").evaluate(FIRST_ROW, row)
            assert found, f"no row of {address} leads to {row}"
            address, answer = found, page.goto(found)
        problems = serious(page)
        if answer.status != (404 if path == MISSING else 200):
            problems.append(f"status {answer.status}")
        if (wide := page.evaluate("document.documentElement.scrollWidth")) > width:
            problems.append(f"{wide} px wide")
        if path in SEARCHED and not page.locator("main input[type=search]:visible").count():
            problems.append("no search in sight")
        if problems:
            wrong[address] = problems
    return wrong


@pytest.mark.parametrize(("width", "theme"), [(1280, "light"), (320, "dark")])
@pytest.mark.parametrize(
    ("paths", "role"),
    [(PUBLIC, ""), (OFFICER, "officer"), (ADMIN, "admin"), (MITRA_WORK, "admin")],
    ids=["public", "officer", "admin", "mitra"],
)
def test_pages_serve_everyone(visit, service, paths, role, width, theme):
    people = {"": "", "officer": service.officer, "admin": "admin.pusat@peragaan.example"}
    page = visit(width=width, theme=theme, as_=people[role])

    assert faults(page, paths, service.slug, width) == {}


def test_a_mitra_s_own_page_works_on_a_phone_without_scripts_and_serves_everyone(visit, service):
    plain = visit(scripts=False, width=390)
    plain.goto("/saya-mitra/")
    plain.fill("[name=address]", MITRA)
    plain.click("main button[type=submit]")
    code = re.search(r"\b\d{6}\b", service.mail.to(MITRA, "kode halaman mitra")["subject"])[0]
    plain.fill("[name=code]", code)
    plain.click("main button[type=submit]")
    plain.get_by_role("button", name="Sudah benar").click()
    plain.wait_for_load_state()
    assert "Anda benarkan" in plain.locator("#rekening").inner_text()
    scan = plain.get_by_role("link", name="Kirim pindaian").first.get_attribute("href")

    page = visit(width=390, theme="dark")
    wrong = faults(page, OWN_DOORS, service.slug, 390)
    page.context.add_cookies(plain.context.cookies())
    assert {**wrong, **faults(page, ["/saya-mitra/", scan], service.slug, 390)} == {}


def test_the_api_explains_itself_without_another_address(visit, service):
    page = visit(width=1280, theme="light", as_="")
    said, asked = [], []
    page.on("console", lambda message: said.append(message.text))
    page.on("request", lambda request: asked.append(request.url))

    page.goto("/api/v1/docs")
    page.wait_for_selector(".opblock")

    assert page.locator(".opblock").count() > 60
    assert said == []
    assert [url for url in asked if not url.startswith((service.url, "data:"))] == []


def test_what_is_typed_and_what_is_chosen_beside_it_are_asked_together(visit):
    page = visit()
    page.goto("/cari/")
    for act, address in (
        (lambda: page.fill("main input[type=search]", "inflasi"), r"q=inflasi$"),
        (lambda: page.select_option("[name=jenis]", "concept"), r"q=inflasi&.*jenis=concept"),
        (lambda: page.fill("main input[type=search]", "miskin"), r"q=miskin&jenis=concept"),
    ):
        act()
        page.wait_for_url(re.compile(address))
    assert page.locator("#hasil mark").first.is_visible()
