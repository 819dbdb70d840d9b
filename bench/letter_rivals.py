"""The same three-page contract through our press, WeasyPrint, and docxtpl with LibreOffice, side by side.

    python -m bench.letter_rivals [--letters 400] [--theirs 40]

Letters a second of processor time (one core's worth) and of the clock, and the memory at its highest. Ours
and WeasyPrint print the very same, with letterhead, QR code and page numbers in the foot, signatures, hyphens
and tags; LibreOffice's letter has neither letterhead nor QR code.
`make rivals` brings WeasyPrint with Debian's Pango, and LibreOffice, which gets its documents in one call, as
a batch would. Who is not installed is not compared, and that is said.
"""

# ruff: noqa: PLC0415  # Django is imported after its settings are named

import argparse
import base64
import html
import importlib.util
import json
import os
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.scene import machine, table

FONTS = Path(__file__).resolve().parents[1] / "src/halopst/letters/rendering/fonts"
PDF_A = 'pdf:writer_pdf_Export:{"SelectPdfVersion":{"type":"long","value":"2"}}'
TIMES_WEASYPRINT, TIMES_LIBREOFFICE = 20, 12
STYLE = f"""
@font-face {{ font-family: Ours; src: url(file://{FONTS}/PlusJakartaSans-Regular.ttf) }}
@font-face {{ font-family: Ours; font-weight: bold; src: url(file://{FONTS}/PlusJakartaSans-Bold.ttf) }}
@page {{ size: A4; margin: 20mm 20mm 30mm 25mm; @bottom-left {{ content: element(kaki); width: 100% }} }}
body {{ font: 10pt/1.36 Ours; text-align: justify; hyphens: auto }}
h1, h2, .kop, .ttd td {{ text-align: center }} h1 {{ font-size: 11.5pt }}
h2 {{ font-size: 10pt; break-after: avoid; margin: 1em 0 .2em }} p {{ margin: 0 }}
.kop {{ border-bottom: 1.2pt solid; font-size: 8.5pt }} .kop b {{ font-size: 13pt }}
.kaki {{ position: running(kaki); font-size: 7.5pt; color: #595959 }} .kaki img {{ width: 15mm; float: left }}
.kaki i::after {{ content: "Halaman " counter(page) " dari " counter(pages) }}
table {{ width: 100%; border-collapse: collapse }}
.lampiran td, th {{ border: .5pt solid #888; padding: 4pt }}
.rincian td:first-child {{ width: 38mm }} .ttd {{ break-inside: avoid }}
.ttd b {{ display: block; margin-top: 20mm }}
.lampiran {{ break-before: page }}
"""


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--letters", type=int, default=400)
    parser.add_argument("--theirs", type=int, default=40)
    parser.add_argument("--only", choices=sorted(RUNS), help="measure one of them in this very process")
    return parser.parse_args()


def written(number: int) -> dict[str, Any]:
    """The values of one contract as every template prints them."""
    from bench import contract
    from halopst.letters.services.papers import values
    from halopst.units.models import Unit

    unit = Unit(name="BPS Kabupaten Contoh", region="Contoh", code="3509", address="Jl. Contoh 1")
    text = f"B-{number:05d}/35090/VS.330/2026"
    return values(
        kind=contract.KIND, data=contract.data(number), unit=unit, number=text, dated_on=contract.TODAY
    )


def by_ours(letters: int) -> None:
    from bench import contract
    from halopst.letters.rendering.press import Press, Sheet
    from halopst.letters.services.papers import with_foot

    press = Press()
    for number in range(letters):
        foot = with_foot(
            written(number), title=contract.KIND.title, number=f"B-{number:05d}", token=f"ukur{number:018d}"
        )
        press.pdf(Sheet(body=contract.BODY, data=foot, at=contract.NOW))
    press.close()


def by_weasyprint(letters: int) -> None:
    import weasyprint

    from bench import contract
    from halopst.letters.services.papers import with_foot

    fonts = weasyprint.text.fonts.FontConfiguration()
    style = weasyprint.CSS(string=STYLE, font_config=fonts)
    for number in range(letters):
        foot = with_foot(
            written(number), title=contract.KIND.title, number=f"B-{number:05d}", token=f"ukur{number:018d}"
        )
        page = weasyprint.HTML(string=_as_html(foot))
        page.write_pdf(stylesheets=[style], font_config=fonts, pdf_variant="pdf/a-2b", pdf_tags=True)


def by_libreoffice(letters: int) -> None:
    from docxtpl import DocxTemplate

    from bench import contract

    with TemporaryDirectory() as folder:
        template = Path(folder) / "templat.docx"
        template.write_bytes(contract.word_template())
        made = [Path(folder) / f"{number}.docx" for number in range(letters)]
        for number, path in enumerate(made):
            document = DocxTemplate(template)
            document.render(written(number), autoescape=True)
            document.save(path)
        office = [shutil.which("soffice") or "soffice", f"-env:UserInstallation=file://{folder}/profil"]
        convert = ["--headless", "--convert-to", PDF_A]
        subprocess.run(  # noqa: S603  # our own documents
            [*office, *convert, "--outdir", folder, *map(str, made)], check=True, capture_output=True
        )
        if len(list(Path(folder).glob("*.pdf"))) != letters:
            raise SystemExit("LibreOffice left letters out")


RUNS: dict[str, Callable[[int], None]] = {
    "ours": by_ours,
    "weasyprint": by_weasyprint,
    "libreoffice": by_libreoffice,
}
THERE: dict[str, Callable[[], object]] = {
    "ours": lambda: True,
    "weasyprint": lambda: importlib.util.find_spec("weasyprint"),
    "libreoffice": lambda: shutil.which("soffice"),
}


