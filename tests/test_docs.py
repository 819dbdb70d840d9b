"""Every setting and command stands in docs/operations.md, every rule of the database in docs/database.md."""

import re
import runpy
from pathlib import Path

import environ
import pytest

from halopst.config.cli import COMMANDS
from tools import guards

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
    for model in ("HALOPST_MODEL_ID", "HALOPST_MODEL_2_ID", "HALOPST_MODEL_3_ID"):
        monkeypatch.setenv(model, "model")
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


PAGES = [ROOT / "README.md", *sorted(ROOT.glob("[A-Z]*.md")), *sorted((ROOT / "docs").rglob("*.md"))]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_and_picture_of_a_page_is_there(page):
    targets = re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8"))
    ours = [target for target in targets if not target.startswith(("http:", "https:", "mailto:"))]

    assert [target for target in ours if not (page.parent / target).exists()] == []


FILES = [
    f"/{path.relative_to(ROOT).as_posix()}"
    for folder in ("src", "tests", "tools", "bench", "")
    for path in ((ROOT / folder).rglob("*") if folder else ROOT.glob("*"))
    if path.is_file()
]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_source_file_a_page_names_is_there(page):
    """By the end of its path, as the pages name files: `rules/question/thresholds.py`."""
    named = re.findall(r"`([\w./-]+\.(?:py|toml))\b", page.read_text(encoding="utf-8"))

    assert [name for name in named if not any(path.endswith(f"/{name}") for path in FILES)] == []


def test_the_list_of_decisions_names_each_by_its_title():
    folder = ROOT / "docs" / "adr"
    told = dict(re.findall(r"\[(.+)\]\((\d{4}-.+\.md)\)", (folder / "README.md").read_text(encoding="utf-8")))
    titles = {path.read_text(encoding="utf-8").split("\n")[0]: path.name for path in folder.glob("0*.md")}

    assert {title.split(". ", 1)[1]: name for title, name in titles.items()} == told


def test_every_picture_is_shown_somewhere():
    shown = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)

    assert [path.name for path in (ROOT / "docs").rglob("*.png") if path.name not in shown] == []


def test_the_readme_gives_the_two_commands_and_ci_runs_the_second():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")

    assert re.search(r"^make run\b", readme, re.MULTILINE)
    assert re.search(r"^make test\b", readme, re.MULTILINE)
    assert "make test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


@pytest.mark.django_db
def test_the_page_of_the_database_tells_every_rule_it_keeps():
    page = guards.page()

    assert guards.PAGE.read_text(encoding="utf-8") == page, "run python -m tools.guards"
    assert "CONSTRAINT = 'honor_stays_within_the_cap'" in page
    assert "- `one_visitor_per_expert_at_a_time`" in page
