from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection

from halopst.core.reference import load_all


class Command(BaseCommand):
    help = "Memuat data acuan (satker, hari libur, bidang, teks) yang belum ada."

    def handle(self, *args: Any, **options: Any) -> None:
        load_all(self.stdout.write)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # hundreds of rows at once: the planner should not wait to hear of them
