"""A month of mitra in a real browser, with a real worker: from a messy file of 200 to their money."""

import csv
import io
import re
import zipfile
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import zxingcpp
from PIL import Image
from pypdf import PdfReader

from tests.partners.factories import example_nik
from tests.partners.sheets import read_back, xlsx

pytestmark = pytest.mark.browser
SLUG, HEAD, ADMIN = "sidoarjokab", "haryo.3515@peragaan.example", "dahlia.3515@peragaan.example"
ROWS, FIRST = 200, 5_000
PRICE, VOLUME, TOO_MUCH = 60_000, 20, 90
EXAMPLE = "Contoh, bukan angka resmi"
SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TODAY = datetime.now(ZoneInfo("Asia/Jakarta")).date()  # the office's: in UTC it is yesterday until seven
NIP = "199901011999011001"
PASTE = """
([input, text]) => {
  input.focus();
  const data = new DataTransfer();
  data.setData('text', text);
  input.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}));
}
"""


def messy(*, mended=False):
    """A title above the heads, blank rows between, heads of the office's own, three rows that cannot be."""
    heads = [
        "No",
        "NAMA PETUGAS",
        "No. KTP",
        "Kec.",
        "Alamat",
        "No HP/WA",
        "Ukuran kaos",
        "Bank",
        "No Rekening",
        "Atas Nama",
    ]
    rows = [["DAFTAR MITRA BPS"], [], heads]
    for n in range(ROWS):
        name, street, account = f"Peserta Uji {n:03d}", f"Jalan Contoh {n + 1}", f"77{n:08d}"
        person = [n + 1, name, example_nik(FIRST + n), "Waru", street, f"0812{n:08d}"]
        rows.append([*person, "L", "Bank Contoh", account, name])
        if n % 50 == 0:
            rows.append([])
    if not mended:
        rows[5][2], rows[6][2], rows[7][1] = "12345", 9999011708955003, ""
    return xlsx(rows).read()


def uploaded(page, content):
    page.goto(f"/mitra/{SLUG}/impor/")
    file = {"name": "mitra berantakan.xlsx", "mimeType": SPREADSHEET, "buffer": content}
    page.set_input_files("[name=file]", file)
    page.click("text=Unggah dan baca")
    page.click("text=Periksa semua baris")


