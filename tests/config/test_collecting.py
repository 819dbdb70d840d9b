"""Static files are collected once, however many servers start in one data folder, and when they changed."""

import os
import threading
from contextlib import suppress
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

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


def test_only_other_contents_are_collected_again(settings, tmp_path):
    """The same files installed anew have other times; a server that sends what was collected goes on."""
    source = tmp_path / "source" / "style.css"
    source.parent.mkdir()
    source.write_text("a { color: red }", encoding="utf-8")
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATICFILES_DIRS = [source.parent]
    settings.STATIC_ROOT = tmp_path / "static"

    def collected() -> str:
        finders.get_finder.cache_clear()
        actions.collect_static_files()
        return (tmp_path / "static" / "style.css").read_text(encoding="utf-8")

    first = collected()
    mark = tmp_path / "static" / "in-use"
    mark.touch()
    os.utime(source, (1, 1))
    again, kept = collected(), mark.exists()
    source.write_text("a { color: tan }", encoding="utf-8")
    changed = collected()

    assert (first, again, kept) == ("a { color: red }", "a { color: red }", True)
    assert (changed, mark.exists()) == ("a { color: tan }", False)
