from typing import Any

from django.core.management.base import BaseCommand

from halopst.core.reference import load_all


class Command(BaseCommand):
    help = "Memuat data acuan (satker, hari libur, bidang, teks) yang belum ada."

    def handle(self, *args: Any, **options: Any) -> None:
        load_all(self.stdout.write)
