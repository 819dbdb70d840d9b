"""Static files are collected once, however many servers start in one data folder."""

import threading
from contextlib import suppress
from pathlib import Path

import pytest

from halopst.config import actions
from tests.races import PATIENCE, all_at_once


@pytest.mark.parametrize("guarded", [True, False])
def test_of_two_servers_that_start_at_once_one_collects(settings, tmp_path, monkeypatch, guarded):
    """Whoever does so waits for another who would, too; without the lock there is one."""
    settings.STATIC_ROOT = tmp_path / "static"
    begun, both = [], threading.Barrier(2)

    def collect(*_words, **_options):
        begun.append(True)
        with suppress(threading.BrokenBarrierError):
            both.wait(0.5 if guarded else PATIENCE)
        Path(settings.STATIC_ROOT).mkdir(exist_ok=True)

    monkeypatch.setattr(actions, "call_command", collect)
    if not guarded:
        monkeypatch.setattr(actions.fcntl, "flock", lambda *_file: None)
    ends = all_at_once(actions.collect_static_files, actions.collect_static_files)
    actions.collect_static_files()

    assert (ends, len(begun)) == ([None, None], 1 if guarded else 2)
