"""Stylesheets and scripts: one truth for dark, files that survive hashing, nothing from outside."""

import re
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import override_settings

HALO = Path(__file__).parents[2] / "src" / "halopst" / "core" / "static" / "halo"
SHEETS = sorted(HALO.glob("*.css"))
TOKENS = (HALO / "tokens.css").read_text()


def declarations(block):
    return dict(re.findall(r"(--[\w-]+|color-scheme)\s*:\s*([^;]+);", block))


def test_both_dark_blocks_say_the_same():
    by_system = re.search(
        r"prefers-color-scheme:dark\) \{ :root:not\(\[data-theme=light\]\) \{(.*?)\n\} \}", TOKENS, re.DOTALL
    )
    by_choice = re.search(r"\n:root\[data-theme=dark\] \{(.*?)\n\}", TOKENS, re.DOTALL)

    assert declarations(by_system[1])
    assert declarations(by_system[1]) == declarations(by_choice[1])


def test_every_token_in_use_is_defined():
    defined = set(re.findall(r"(--[\w-]+)\s*:", "".join(sheet.read_text() for sheet in SHEETS)))
    used = {name for sheet in SHEETS for name in re.findall(r"var\((--[\w-]+)", sheet.read_text())}

    assert used - defined == set()


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_a_stylesheet_is_within_the_support_floor(sheet):
    text = sheet.read_text()

    assert text.count("{") == text.count("}")
    assert re.findall(r"@layer|light-dark\(|color-mix\(|oklch\(|@import|https?://", text) == []


def test_the_script_needs_no_eval():
    script = (HALO / "halo.js").read_text()

    assert re.findall(r"\beval\(|new Function|innerHTML|https?://", script) == []


def test_static_files_survive_hashing(tmp_path):
    hashed = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}}
    with override_settings(STORAGES=hashed, STATIC_ROOT=tmp_path):
        call_command("collectstatic", interactive=False, verbosity=0)

    sheet = next(path for path in tmp_path.glob("halo/halo.*.css"))
    font = re.search(r'url\("(fonts/[^"]+)"\)', sheet.read_text())[1]
    assert re.fullmatch(r"fonts/plus-jakarta-sans-latin-wght-normal\.[0-9a-f]{12}\.woff2", font)
    assert (tmp_path / "halo" / font).exists()


def test_the_font_brings_its_licence():
    assert "SIL OPEN FONT LICENSE" in (HALO / "fonts" / "plus-jakarta-sans-LICENSE.txt").read_text().upper()
