"""R-23: letters a second in rendering alone and end to end, memory, Word files, and a cold preview.

    python -m bench.letters [--letters 1000] [--batch 1000] [--workers 2] [--grow 0] [--read 1]

Rendering prints `--letters` contracts of three pages as PDF/A-2b on one press; with `--grow N` it goes on
to N and says how the press grew after the first 500. The batch goes through everything: composed, checked,
numbered, printed, hashed, stored on disk, recorded; then every PDF is read back and compared with the
database, which takes longer than making it (`--read 0` leaves it out). `bench.letter_rivals` measures
others beside it. Processor time is told beside the clock's: on a machine that is busy with other things
only the former says what a quiet core would do.
"""

# ruff: noqa: PLC0415  # Django is imported after its settings are named

import argparse
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from io import BytesIO
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.scene import database, machine, table

MEGABYTE = 1024
COLD = 11  # previews from a cold start


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--letters", type=int, default=1000)
    parser.add_argument("--batch", type=int, default=1000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--read", type=int, default=1)
    parser.add_argument("--grow", type=int, default=0)
    parser.add_argument("--work", type=int, default=0, help="the batch to work on (a worker of this script)")
    parser.add_argument("--files", default="")
    return parser.parse_args()


def resident(pid: int) -> int:
    """Megabytes a process keeps in memory."""
    status = Path(f"/proc/{pid}/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) // MEGABYTE


def processor(pid: int) -> float:
    """Seconds of processor time a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def children() -> float:
    """Seconds of processor time all ended children have used."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def a_second(times: int, act: Callable[[int], object]) -> float:
    began = time.perf_counter()
    for number in range(times):
        act(number)
    return times / (time.perf_counter() - began)


def cold(press: Any, sheet: Any) -> float:
    """Seconds from no process at all to the pages as pictures."""
    began = time.perf_counter()
    press.pictures(sheet)
    taken = time.perf_counter() - began
    press.close()
    return taken


def rendering(options: argparse.Namespace) -> list[tuple[str, object]]:
    from bench import contract
    from halopst.letters.rendering.press import Press, Sheet
    from halopst.letters.services.papers import values, with_foot
    from halopst.units.models import Unit

    unit = Unit(name="BPS Kabupaten Contoh", region="Contoh", code="3509", address="Jl. Contoh 1")

    def sheet(number: int) -> Sheet:
        text = f"B-{number:05d}/35090/VS.330/2026"
        written = values(
            kind=contract.KIND, data=contract.data(number), unit=unit, number=text, dated_on=contract.TODAY
        )
        foot = with_foot(written, title=contract.KIND.title, number=text, token=f"ukur{number:018d}")
        return Sheet(body=contract.BODY, data=foot, at=contract.NOW)

    first = sorted(cold(Press(), sheet(0)) for _ in range(COLD))
    press = Press()
    press.pdf(sheet(0))
    pid = press._child.pid  # type: ignore[union-attr]  # noqa: SLF001  # it has just printed
    before = processor(pid)
    speed = a_second(options.letters, lambda number: press.pdf(sheet(number)))
    own = options.letters / (processor(pid) - before)
    rows: list[tuple[str, object]] = [
        ("rendering alone, one press", f"{speed:.0f} letters a second, {own:.0f} a second of processor time"),
        (
            "cold preview, process and all",
            f"median {1000 * first[COLD // 2]:.0f} ms, slowest of {COLD} {1000 * first[-1]:.0f} ms",
        ),
        ("the press in memory", f"{resident(pid)} MB"),
    ]
    if options.grow:
        rows.append(("growth", growth(press, sheet, pid, options.grow)))
    press.close()
    return [*rows, *words()]


def growth(press: Any, sheet: Callable[[int], Any], pid: int, letters: int) -> str:
    for number in range(500):
        press.pdf(sheet(number))
    before = resident(pid)
    for number in range(500, letters):
        press.pdf(sheet(number))
    return f"{resident(pid) - before} MB from letter 500 to {letters}"


def words() -> list[tuple[str, object]]:
    from docxtpl import DocxTemplate

    from bench import contract
    from halopst.letters.rendering.word import compiled
    from halopst.letters.services.papers import values
    from halopst.units.models import Unit

    template, unit = contract.word_template(), Unit(name="BPS", region="Contoh", code="3509")

    def written(number: int) -> dict[str, Any]:
        return values(
            kind=contract.KIND, data=contract.data(number), unit=unit, number="B-1", dated_on=contract.TODAY
        )

    def by_docxtpl(number: int) -> None:
        document = DocxTemplate(BytesIO(template))
        document.render(written(number), autoescape=True)
        document.save(BytesIO())

    ours = a_second(500, lambda number: compiled(template).fill(written(number)))
    theirs = a_second(20, by_docxtpl)
    said = f"{ours:.0f} a second, {ours / theirs:.0f} times docxtpl's own loop ({theirs:.0f})"
    return [("Word files, template compiled once", said)]


def work(batch: int) -> None:
    """What a worker does with its share of the batch."""
    import django

    django.setup()
    from django.utils import timezone

    from bench import contract  # noqa: F401  # brings the kind
    from halopst.letters.services import run_batch_chunk

    while run_batch_chunk(batch, now=timezone.now()):
        pass
    print(resident(os.getpid()))


def end_to_end(options: argparse.Namespace, folder: str) -> tuple[list[tuple[str, object]], bool]:
    from django.db import connection
    from django.utils import timezone

    from bench import contract
    from halopst.core.actors import SYSTEM
    from halopst.letters.models import Batch
    from halopst.letters.reference import load_defaults
    from halopst.letters.services import start_batch
    from tests.units.factories import UnitFactory

    load_defaults()
    items = [(f"bench:{number}", "") for number in range(options.batch)]
    unit, asked = UnitFactory(), time.perf_counter()
    batch = start_batch(SYSTEM, kind=contract.KIND.code, unit=unit, items=items, now=timezone.now())
    asking = time.perf_counter() - asked
    connection.close()
    stage(f"{options.batch} letters asked for, now made")
    command = [sys.executable, "-m", "bench.letters", "--work", str(batch.pk), "--files", folder]
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "halopst.config.settings", "HALOPST_VAR": folder}
    used_before, began = children(), time.perf_counter()
    hands = [
        subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)  # noqa: S603 - our own
        for _ in range(options.workers)
    ]
    memory = [hand.communicate()[0].strip() for hand in hands]
    seconds = time.perf_counter() - began
    used = children() - used_before
    batch = Batch.objects.get(pk=batch.pk)
    speed = batch.done / seconds
    stage(f"{batch.done} made in {seconds:.1f} s, now read back")
    faults = read_back(batch, Path(folder) / "media") if options.read else []
    read = f"{batch.done if options.read else 0} letters, {len(faults)} differ {faults[:3] or ''}"
    rows: list[tuple[str, object]] = [
        ("asking for them all", f"{asking:.2f} s"),
        (
            f"end to end, {options.workers} workers",
            f"{batch.done} of {batch.total} in {seconds:.1f} s: {speed:.0f} a second",
        ),
        (
            "processor time of workers and presses",
            f"{1000 * used / batch.total:.1f} ms a letter, their starting included",
        ),
        ("200,000 at that pace", f"{200_000 / speed / 60:.0f} minutes"),
        ("workers in memory", f"{', '.join(memory)} MB, without their press"),
        ("read back from the PDFs", read),
    ]
    return rows, batch.done == batch.total and not faults


