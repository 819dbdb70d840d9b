"""The letters of mitra as they lie on the desk: nobody signs an empty page; the file is for the archive."""

from datetime import UTC, date, datetime
from io import BytesIO

import pikepdf
import pytest
from pypdf import PdfReader

from halopst.letters.kinds import all_kinds, kind_named
from halopst.letters.rendering.press import Sheet, press
from halopst.letters.services.papers import values, with_foot
from tests.letters.factories import office
from tests.partners.test_word_texts import many

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 2)
EVERY_KIND = all_kinds()
BOTTOM_OF_A_LIST = 26 * 72 / 25.4
LONG = "Pemutakhiran kerangka geospasial dan muatan wilayah kerja statistik"


def paper_of(code, **data):
    kind = kind_named(code)
    given = {**kind.example, **data}
    said = values(kind=kind, data=given, unit=office(), number="B-001", dated_on=TODAY)
    data = with_foot(said, title=kind.title, number="B-001", token="x" * 22)
    return press().pdf(Sheet(body=kind.body, data=data, at=datetime(2026, 11, 2, tzinfo=UTC)))


def pages_of(code, **data):
    return [page.extract_text() for page in PdfReader(BytesIO(paper_of(code, **data))).pages]


def last_page(code, **data):
    return PdfReader(BytesIO(paper_of(code, **data))).pages[-1].extract_text()


def jobs(line, count):
    """This line of a payment list with so many jobs, each of a long name."""
    return {**line, "pekerjaan": [{**job, "kegiatan": LONG} for job in line["pekerjaan"] * count]}


@pytest.mark.parametrize("most_jobs", [1, 3])
def test_who_pays_never_signs_a_page_without_a_person(most_jobs):
    (line,) = kind_named("partners.payment_list").example["baris"]
    for people in range(1, 61):
        rows = [jobs(line, place % most_jobs + 1) for place in range(people)]

        signed = last_page("partners.payment_list", baris=rows)

        assert "Lunas dibayar" in signed, people
        assert "Terbilang jumlah diterima" in signed, people
        assert "a.n. Sri Contoh" in signed, people


def test_a_person_with_more_jobs_than_a_page_holds_is_still_signed_for_beside_a_job():
    (line,) = kind_named("partners.payment_list").example["baris"]
    for count in (16, 25, 40):
        pages = pages_of("partners.payment_list", baris=[line, jobs(line, count)])

        (signed,) = (page for page in pages if "Lunas dibayar" in page)
        assert "Jumlah Rp1.632.000" in signed.replace("\n", " "), count
        assert "kerja statistik" in signed, count


def lowest(page, word):
    """How far above the bottom of the page, in points, the lowest text with this word stands."""
    found = []

    def seen(text, space, place, *_font):
        if word in text:
            found.append(place[4] * space[1] + place[5] * space[3] + space[5])

    page.extract_text(visitor_text=seen)
    return min(found)


@pytest.mark.parametrize("people", [1, 2, 3])
def test_who_pays_signs_above_the_foot_and_begins_on_the_first_page_whoever_has_how_many_jobs(people):
    (line,) = kind_named("partners.payment_list").example["baris"]
    for count in range(4, 18):
        paper = paper_of("partners.payment_list", baris=[jobs(line, count)] * people)
        pages = PdfReader(BytesIO(paper)).pages

        assert lowest(pages[-1], "NIP") > BOTTOM_OF_A_LIST, count
        assert "a.n. Sri Contoh" in pages[0].extract_text(), count


@pytest.mark.parametrize("title", ["", " Kusumaningrum Puspitasari Wahyuningsih"])
def test_whose_jobs_go_on_over_the_page_is_named_on_each_of_its_pages(title):
    (line,) = kind_named("partners.payment_list").example["baris"]
    (job,) = line["pekerjaan"]
    for before in range(6):
        counts = [1] * before + [14, 3, 40, 1, 17, 13, 2, 22]
        rows = [
            {
                **line,
                "nama": f"Mitra-{who}{title}",
                "pekerjaan": [{**job, "kegiatan": f"Kerja-{who} {LONG}"}] * count,
            }
            for who, count in enumerate(counts)
        ]

        seen = set()
        for page in (" ".join(page.split()) for page in pages_of("partners.payment_list", baris=rows)):
            working = {who for who in range(len(rows)) if f"Kerja-{who} " in page}
            named = {who for who in range(len(rows)) if f"{who + 1} Mitra-{who}{title} *)" in page}
            going_on = {who for who in named if f"Mitra-{who}{title} *) (lanjutan)" in page}
            assert (named, going_on) == (working, working & seen), before
            assert page.count("Jumlah Rp") <= len(working) + 1, before
            seen |= working
        assert seen == set(range(len(rows)))


def test_who_decides_never_signs_an_annex_without_a_name():
    (person,) = kind_named("partners.decree").example["orang"]
    for people in range(1, 61):
        last = last_page("partners.decree", orang=[person] * people)

        assert "NIP 199001012015031001" in last, people
        assert person["nama"] in last, people


