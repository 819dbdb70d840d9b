"""A messy file of mitra in a real browser with a real worker: checked, imported, mended, imported again."""

import pytest

from tests.partners.factories import example_nik
from tests.partners.sheets import read_back, xlsx

pytestmark = pytest.mark.browser
HEAD = "seruni.3578@peragaan.example"
ROWS, FIRST = 200, 5_000
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def messy(*, mended=False):
    """A title above the heads, blank rows between, heads of the office's own, three rows that cannot be."""
    rows = [["DAFTAR MITRA BPS"], [], ["No", "NAMA PETUGAS", "No. KTP", "Kec.", "No HP/WA", "Ukuran kaos"]]
    for n in range(ROWS):
        rows.append([n + 1, f"Peserta Uji {n:03d}", example_nik(FIRST + n), "Waru", f"0812{n:08d}", "L"])
        if n % 50 == 0:
            rows.append([])
    if not mended:
        rows[5][2], rows[6][2], rows[7][1] = "12345", 9999011708955003, ""
    return xlsx(rows).read()


def uploaded(page, service, content):
    page.goto(f"/mitra/{service.slug}/impor/")
    page.set_input_files(
        "[name=file]", {"name": "mitra berantakan.xlsx", "mimeType": TYPE, "buffer": content}
    )
    page.click("text=Unggah dan baca")
    page.click("text=Periksa semua baris")


def test_good_rows_go_in_and_the_mended_file_brings_the_rest(visit, service):
    page = visit(as_=HEAD)
    uploaded(page, service, messy())
    page.wait_for_selector("text=Impor 197 baris")
    faults = page.locator("main tbody").inner_text()
    with page.expect_download() as download:
        page.click("text=Unduh baris yang salah")
    back = read_back(download.value.path().read_bytes())
    page.click("text=Impor 197 baris")
    page.wait_for_selector("text=Impor selesai.")

    assert [cell in faults for cell in ("C6", "C7", "B8")] == [True] * 3
    assert "Excel hanya menyimpan 15 angka" in faults
    assert len(back) == 1 + 3
    uploaded(page, service, messy(mended=True))
    page.click("text=Impor 200 baris")
    page.wait_for_selector("text=Impor selesai.")
    figures = page.locator(".angka4 dd").all_inner_texts()
    assert figures == ["3", "0", "197", "0"]
    page.goto(f"/mitra/{service.slug}/?q=Peserta+Uji")
    assert page.locator("#cari-q-n").inner_text() == "200 hasil"
    assert example_nik(FIRST) not in page.content()


def test_without_scripts_the_import_is_forms_and_a_link_to_look_again(visit, service):
    page = visit(as_=HEAD, scripts=False)
    uploaded(page, service, messy(mended=True))
    for _ in range(100):
        if page.locator("text=Impor 200 baris").count():
            break
        page.wait_for_timeout(300)
        page.reload()
    page.click("text=Impor 200 baris")
    for _ in range(100):
        if page.locator("text=Impor selesai.").count():
            break
        page.wait_for_timeout(300)
        page.reload()

    assert page.locator(".angka4 dd").all_inner_texts()[3] == "0"
