from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.utils import timezone

from halopst.core import formats
from halopst.core.actors import SYSTEM
from halopst.knowledge.services import Report, export_lines, import_lines

MOST_FAULTS = 50
_TABLES = ("document", "passage", "term", "posting", "deletion")


class Command(BaseCommand):
    help = "Masukkan atau keluarkan tulisan pengetahuan, satu objek JSON per baris."

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True, metavar="import|export")
        for name, text in (("import", "masukkan tulisan dari berkas"), ("export", "tulis yang terbit")):
            action = actions.add_parser(name, help=text)
            action.add_argument("file", type=Path, metavar="BERKAS.jsonl")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["action"] == "import":
                self._import(options["file"])
            else:
                self._export(options["file"])
        except OSError as error:
            raise CommandError(f"Berkas {options['file']} tidak dapat dibuka: {error.strerror}.") from error

    def _import(self, file: Path) -> None:
        with file.open("rb") as lines:
            report = import_lines(SYSTEM, lines, now=timezone.now(), progress=self._progress)
        with connection.cursor() as cursor:  # the planner should know at once what has come
            cursor.execute(f"ANALYZE {', '.join(f'knowledge_{table}' for table in _TABLES)}")
        for line, sentence in report.faults[:MOST_FAULTS]:
            self.stderr.write(f"baris {line}: {sentence}")
        self.stdout.write(
            f"{_n(report.added)} ditambahkan, {_n(report.changed)} diubah, {_n(report.unchanged)} tetap."
        )
        if report.faults:
            raise CommandError(f"{_n(len(report.faults))} baris ditolak; yang lain sudah tersimpan.")

    def _export(self, file: Path) -> None:
        count = 0
        with file.open("w", encoding="utf-8") as out:
            for line in export_lines(SYSTEM):
                out.write(f"{line}\n")
                count += 1
        self.stdout.write(f"{_n(count)} tulisan ditulis ke {file}.")

    def _progress(self, report: Report) -> None:
        if report.read % 5_000 == 0:
            self.stdout.write(f"{_n(report.read)} baris dibaca.")


def _n(count: int) -> str:
    return formats.number(count)
