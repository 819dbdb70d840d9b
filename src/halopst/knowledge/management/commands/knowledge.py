from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.utils import timezone

from halopst.core import formats
from halopst.core.actors import SYSTEM
from halopst.core.commands import DJANGOS
from halopst.core.file_errors import reason
from halopst.core.written_files import write_lines
from halopst.knowledge.services import Report, export_lines, import_lines, lines_of

MOST_TOLD = 50
TOLD_EVERY = 5_000  # lines
_TABLES = ("document", "passage", "term", "posting", "deletion")


class Command(BaseCommand):
    suppressed_base_arguments = DJANGOS
    help = "Masukkan atau keluarkan tulisan pengetahuan, satu objek JSON per baris."

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True, metavar="import|export")
        for name, text in (("import", "masukkan tulisan dari berkas"), ("export", "tulis yang terbit")):
            action = actions.add_parser(name, help=text)
            action.add_argument("file", type=Path, metavar="BERKAS.jsonl")
        actions.choices["export"].add_argument(
            "--ganti", "--force", action="store_true", dest="replace", help="ganti berkas yang sudah ada"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["action"] == "import":
                self._import(options["file"])
            else:
                count = write_lines(options["file"], export_lines(SYSTEM), replace=options["replace"])
                self.stdout.write(f"{_n(count)} tulisan ditulis ke {options['file']}.")
        except OSError as error:
            done = "dibaca" if options["action"] == "import" else "ditulis"
            raise CommandError(f"Berkas {options['file']} tidak dapat {done}: {reason(error)}.") from error

    def _import(self, path: Path) -> None:
        told = 0

        def progress(report: Report) -> None:
            nonlocal told
            if report.read - told >= TOLD_EVERY:
                told = report.read
                self.stdout.write(f"{_n(told)} baris dibaca.")

        with path.open("rb") as file:
            report = import_lines(SYSTEM, lines_of(file), now=timezone.now(), progress=progress)
        if not report.read:
            raise CommandError(f"Berkas {path} tidak berisi satu baris pun: tidak ada yang dimasukkan.")
        with connection.cursor() as cursor:  # the planner needs fresh statistics
            cursor.execute(f"ANALYZE {', '.join(f'knowledge_{table}' for table in _TABLES)}")
        self._tell(report.remarks)
        self._tell(report.faults)
        self.stdout.write(
            f"{_n(report.added)} ditambahkan, {_n(report.changed)} diubah, {_n(report.unchanged)} tetap."
        )
        if report.faults:
            raise CommandError(f"{_n(len(report.faults))} baris ditolak; yang lain sudah tersimpan.")

    def _tell(self, said: list[tuple[int, str]]) -> None:
        for line, sentence in said[:MOST_TOLD]:
            self.stderr.write(f"baris {line}: {sentence}")
        if len(said) > MOST_TOLD:
            self.stderr.write(f"... dan {_n(len(said) - MOST_TOLD)} baris lain seperti itu.")


def _n(count: int) -> str:
    return formats.number(count)
