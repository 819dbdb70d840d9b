from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from halopst.assistant.queries.setups import choices, in_use
from halopst.assistant.rules.evaluation.setups import Using
from halopst.assistant.services.evaluation import evaluating, exam_editing
from halopst.assistant.wording import measure_words, measure_written
from halopst.core import formats
from halopst.core.actors import SYSTEM
from halopst.core.commands import DJANGOS
from halopst.core.errors import Refused
from halopst.core.file_errors import reason
from halopst.core.written_files import write_lines
from halopst.knowledge.queries import unit_called
from halopst.units.models import Unit

MOST_SHOWN = 20


class Command(BaseCommand):
    suppressed_base_arguments = DJANGOS
    help = "Menilai jawaban AIDA dengan soal kantor, atau mengelola soalnya."

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True, metavar="evaluate|import|export")
        evaluate = actions.add_parser("evaluate", help="jalankan semua soal dan simpan hasilnya")
        evaluate.add_argument("--model", help="nama model; bawaan: yang sedang dipakai")
        evaluate.add_argument("--prompt", default="", help="versi petunjuk bagi model")
        for name, text in (("import", "masukkan soal"), ("export", "tulis soal ke berkas")):
            action = actions.add_parser(name, help=text)
            action.add_argument("file", type=Path, metavar="BERKAS.jsonl")
        actions.choices["export"].add_argument(
            "--ganti", "--force", action="store_true", dest="replace", help="ganti berkas yang sudah ada"
        )
        for action in actions.choices.values():
            action.add_argument(
                "--unit", default="", metavar="KODE", help="kode BPS satker; bawaan: nasional"
            )

    def handle(self, *args: Any, **options: Any) -> None:
        unit = self._unit(options["unit"])
        try:
            if options["action"] == "evaluate":
                self._evaluate(unit, options)
            elif options["action"] == "import":
                self._import(unit, options["file"])
            else:
                self._export(unit, options["file"], replace=options["replace"])
        except Refused as refusal:
            raise CommandError(str(refusal.message)) from refusal

    def _unit(self, name: str) -> Unit | None:
        unit = unit_called(name) if name else None
        if name and unit is None:
            raise CommandError(f"Satker {name} tidak dikenal: pakai kode BPS atau alamat pendeknya.")
        return None if unit is None or unit.kind == Unit.Kind.HEAD_OFFICE else unit

    def _evaluate(self, unit: Unit | None, options: dict[str, Any]) -> None:
        using = in_use(unit) if options["model"] is None else Using(options["model"], options["prompt"])
        if using not in choices():
            raise CommandError(f"Susunan ini tidak dikenal. Yang ada: {'; '.join(map(_named, choices()))}.")
        office = unit.name if unit else "semua satker (soal nasional)"
        self.stdout.write(f"Menilai AIDA untuk {office}, {using.model or 'tanpa model'}. Tunggu sebentar.")
        run = evaluating.evaluate_now(SYSTEM, unit=unit, using=using, now=timezone.now())
        if run.state == run.State.FAILED:
            raise CommandError(
                "Modelnya tidak menjawab atau jatahnya habis, jadi tidak ada yang dinilai. "
                "Jalankan halopst check, lalu nilai lagi."
            )
        for missed in run.missed[:MOST_SHOWN]:
            wanted = "; ".join([missed["expects"], *missed["expected"]])
            self.stdout.write(f"  {missed['question']}\n    {wanted}")
            self.stdout.write("    -> " + "; ".join([missed["answer"][:80], *missed["found"]]))
        if len(run.missed) > MOST_SHOWN:
            self.stdout.write(f"  ... dan {_n(len(run.missed) - MOST_SHOWN)} lainnya di Mutu AIDA.")
        for name, words in measure_words().items():
            self.stdout.write(f"{words:<40} {measure_written(name, getattr(run, name))}")
        self.stdout.write(f"{_n(run.asked)} soal, {_n(len(run.missed))} tidak sesuai harapan.")

    def _import(self, unit: Unit | None, file: Path) -> None:
        try:
            with file.open("rb") as lines:
                report = exam_editing.import_questions(SYSTEM, unit=unit, lines=lines)
        except OSError as error:
            raise CommandError(f"Berkas {file} tidak dapat dibaca: {reason(error)}.") from error
        if report == exam_editing.Report():
            raise CommandError(f"Berkas {file} tidak berisi satu soal pun: tidak ada yang dimasukkan.")
        for line, sentence in report.faults[:MOST_SHOWN]:
            self.stderr.write(f"baris {line}: {sentence}")
        self.stdout.write(
            f"{_n(report.added)} ditambahkan, {_n(report.changed)} diubah, {_n(report.unchanged)} tetap."
        )
        if report.faults:
            raise CommandError(f"{_n(len(report.faults))} baris ditolak; yang lain sudah tersimpan.")

    def _export(self, unit: Unit | None, file: Path, *, replace: bool) -> None:
        try:
            count = write_lines(file, exam_editing.export_questions(unit), replace=replace)
        except OSError as error:
            raise CommandError(f"Berkas {file} tidak dapat ditulis: {reason(error)}.") from error
        self.stdout.write(f"{_n(count)} soal ditulis ke {file}.")


def _named(using: Using) -> str:
    return f"--model {using.model!r} --prompt {using.prompt}" if using.model else "--model '' (tanpa model)"


def _n(count: int) -> str:
    return formats.number(count)