def filled(page, address, values, button):
    page.goto(address)
    for name, value in values.items():
        field = page.locator(f"main form [name={name}]").first
        if field.evaluate("node => node.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    page.locator("main").get_by_role("button", name=button).click()


def prepared(page):
    """What an office has on record before it allocates: who signs, a budget line, a price, an activity."""
    for role in ("ppk", "bendahara", "pembuat_daftar"):
        signer = {"role": role, "name": "Arga Sentanu, S.ST.", "nip": NIP, "title": "Pejabat"}
        first = {"first_day": f"{TODAY.year}-01-01", "basis": EXAMPLE}
        filled(page, f"/surat/penanda-tangan/{SLUG}/", signer | first, "Simpan")
    code = "054.01.GG.2901.BMA.004.005.A.521213"
    line = {
        "year": str(TODAY.year),
        "code": code,
        "name": "Honor uji",
        "ceiling": "900000000",
        "valid_from": f"{TODAY.year}-01-02",
        "basis": EXAMPLE,
    }
    filled(page, f"/mitra/{SLUG}/acuan/mak/", line, "Tambah MAK")
    price = {"name": "Pencacahan uji", "volume_unit": "dokumen", "amount": str(PRICE), "basis": EXAMPLE}
    filled(page, f"/mitra/{SLUG}/acuan/harga/", price | {"valid_from": f"{TODAY.year}-01-01"}, "Tambah harga")
    survey = {"name": "Survei Uji", "short_name": "Survei Uji", "first_day": f"{TODAY:%Y-%m}-01"}
    page.goto(f"/mitra/{SLUG}/kegiatan/tambah/")
    line_id = page.locator("[name=budget_line] option", has_text=code).get_attribute("value")
    more = {"last_day": TODAY.isoformat(), "budget_line": line_id}
    filled(page, f"/mitra/{SLUG}/kegiatan/tambah/", survey | more, "Simpan kegiatan")
    price_id = page.locator("[name=unit_price] option", has_text="Pencacahan uji").get_attribute("value")
    filled(page, page.url, {"duty": "pcl_ppl", "unit_price": price_id}, "Tambah penugasan")


def saved(page):
    """Wait until nothing typed is on its way any more."""
    page.wait_for_function("() => !document.querySelector('.vol.kirim')")


def allocated(page):
    """A column pasted page by page; one is given more than the cap allows, is told so, and gets less."""
    for number in range(1, ROWS // 25 + 1):
        page.goto(f"/mitra/{SLUG}/alokasi/?page={number}")
        page.locator(".vol").first.evaluate("() => {}")
        page.evaluate(PASTE, [page.locator(".vol").first.element_handle(), f"{VOLUME}\n" * 25])
        saved(page)
    cell = page.locator("tbody[id] .vol").nth(2)
    cell.fill(str(TOO_MUCH))
    cell.press("Enter")
    saved(page)
    refused = page.locator(".fix").first.inner_text()
    page.locator(".fix").first.get_by_role("button", name="Batalkan isian").click()
    return refused


def made(page, wanted):
    """Wait on the page of a batch; the merged PDF and the index of its archive."""
    page.get_by_text(f"{wanted} jadi").wait_for(timeout=120_000)
    with page.expect_download() as merged:
        page.get_by_text("Unduh PDF gabungan").click(timeout=120_000)
    with page.expect_download() as archive:
        page.get_by_text("Unduh ZIP dengan indeks").click()
    with zipfile.ZipFile(archive.value.path()) as packed:
        index = packed.read("indeks.csv").decode("utf-8-sig")
    return PdfReader(merged.value.path()), list(csv.DictReader(io.StringIO(index), delimiter=";"))


def scan(service, index):
    """What a scanner would give back of these letters: a picture a page, with its code at the foot."""
    sheets = []
    for letter in index:
        address = f"{service.url}/verifikasi/{letter['token']}"
        code = zxingcpp.create_barcode(address, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
        sheet = Image.new("L", (620, 877), 255)
        sheet.paste(Image.fromarray(zxingcpp.write_barcode_to_image(code, scale=3)), (40, 700))
        sheets += [sheet] * int(letter["halaman"])
    content = io.BytesIO()
    sheets[0].save(content, "PDF", save_all=True, append_images=sheets[1:])
    return content.getvalue()


def signed(page, service, index):
    page.goto(f"/surat/pindaian/{SLUG}/")
    file = {"name": "pindaian.pdf", "mimeType": "application/pdf", "buffer": scan(service, index)}
    page.set_input_files("[name=file]", file)
    page.fill("[name=signer]", "Arga Sentanu, S.ST.")
    page.locator("main").get_by_role("button", name="Unggah").click()
    page.get_by_text(f"{len(index)} surat ditandatangani").wait_for(timeout=120_000)


def paper_of(page):
    """The text of the letter a list leads to, and what its scan needs of it."""
    page.locator("main a[href^='/surat/']").first.click()
    address = page.locator("a[href*='/verifikasi/']").first.get_attribute("href")
    with page.expect_download() as download:
        page.locator("a[href$='/pdf/']").first.click()
    paper = PdfReader(download.value.path())
    text = " ".join(" ".join(sheet.extract_text() for sheet in paper.pages).split())
    return text, {"token": address.rstrip("/").rpartition("/")[2], "halaman": len(paper.pages)}


def squeezed(paper):
    """All its words without the blanks, which fall where lines happen to end."""
    return "".join("".join(sheet.extract_text() for sheet in paper.pages).split())


def whole(printed):
    return int(printed.replace(".", ""))


def in_the_database(page, what):
    """What the office's month is on record as, as a program reads it."""
    return page.request.get(f"/api/v1/partners/units/{SLUG}/{what}?month={TODAY:%Y-%m}").json()


def rupiah(amount):
    return f"Rp{amount:,}".replace(",", ".")


def repaired(page):
    """The good rows go in, the mended file brings the rest; what the faulty cells were called."""
    uploaded(page, messy())
    page.wait_for_selector("text=Impor 197 baris")
    faults = page.locator("main tbody").inner_text()
    with page.expect_download() as download:
        page.click("text=Unduh baris yang salah")
    assert len(read_back(download.value.path().read_bytes())) == 1 + 3
    page.click("text=Impor 197 baris")
    page.wait_for_selector("text=Impor selesai.")
    uploaded(page, messy(mended=True))
    page.click("text=Impor 200 baris")
    page.wait_for_selector("text=Impor selesai.")
    assert page.locator(".angka4 dd").all_inner_texts() == ["3", "0", "197", "0"]
    return faults


def contracted(page):
    page.goto(f"/mitra/{SLUG}/persetujuan/")
    page.get_by_role("button", name=re.compile("Setujui semua")).click()
    assert f"{ROWS} mitra disetujui" in page.locator(".toast").inner_text()
    page.goto(f"/mitra/{SLUG}/perjanjian/")
    page.get_by_role("button", name=f"Buat {ROWS} perjanjian").click()
    return made(page, ROWS)


def handed_over(page):
    page.goto(f"/mitra/{SLUG}/serah-terima/")
    page.get_by_role("button", name=f"Catat {ROWS} mitra sesuai target").click()
    page.goto(f"/mitra/{SLUG}/serah-terima/berita-acara/")
    page.get_by_role("button", name=f"Buat {ROWS} berita acara").click()
    return made(page, ROWS)


def paid(page, service):
    """The text of the payment list, and the rows of the file for the bank."""
    page.goto(f"/mitra/{SLUG}/pembayaran/")
    page.get_by_role("button", name=f"Susun daftar untuk {ROWS} mitra").click()
    page.get_by_role("button", name="Terbitkan").click()
    page.get_by_text("Unggah pindaian yang sudah ditandatangani").wait_for()
    listed = page.url
    printed, letter = paper_of(page)
    signed(page, service, [letter])
    page.goto(listed)
    with page.expect_download() as download:
        page.get_by_text("Transfer CSV").click()
    page.get_by_role("button", name="Tandai sudah dibayar").click()
    text = download.value.path().read_text("utf-8-sig")
    return printed, list(csv.reader(io.StringIO(text), csv.Sniffer().sniff(text[:2000])))


def test_two_hundred_mitra_from_a_messy_file_to_their_money_in_the_bank(visit, service):
    page = visit(as_=HEAD)
    faults = repaired(page)
    assert [cell in faults for cell in ("C6", "C7", "B8")] == [True] * 3
    prepared(visit(as_=ADMIN))
    assert "melewati batas" in allocated(page)

    contracts, index = contracted(page)
    honors = [whole(amount) for amount in re.findall(r"menerimahonorRp([\d.]+)", squeezed(contracts))]
    (known,) = in_the_database(page, "monitoring/payments")
    assert (len(honors), sum(honors)) == (known["contracted"], known["contracted_honor"])
    assert honors == [PRICE * VOLUME] * ROWS
    assert len({row["nomor"] for row in index}) == ROWS
    stranger = visit()
    stranger.goto(f"/verifikasi/{index[7]['token']}")
    assert "Surat ini asli dan berlaku" in stranger.locator("main").inner_text()
    assert index[7]["nomor"] in stranger.locator("main").inner_text()
    signed(page, service, index)
    records, handed = handed_over(page)
    told = squeezed(records)
    assert [row["nomor"] for row in index if row["nomor"] not in told] == []
    assert told.count(f"berhakatashonor{rupiah(PRICE * VOLUME)}") == ROWS
    signed(page, service, handed)

    printed, transfers = paid(page, service)
    (known,) = in_the_database(page, "payment-lists")
    total = rupiah(known["net"])
    assert (known["state"], known["people"], known["net"]) == ("paid", ROWS, ROWS * PRICE * VOLUME)
    assert total in printed
    assert "dua ratus empat puluh juta rupiah" in printed.lower()
    assert sum(int(row[3]) for row in transfers[1:]) == known["net"]
    page.goto(f"/mitra/{SLUG}/pembayaran/")
    assert f"{ROWS} mitra, {total}, dibayar" in page.locator("main").inner_text()
