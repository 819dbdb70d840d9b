"""The allocation sheet in a real browser: typing, too much, handing on, paste, undo; and as a plain form."""

import re

import pytest

pytestmark = pytest.mark.browser
HEAD = "seruni.3578@peragaan.example"

PASTE = """
(input, text) => {
  input.focus();
  const data = new DataTransfer();
  data.setData('text', text);
  input.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}));
}
"""


def sheet(page, service, **query):
    extra = "".join(f"&{key}={value}" for key, value in query.items())
    page.goto(f"/mitra/{service.slug}/alokasi/?saring=semua{extra}")
    return page


def saved(page):
    """Wait until nothing typed is on its way any more."""
    page.wait_for_function("() => !document.querySelector('.vol.kirim')")


def test_honor_follows_the_typing_and_what_is_too_much_finds_its_way_out(visit, service):
    page = sheet(visit(as_=HEAD), service, saring="belum")
    body = page.locator("tbody[id]").first
    cell = body.locator(".vol").first  # the last runs over New Year: its value is shared out
    price = int(cell.get_attribute("data-harga"))

    cell.fill("2")
    assert body.locator(".total").inner_text() == f"Rp{2 * price:,}".replace(",", ".")
    cell.press("Enter")
    saved(page)
    cell.fill(str(4_170_000 // price + 3))
    assert body.locator(".kata").inner_text().startswith("Lebih Rp")
    cell.press("Enter")
    saved(page)

    assert re.search("melewati batas. Kurangi 3 ", body.locator(".fix").inner_text())
    body.locator("[name=alih]").click()
    assert "Kelebihan dialihkan ke" in page.locator(".toast").inner_text()


def test_a_block_from_a_spreadsheet_is_pasted_and_undone_as_one(visit, service):
    page = sheet(visit(as_=HEAD), service, q="a")
    bodies = page.locator("tbody[id]")
    before = [bodies.nth(row).locator(".vol").nth(col).input_value() for row in (0, 1) for col in (0, 1)]

    bodies.nth(0).locator(".vol").first.evaluate(PASTE, "3\t4\n5\t6\n")
    saved(page)
    after = [bodies.nth(row).locator(".vol").nth(col).input_value() for row in (0, 1) for col in (0, 1)]
    page.locator("#urungkan").click()
    page.wait_for_function("() => document.querySelector('#ulangi:enabled')")
    undone = [
        page.locator("tbody[id]").nth(row).locator(".vol").nth(col).input_value()
        for row in (0, 1)
        for col in (0, 1)
    ]

    assert after == ["3", "4", "5", "6"]
    assert undone == before


def test_ctrl_z_and_ctrl_y_go_back_and_forth_and_leave_the_typing_to_the_browser(visit, service):
    page = sheet(visit(as_=HEAD), service)
    cells = [page.locator("tbody[id]").nth(row).locator(".vol").first for row in (5, 6)]
    before = cells[0].input_value()
    wanted = "2" if before != "2" else "3"
    cells[0].fill(wanted)
    cells[0].press("Enter")
    saved(page)

    page.keyboard.press("Control+z")
    page.wait_for_function(
        "() => document.querySelector('#kabar-lembar').textContent.startsWith('Diurungkan')"
    )
    undone = cells[0].input_value()
    page.keyboard.press("Control+Shift+z")
    page.wait_for_function("() => document.querySelector('#kabar-lembar').textContent.startsWith('Diulangi')")
    redone = cells[0].input_value()
    cells[1].press("End")
    cells[1].press_sequentially("7")
    cells[1].press("Control+z")

    assert (undone, redone) == (before, wanted)
    assert cells[1].input_value() == cells[1].get_attribute("data-tampil")
    assert cells[0].input_value() == wanted
    assert page.locator("#ulangi").is_disabled()


def test_on_a_phone_what_was_undone_is_seen_where_the_thumb_is(visit, service):
    page = sheet(visit(as_=HEAD), service)
    cell = page.locator("tbody[id]").nth(7).locator(".vol").first
    cell.fill("2" if cell.input_value() != "2" else "3")
    cell.press("Enter")
    saved(page)

    page.set_viewport_size({"width": 390, "height": 844})
    page.locator("#urungkan").click()

    said = page.locator("#kabar-lembar", has_text="Diurungkan")
    said.wait_for()
    seen, dock = said.bounding_box(), page.locator(".dock").bounding_box()
    assert seen["y"] >= 0
    assert seen["y"] + seen["height"] <= dock["y"]


def test_without_scripts_undo_and_redo_are_forms(visit, service):
    page = sheet(visit(as_=HEAD, scripts=False), service)
    cell = page.locator(".vol").nth(3)
    before = cell.input_value()
    wanted = "2" if before != "2" else "3"
    cell.fill(wanted)
    page.locator(".kakis button").click()

    page.get_by_role("button", name="Urungkan perubahan terakhir Anda").click()
    undone = page.locator(".vol").nth(3).input_value()
    page.get_by_role("button", name="Ulangi yang baru Anda urungkan").click()

    assert (undone, page.locator(".vol").nth(3).input_value()) == (before, wanted)
    assert "Diulangi" in page.locator(".toast").inner_text()


def test_a_block_longer_than_the_page_is_seen_first_then_filled_and_undone_as_one(visit, service):
    page = sheet(visit(as_=HEAD), service)
    cell = page.locator("tbody[id]").nth(1).locator(".vol").first
    first = cell.locator("xpath=ancestor::tbody").locator(".nm a").inner_text()
    before = cell.input_value()

    cell.evaluate(PASTE, "\n".join(["1"] * 29 + ["1,5"]))
    page.wait_for_url("**/alokasi/tempel/**")
    assert f"dari {first} sampai" in page.locator(".judul").inner_text()
    assert "1,5" in page.locator("section", has_text="1 tidak ikut").inner_text()
    page.get_by_role("button", name=re.compile("^Isi ")).click()
    page.goto(f"/mitra/{service.slug}/alokasi/?saring=semua&page=2")
    beyond = [one.input_value() for one in page.locator("tbody[id] .vol:first-child").all()]
    page.goto(f"/mitra/{service.slug}/alokasi/?saring=semua")
    page.locator("#urungkan").click()
    page.wait_for_function("() => document.querySelector('#ulangi:enabled')")

    assert "1" in beyond
    assert page.locator("tbody[id]").nth(1).locator(".vol").first.input_value() == before


def test_a_block_wider_than_the_sheet_says_so_first_and_an_empty_column_beside_it_does_not_count(
    visit, service
):
    page = sheet(visit(as_=HEAD), service)
    title = page.locator("thead .end").last.evaluate("one => one.firstChild.textContent")
    cells = [page.locator("tbody[id]").nth(row).locator(".vol").last for row in (9, 10)]
    before = [cell.input_value() for cell in cells]
    wanted = ["2" if text == "1" else "1" for text in before]

    cells[0].evaluate(PASTE, f"{wanted[0]}\t\n{wanted[1]}\t\n")
    saved(page)
    filled = [cell.input_value() for cell in cells]
    page.locator("#urungkan").click()
    page.wait_for_function("() => document.querySelector('#ulangi:enabled')")
    cells[0].evaluate(PASTE, f"{wanted[0]}\t4\n{wanted[1]}\t6\n")
    page.wait_for_url("**/alokasi/tempel/**")

    assert filled == wanted
    told = page.locator(".judul").inner_text()
    assert f"2 angka tidak ikut, karena tidak ada kegiatan di kanan {title}." in told
    page.get_by_role("link", name="Batal").click()
    assert [cell.input_value() for cell in cells] == before


def test_a_block_with_heads_fills_their_columns_once_the_unknown_one_is_decided(visit, service):
    page = sheet(visit(as_=HEAD), service)
    heads = [
        head.evaluate("one => one.firstChild.textContent") for head in page.locator("thead .end").all()[:2]
    ]
    row = page.locator("tbody[id]").nth(7)
    name, cells = row.locator(".nm a").inner_text(), row.locator(".vol")
    before = [cells.nth(n).input_value() for n in (0, 1)]
    wanted = [str(int(text) + 1) for text in before]

    block = f"Nama\tJumlah\t{heads[1]}\t{heads[0]}\n{name}\t9\t{wanted[1]}\t{wanted[0]}"
    page.locator(".vol").first.evaluate(PASTE, block)
    page.wait_for_url("**/alokasi/tempel/**")
    page.get_by_label("Jumlah").select_option("0")
    page.get_by_role("button", name="Lihat yang akan terisi").click()
    page.get_by_role("button", name=re.compile("^Isi ")).click()
    page.goto(f"/mitra/{service.slug}/alokasi/?saring=semua")
    cells = page.locator("tbody[id]").nth(7).locator(".vol")
    filled = [cells.nth(n).input_value() for n in (0, 1)]
    page.locator("#urungkan").click()
    page.wait_for_function("() => document.querySelector('#ulangi:enabled')")

    assert filled == wanted
    assert [cells.nth(n).input_value() for n in (0, 1)] == before


def test_the_keys_move_as_in_a_spreadsheet_and_esc_takes_back(visit, service):
    page = sheet(visit(as_=HEAD), service)
    rows = page.locator("tbody[id]")
    cell = rows.nth(0).locator(".vol").nth(0)
    before = cell.input_value()

    cell.fill("77")
    cell.press("Escape")
    assert cell.input_value() == before
    for key, row, col in (("ArrowRight", 0, 1), ("ArrowDown", 1, 1), ("ArrowLeft", 1, 0), ("ArrowUp", 0, 0)):
        page.keyboard.press(key)
        there = rows.nth(row).locator(".vol").nth(col)
        assert there.evaluate("one => one === document.activeElement")


def test_what_cannot_be_sent_stays_with_its_reason_and_is_sent_again(visit, service):
    page = sheet(visit(as_=HEAD), service)
    cell = page.locator("tbody[id]").nth(3).locator(".vol").first
    wanted = "1" if cell.input_value() != "1" else "2"
    page.route("**/alokasi/isi/**", lambda route: route.abort())

    cell.fill(wanted)
    cell.press("Enter")
    again = page.get_by_role("button", name="Coba simpan lagi")
    again.wait_for()
    assert cell.input_value() == wanted
    assert "sambungan terputus" in cell.get_attribute("title")
    page.unroute("**/alokasi/isi/**")
    again.click()
    saved(page)

    assert again.is_hidden()
    page.reload()
    assert page.locator("tbody[id]").nth(3).locator(".vol").first.input_value() == wanted


def test_of_two_who_change_one_cell_the_later_is_told(visit, service):
    early, late = (sheet(visit(as_=HEAD), service) for _person in range(2))
    cells = [page.locator("tbody[id]").nth(4).locator(".vol").first for page in (early, late)]
    first, second = ("1", "2") if cells[0].input_value() not in "12" else ("3", "4")

    for page, cell, volume in zip((early, late), cells, (first, second), strict=True):
        cell.fill(volume)
        cell.press("Enter")
        saved(page)

    told = late.locator("#kabar-lembar").inner_text()
    assert f"diubah orang lain menjadi {first}; isian Anda {second} belum disimpan." in told
    assert (cells[1].input_value(), cells[1].get_attribute("aria-invalid")) == (second, "true")

    cells[1].press("Enter")
    saved(late)
    late.wait_for_function("() => !document.querySelector('.vol.beda')")
    early.reload()
    assert early.locator("tbody[id]").nth(4).locator(".vol").first.input_value() == second


def test_what_was_said_of_a_wrong_volume_goes_once_it_is_taken_back(visit, service):
    page = sheet(visit(as_=HEAD), service)
    cell, line = page.locator(".vol").first, page.locator("#kabar-lembar")
    usual = line.inner_text()

    cell.fill("dua")
    cell.press("Enter")
    assert "Isi bilangan bulat" in line.inner_text()
    cell.press("Escape")

    assert (line.inner_text(), cell.get_attribute("aria-invalid")) == (usual, "false")


def test_what_is_typed_while_the_last_is_on_its_way_is_saved_too(visit, service):
    page, held = sheet(visit(as_=HEAD), service), []
    page.route("**/alokasi/isi/**", lambda route: held.append(route))  # noqa: PLW0108  # Playwright asks for the signature
    cells = page.locator("tbody[id]").nth(2).locator(".vol")

    def typed(cell):
        cell.fill("1" if cell.input_value() != "1" else "2")
        cell.press("Enter")

    with page.expect_request("**/alokasi/isi/**"):
        typed(cells.nth(0))
    typed(cells.nth(1))
    page.wait_for_timeout(600)

    assert len(held) == 1
    held[0].continue_()
    page.unroute("**/alokasi/isi/**")

    saved(page)


def test_the_meter_follows_the_typing_on_the_page_of_one_mitra_on_a_phone(visit, service):
    page = sheet(visit(as_=HEAD, width=390, theme="dark"), service)
    page.locator("tbody[id] .ubah a").first.click()
    cell, line, total = page.locator("#lembar1 .vol").first, page.locator(".sisa1"), page.locator(".total")
    price, stored, before = int(cell.get_attribute("data-harga")), cell.input_value(), line.inner_text()
    beside = int(re.sub(r"\D", "", total.inner_text())) - price * int(stored)
    room = (4_170_000 - beside) // price

    cell.fill(str(room))
    held = total.inner_text(), line.inner_text()
    cell.fill(str(room + 1))
    over = line.inner_text()
    cell.fill("1,5")
    unclear = cell.get_attribute("aria-invalid")
    cell.fill(stored)

    honor = f"Rp{beside + room * price:,}".replace(",", ".")
    left = f"Rp{4_170_000 - beside - room * price:,}".replace(",", ".")
    assert held == (honor, f"Honor {honor} dari batas Rp4.170.000. Sisa {left}.")
    assert (". Lebih Rp" in over, unclear) == (True, "true")
    assert line.inner_text() == before


def test_without_scripts_the_sheet_is_a_form(visit, service):
    page = sheet(visit(as_=HEAD, scripts=False), service)
    cell = page.locator(".vol").first
    wanted = "1" if cell.input_value() != "1" else "2"

    cell.fill(wanted)
    page.locator(".kakis button").click()

    assert "volume tersimpan" in page.locator(".toast").inner_text()
    assert page.locator(".vol").first.input_value() == wanted


def test_what_is_approved_becomes_contracts_that_anyone_can_verify(visit, service):
    page = visit(as_=HEAD)
    page.goto(f"/mitra/{service.slug}/persetujuan/")
    page.get_by_role("button", name=re.compile("Setujui semua")).click()
    assert "mitra disetujui" in page.locator(".toast").inner_text()

    page.get_by_role("link", name="Buat perjanjian kerja").click()
    page.wait_for_load_state()
    wanted = int(re.search(r"(\d+) perjanjian siap dibuat", page.locator("main").inner_text())[1])
    page.get_by_role("button", name=re.compile(r"^Buat \d+ perjanjian")).click()
    page.get_by_text(f"{wanted} jadi").wait_for(timeout=90_000)

    page.goto("/surat/")
    page.locator("#daftar tbody a").first.click()
    address = page.locator("a[href*='/verifikasi/']").first.get_attribute("href")
    stranger = visit()
    stranger.goto(address)
    assert "Surat ini asli dan berlaku" in stranger.locator("main").inner_text()