def stage(said: str) -> None:
    """Where a long run is: reading back takes longer than making."""
    print(f"... {said}", file=sys.stderr, flush=True)


def read_back(batch: Any, media: Path) -> list[str]:
    """Every value of every letter, looked for in its PDF; and whether numbers go up with the list."""
    from halopst.letters.models import LetterNumber

    letters = batch.letters.select_related("number").order_by("item__position").iterator(chunk_size=200)
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as readers:
        found = readers.map(differs, (wanted(letter, media) for letter in letters), chunksize=25)
        faults = [fault for fault in found if fault]
    sequences = list(LetterNumber.objects.order_by("sequence").values_list("sequence", flat=True))
    if sequences != list(range(1, len(sequences) + 1)):
        faults.append("numbers leave a gap")
    numbered = batch.items.order_by("position").values_list("letter__number__sequence", flat=True)
    if list(numbered) != sorted(numbered):
        faults.append("numbers do not follow the list")
    return faults


def wanted(letter: Any, media: Path) -> tuple[str, int, list[str]]:
    """The file of a letter, how many pages it has, and what stands on them, its number first."""
    from bench import contract
    from halopst.letters.rules import presentable

    written = presentable(contract.KIND.fields, letter.data)
    rows = written.pop("kegiatan")
    spoken = {name: value for name, value in written.items() if name in contract.PRINTED}
    texts = [str(letter.number), *spoken.values()]
    texts += [value for row in rows for value in (row["nama"], row["volume"], row["nilai"])]
    return str(media / letter.file), letter.pages, texts


def differs(of: tuple[str, int, list[str]]) -> str:
    """What a letter's file lacks of what the database says; in a process of its own, 50 ms a letter."""
    from pypdf import PdfReader

    file, pages, texts = of
    reader = PdfReader(file)
    text = "".join("".join(page.extract_text() for page in reader.pages).split())
    missing = [value for value in texts if "".join(value.split()) not in text]
    return f"{texts[0]}: {missing}" if missing or len(reader.pages) != pages else ""


def main() -> int:
    options = arguments()
    if options.work:
        work(options.work)
        return 0
    with database(), TemporaryDirectory() as folder:
        rows = [("machine", machine()), *rendering(options)]
        whole, is_whole = end_to_end(options, folder)
        table([*rows, *whole])
        return 0 if is_whole else 1


if __name__ == "__main__":
    sys.exit(main())
