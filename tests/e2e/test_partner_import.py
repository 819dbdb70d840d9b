"""Importing mitra in a browser without scripts, with a real worker; with scripts it begins the story."""

import pytest

from tests.e2e.test_partner_story import SPREADSHEET, messy

pytestmark = pytest.mark.browser
HEAD = "seruni.3578@peragaan.example"


def test_without_scripts_the_import_is_forms_and_a_link_to_look_again(visit, service):
    page = visit(as_=HEAD, scripts=False)
    page.goto(f"/mitra/{service.slug}/impor/")
    file = {"name": "mitra.xlsx", "mimeType": SPREADSHEET, "buffer": messy(mended=True)}
    page.set_input_files("[name=file]", file)
    page.click("text=Unggah dan baca")
    page.click("text=Periksa semua baris")
    for words in ("Impor 200 baris", "Impor selesai."):
        for _ in range(100):
            if page.locator(f"text={words}").count():
                break
            page.wait_for_timeout(300)
            page.reload()
        if words.endswith("baris"):
            page.click(f"text={words}")

    assert page.locator(".angka4 dd").all_inner_texts() == ["200", "0", "0", "0"]
