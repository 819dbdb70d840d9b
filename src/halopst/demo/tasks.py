import sys

from django.utils import timezone

from halopst.core.events import task
from halopst.demo.history import QUEUE, progress
from halopst.demo.history import write_week as write
from halopst.demo.mitra import build_mitra_once
from halopst.demo.questions import build_questions_once


@task(queue=QUEUE, attempts=3)
def write_week(*, week_id: int) -> None:
    write(week_id, now=timezone.now())
    done, whole = progress()
    if done == whole or done % max(1, whole // 20) == 0:
        sys.stdout.write(f"Riwayat contoh: {done} dari {whole} minggu tersusun.\n")
        sys.stdout.flush()


@task(queue=QUEUE, attempts=3)
def write_mitra() -> None:
    if build_mitra_once(now=timezone.now()):
        sys.stdout.write("Bulan mitra contoh tersusun.\n")
        sys.stdout.flush()


@task(queue=QUEUE, attempts=3)
def write_questions() -> None:
    if build_questions_once(now=timezone.now()):
        sys.stdout.write("Pertanyaan contoh kepada AIDA tersusun.\n")
        sys.stdout.flush()
