"""Every page a person can open: accessible, no wider than the phone, its list searchable (R-30)."""

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.browser

PUBLIC = [
    "/",
    "/?q=surabaya",
    "/{slug}/",
    "/satker/{slug}/standar/",
    "/konsultasi/{slug}/",
    "/konsultasi/{slug}/waktu/?ahli=siapa-saja",
    "/permintaan/lacak/",
    "/akun/masuk/",
    "/akun/masuk/kata-sandi/",
    "/tidak-ada/",
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
]
ADMIN = [
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
    "/mitra/{slug}/alokasi/",
    "/mitra/{slug}/persetujuan/",
    "/mitra/{slug}/pantauan/",
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
]


def serious(page):
    found = Axe().run(page).response["violations"]
    return [
        f"{v['id']}: {v['nodes'][0]['html'][:120]}" for v in found if v["impact"] in {"serious", "critical"}
    ]


def faults(page, paths, slug, width):
    """What is wrong with each page, by address."""
    wrong = {}
    for path in paths:
        address = path.format(slug=slug)
        answer = page.goto(address)
        problems = serious(page)
        if answer.status >= 500:
            problems.append(f"status {answer.status}")
        if (wide := page.evaluate("document.documentElement.scrollWidth")) > width:
            problems.append(f"{wide} px wide")
        if path in SEARCHED and not page.locator("main input[type=search]:visible").count():
            problems.append("no search in sight")
        if problems:
            wrong[address] = problems
    return wrong


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize(
    ("paths", "role"),
    [(PUBLIC, ""), (OFFICER, "officer"), (ADMIN, "admin")],
    ids=["public", "officer", "admin"],
)
def test_pages_serve_everyone(visit, service, paths, role, width, theme):
    people = {"": "", "officer": service.officer, "admin": "admin.pusat@peragaan.example"}
    page = visit(width=width, theme=theme, as_=people[role])

    assert faults(page, paths, service.slug, width) == {}