SUMMED = [
    ("partners.contract", ["kegiatan"], range(1, 61)),
    ("partners.activity-contract", ["kegiatan"], [18, 37, 56]),
    ("partners.handover", ["kegiatan"], [18, 19, 36, 37]),
    ("partners.termination", ["kegiatan"], range(18, 46)),
    ("partners.addendum", ["semula", "kegiatan"], range(4, 24)),
]


@pytest.mark.parametrize(("code", "lists", "lengths"), SUMMED, ids=[code for code, *_rest in SUMMED])
def test_a_sum_is_never_without_a_row_that_it_sums_up(code, lists, lengths):
    kind = kind_named(code)
    for rows in lengths:
        pages = pages_of(code, **{name: kind.example[name] * rows for name in lists})

        for before in (page[: page.index("Jumlah")] for page in pages if "Jumlah" in page):
            assert "Survei Contoh" in before, rows


@pytest.mark.parametrize(
    ("honor", "cost", "said"),
    [
        (
            0,
            350_000,
            ["tidak dibayarkan honor.", "kepada negara: Rp350.000 (tiga ratus lima puluh ribu rupiah)"],
        ),
        (
            680_000,
            0,
            ["dibayarkan honor Rp680.000 (enam ratus", "Tidak ada biaya pelatihan yang dikembalikan"],
        ),
    ],
)
def test_an_ending_says_in_words_what_is_not_paid_and_not_given_back(honor, cost, said):
    (page,) = pages_of("partners.termination", honor=honor, biaya_pelatihan=cost)

    assert [words for words in said if words not in " ".join(page.split())] == []
    assert "Rp0 (nol rupiah)" not in " ".join(page.split())


@pytest.mark.parametrize(
    ("code", "lists", "name", "closing"),
    [
        ("partners.contract", ["kegiatan"], "Budi Contoh", "Pasal 14"),
        ("partners.activity-contract", ["kegiatan", "per_bulan"], "Budi Contoh", "Pasal 14"),
        ("partners.addendum", ["semula", "kegiatan"], "Budi Contoh", "Pasal 3"),
        ("partners.handover", ["kegiatan"], "Budi Contoh", "berkekuatan hukum"),
        ("partners.termination", ["kegiatan"], "Budi Contoh", "menjaga kerahasiaan"),
        ("partners.order", ["menimbang", "untuk"], "Budi Contoh", "penuh tanggung jawab"),
        (
            "partners.decree",
            ["menimbang", "mengingat", "memutuskan"],
            "Ditetapkan di",
            "sebagaimana mestinya",
        ),
    ],
)
def test_a_signature_stands_below_the_words_that_close_the_letter(code, lists, name, closing):
    kind = kind_named(code)
    for rows in range(1, 19, 2):
        longer = {name: kind.example[name] * rows for name in lists}

        signed = [page for page in pages_of(code, **longer) if name in page][-1]

        assert closing in signed or closing in " ".join(signed.split()), rows


@pytest.mark.parametrize(
    "officers", ["pencacah (PCL/PPL)", "pencacah (PCL/PPL), pengawas lapangan (PML), dan entri"]
)
@pytest.mark.parametrize("code", ["partners.contract", "partners.activity-contract"])
def test_a_contract_names_its_officers_and_has_three_pages_however_long_their_names_are(code, officers):
    petugas = {
        "nama": "Sri Wahyuningsih Kusumaningrum, S.Stat., M.Si.",
        "nik": "9999010101900001",
        "alamat": LONG * 2,
    }

    first, _second, annex = pages_of(code, jenis_petugas=officers, petugas=petugas, nama_kegiatan=LONG)

    said = " ".join(first.split())
    assert f"PERJANJIAN KERJA MITRA STATISTIK PETUGAS {officers.upper()}" in said
    assert "BULAN NOVEMBER TAHUN 2026" in said
    assert "Terbilang: satu juta enam ratus tiga puluh dua ribu rupiah." in annex


@pytest.mark.parametrize("rows", [1, 4])
@pytest.mark.parametrize("kind", EVERY_KIND, ids=[kind.code for kind in EVERY_KIND])
def test_every_letter_is_pdf_a_2b_with_its_fonts_and_tags(kind, rows):
    with pikepdf.open(BytesIO(paper_of(kind.code, **many(kind.fields, kind.example, rows)))) as paper:
        with paper.open_metadata() as about:
            assert (about["pdfaid:part"], about["pdfaid:conformance"]) == ("2", "B")
            assert about["dc:title"] == f"{kind.title}, B-001"
        assert paper.Root.MarkInfo.Marked
        assert paper.Root.Lang == "id-ID"
        assert "/StructTreeRoot" in paper.Root
        assert len(paper.Root.OutputIntents) == 1
        fonts = [font for page in paper.pages for font in page.Resources.Font.values()]
        bare = [font.BaseFont for font in fonts if not _is_embedded(font)]
        assert fonts
        assert bare == []
        assert "/Encrypt" not in paper.trailer


def _is_embedded(font):
    described = font.DescendantFonts[0] if "/DescendantFonts" in font else font
    return any(name in described.FontDescriptor for name in ("/FontFile", "/FontFile2", "/FontFile3"))
