"""docs/operations.md names every setting and every command, and none that do not exist."""

import re
import runpy
from pathlib import Path

import environ
import pytest

from halopst.config.cli import COMMANDS

ROOT = Path(__file__).resolve().parent.parent
OPERATIONS = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
ROWS = [line for line in OPERATIONS.splitlines() if line.startswith("| `")]
NAMES_IN_FIRST_CELL = [re.findall(r"`([^`]+)`", line.split(" | ")[0]) for line in ROWS]

# Read by uvicorn, not by us.
FOREIGN = {"FORWARDED_ALLOW_IPS"}


@pytest.fixture
def read(monkeypatch):
    """The names of all variables the settings ask for, with every optional part switched on."""
    asked = set()
    original = environ.Env.get_value

    def recording(self, name, *args, **kwargs):
        asked.add(str(name))
        return original(self, name, *args, **kwargs)

    monkeypatch.setattr(environ.Env, "get_value", recording)
    monkeypatch.setenv("HALOPST_OIDC_URL", "https://sso.example")
    monkeypatch.setenv("HALOPST_VISITOR_OIDC_URL", "https://id.example")
    monkeypatch.setenv("HALOPST_S3_BUCKET", "berkas")
    runpy.run_path(str(ROOT / "src" / "halopst" / "config" / "settings.py"))
    return asked


def test_every_setting_has_its_line_and_no_line_is_of_a_setting_nobody_reads(read):
    documented = {name for names in NAMES_IN_FIRST_CELL for name in names if name.isupper()}

    assert sorted(read - documented) == []
    assert sorted(documented - read - FOREIGN) == []


def test_every_command_has_its_line_and_no_line_is_of_a_command_nobody_has():
    documented = {names[0].split()[1] for names in NAMES_IN_FIRST_CELL if names[0].startswith("halopst ")}

    assert documented == set(COMMANDS)


def test_compose_sets_only_what_the_settings_read(read):
    compose = (ROOT / "compose.yaml").read_text(encoding="utf-8")
    given = set(re.findall(r"^ +((?:HALOPST_\w+)|DATABASE_URL|FORWARDED_ALLOW_IPS):", compose, re.MULTILINE))
    for_caddy = {"HALOPST_DOMAIN"}

    assert sorted(given - read - FOREIGN - for_caddy) == []


def test_the_example_environment_has_a_line_for_each_word_compose_asks_for():
    compose = (ROOT / "compose.yaml").read_text(encoding="utf-8")
    example = (ROOT / "compose.env.example").read_text(encoding="utf-8")
    asked = set(re.findall(r"\$\{(\w+)", compose))
    offered = set(re.findall(r"^(\w+)=", example, re.MULTILINE))

    assert asked == offered
    assert set(re.findall(r"\{\$(\w+)\}", (ROOT / "Caddyfile").read_text(encoding="utf-8"))) <= asked
