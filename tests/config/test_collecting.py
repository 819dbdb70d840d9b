"""Static files are collected once, however many servers start in one data folder, and only what changed."""

import json
import os
import threading
from contextlib import suppress
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from halopst.config import collecting
from halopst.config import settings as production
from tests.races import PATIENCE, all_at_once

LONG_AGO = (1, 1)


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
        (settings.STATIC_ROOT / "staticfiles.json").write_text('{"paths": {}}')

    monkeypatch.setattr(collecting, "call_command", collect)
    if not guarded:
        monkeypatch.setattr(collecting.fcntl, "flock", lambda *_file: None)
    ends = all_at_once(collecting.collect_static_files, collecting.collect_static_files)
    collecting.collect_static_files()

    assert (ends, len(begun)) == ([None, None], 1 if guarded else 2)


@pytest.fixture
def style(settings, tmp_path):
    """A package's only style sheet; collecting it gives what is in the folder afterwards."""
    source = tmp_path / "package" / "style.css"
    source.parent.mkdir()
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATICFILES_DIRS = [source.parent]
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STORAGES = settings.STORAGES | {"staticfiles": production.STORAGES["staticfiles"]}

    def collected(content: str) -> str:
        source.write_text(content, encoding="utf-8")
        os.utime(source, LONG_AGO)
        finders.get_finder.cache_clear()
        collecting.collect_static_files()
        manifest = json.loads((settings.STATIC_ROOT / "staticfiles.json").read_text())
        return manifest["paths"]["style.css"]

    return collected


def test_the_same_files_installed_anew_are_not_collected_again(style, settings, monkeypatch):
    first = style("a { color: red }")
    monkeypatch.setattr(collecting, "call_command", None)

    assert style("a { color: red }") == first


def test_a_page_opened_before_an_upgrade_still_gets_its_styles(style, settings):
    """Whatever the times of the new files; after a quarter of a year nobody asks any more."""
    before = style("a { color: red }")
    after = style("a { color: tan }")

    folder = settings.STATIC_ROOT
    assert before != after
    assert (folder / before).read_text() == "a { color: red }"
    assert (folder / after).read_text() == "a { color: tan }"

    for path in (before, after):
        os.utime(folder / path, LONG_AGO)
    style("a { color: teal }")
    style("a { color: tan }")

    assert not (folder / before).exists()
    assert (folder / after).read_text() == "a { color: tan }"