def _as_html(values: dict[str, Any]) -> str:
    """What `bench.contract.BODY` and the press's foot print, as a page."""
    safe = {name: html.escape(value) for name, value in values.items() if isinstance(value, str)}
    foot, office = values["halopst"], values["satker"]
    picture = base64.b64encode(foot["qr"].encode()).decode()
    signed = "".join(
        f"<td>{role}<b>{safe[name]}</b></td>"
        for role, name in (("PIHAK KEDUA", "nama"), ("PIHAK PERTAMA", "ppk"))
    )
    return (
        f"<html lang=id><title>{safe['nomor']}</title><div class=kaki><img alt='Kode QR pemeriksaan keaslian'"
        f" src='data:image/svg+xml;base64,{picture}'>{html.escape(foot['nomor'])} <i></i><br>"
        f"Periksa keaslian surat ini di {html.escape(foot['alamat'])}</div>"
        f"<div class=kop><b>{html.escape(office['nama'].upper())}</b><br>{html.escape(office['kop'])}</div>"
        f"<h1>PERJANJIAN KERJA MITRA STATISTIK<br>Nomor: {safe['nomor']}</h1>"
        f"<p>Pada hari ini {safe['tanggal_hari']}, {safe['tanggal_terbilang']}, kami yang bertanda tangan di"
        f" bawah ini:</p>{_pairs(('Nama', safe['ppk']), ('Jabatan', 'Pejabat Pembuat Komitmen'))}"
        f"{_pairs(('Nama', safe['nama']), ('NIK', safe['nik']), ('Alamat', safe['alamat']))}"
        f"{_articles(safe)}<table class=ttd><tr>{signed}</tr></table>{_annex(values['kegiatan'])}"
    )


def _pairs(*pairs: tuple[str, str]) -> str:
    rows = "".join(f"<tr><td>{name}<td>:<td>{value}" for name, value in pairs)
    return f"<table class=rincian>{rows}</table>"


def _articles(safe: dict[str, str]) -> str:
    from bench import contract

    made = []
    for place, (name, text) in enumerate(contract.ARTICLES, 1):
        for value in ("mulai", "selesai", "honor_terbilang", "honor"):
            text = text.replace(f"#d.{value}", safe[value])  # noqa: PLW2901  # one text, filled in
        made.append(f"<h2>Pasal {place}<br>{name}</h2><p>{text}{contract.FILLER}</p>")
    return "".join(made)


def _annex(lines: list[dict[str, Any]]) -> str:
    rows = "".join(
        f"<tr><td>{n}<td>{html.escape(k['nama'])}<td>{k['volume']}<td>{k['nilai']}"
        for n, k in enumerate(lines, 1)
    )
    head = "<tr><th>No<th>Kegiatan<th>Volume<th>Nilai"
    return f"<div class=lampiran><h1>LAMPIRAN</h1><table><thead>{head}<tbody>{rows}</table></div>"


def alone(name: str, letters: int) -> None:
    """Print the seconds for `letters`, by clock and processor, once warm; and the highest memory."""
    RUNS[name](2)
    used, began = _processor(), time.perf_counter()
    RUNS[name](letters)
    seconds, used = time.perf_counter() - began, _processor() - used
    both = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    highest = max(resource.getrusage(who).ru_maxrss for who in both)
    print(json.dumps({"seconds": seconds, "processor": used, "megabytes": highest // 1024}))


def _processor() -> float:
    uses = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(use.ru_utime + use.ru_stime for use in uses)


def measured(name: str, letters: int) -> dict[str, float] | None:
    """Letters a second by both counts, and megabytes, from a process of its own; None if not installed."""
    if not THERE[name]():
        return None
    command = [sys.executable, "-m", "bench.letter_rivals", "--only", name, "--letters", str(letters)]
    told = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)  # noqa: S603
    return {
        "clock": letters / told["seconds"],
        "core": letters / told["processor"],
        "megabytes": told["megabytes"],
    }


def main() -> int:
    options = arguments()
    if options.only:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
        import django

        django.setup()
        alone(options.only, options.letters)
        return 0
    found = {name: measured(name, options.letters if name == "ours" else options.theirs) for name in RUNS}
    rows: list[tuple[str, object]] = [("machine", machine())]
    for name, speed in found.items():
        said = (
            "not installed, not compared"
            if speed is None
            else f"{speed['clock']:.1f} a second, {speed['core']:.1f} per core, {speed['megabytes']:.0f} MB"
        )
        rows.append((name, said))
    table([*rows, *_times(found)])
    return 0 if all(met for *_said, met in _verdicts(found)) else 1


def _verdicts(found: dict[str, dict[str, float] | None]) -> list[tuple[str, float, bool]]:
    ours = found["ours"] or {"core": 0.0}
    goals = {"weasyprint": TIMES_WEASYPRINT, "libreoffice": TIMES_LIBREOFFICE}
    return [
        (name, ours["core"] / speed["core"], ours["core"] / speed["core"] >= goal)
        for name, goal in goals.items()
        if (speed := found[name]) is not None
    ]


def _times(found: dict[str, dict[str, float] | None]) -> list[tuple[str, object]]:
    return [
        (f"ours against {name}, per core", f"{times:.1f} times ({'met' if met else 'MISSED'})")
        for name, times, met in _verdicts(found)
    ]


if __name__ == "__main__":
    sys.exit(main())
