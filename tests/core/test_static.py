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


TEXT, SHAPE = 4.5, 3.0  # WCAG 2.2 AA: words, and what is not words
GROUNDS = ("bg", "surface", "sunken", "hover", "accent-soft")
TINTS = tuple(f"{tone}-bg" for tone in ("info", "ok", "warn", "bad"))
PAIRS = [
    *((ink, ground, TEXT) for ink in ("ink", "ink-2", "ink-3", "link") for ground in GROUNDS),
    *((f"{tint[:-3]}-ink", ground, TEXT) for tint in TINTS for ground in (tint, "surface", "bg", "hover")),
    *((ink, tint, TEXT) for ink in ("ink", "ink-2", "link") for tint in TINTS),
    *(("on-accent", ground, TEXT) for ground in ("accent", "accent-hover")),
    *((ink, "deep", TEXT) for ink in ("on-deep", "on-deep-2")),
    ("bg", "ink", TEXT),
    *((edge, ground, SHAPE) for edge in ("line-strong", "focus") for ground in ("bg", "surface", "sunken")),
    *((f"{tone}-mark", ground, SHAPE) for tone in ("ok", "warn", "bad") for ground in ("surface", "sunken")),
    *((f"d{number}", "surface", SHAPE) for number in range(1, 6)),
]


def colours(theme):
    said = declarations(re.search(r":root \{(.*?)\n\}", TOKENS, re.DOTALL)[1])
    if theme == "dark":
        said |= declarations(re.search(r"\n:root\[data-theme=dark\] \{(.*?)\n\}", TOKENS, re.DOTALL)[1])

    def colour(name):
        named = re.fullmatch(r"var\((--[\w-]+)\)", said[name])
        return colour(named[1]) if named else said[name]

    return colour


def light_of(colour):
    """Its relative luminance, as WCAG reckons it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_pair_of_colours_can_be_told_apart(theme):
    colour, faint = colours(theme), {}
    for front, back, least in PAIRS:
        dark, light = sorted(light_of(colour(f"--{name}")) for name in (front, back))
        if (contrast := (light + 0.05) / (dark + 0.05)) < least:
            faint[front, back] = round(contrast, 2)

    assert faint == {}


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
