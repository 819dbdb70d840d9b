"""The map of the platform, checked. Layers are read from pyproject.toml: one source of truth."""

import ast
import re
import tomllib
from pathlib import Path

import grimp
import pytest
from django.apps import apps
from django.db.models import ForeignKey, ManyToManyField, Model

from halopst.units.models import Unit

ROOT = Path(__file__).parents[1]
SRC = ROOT / "src" / "halopst"
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
LAYERS = next(c["layers"] for c in CONTRACTS if c["id"] == "map")
HEIGHT = {name.strip(): -row for row, layer in enumerate(LAYERS) for name in layer.split("|")}
PUBLIC = {
    "models",
    "services",
    "queries",
    "events",
    "permissions",
    "actors",
    "roles",
    "rules",
    "notices",
    "panels",
    "wording",
}
MODELS = [m for m in apps.get_models() if m.__module__.startswith("halopst.")]
PYTHON = [p for p in SRC.rglob("*.py") if "migrations" not in p.parts]
TEMPLATES = list(SRC.rglob("templates/**/*.html"))
FORBIDDEN_NAMES = {"utils", "helpers", "common", "mixins", "signals", "misc"}


def domain(module: str) -> str:
    return module.split(".")[1] if "." in module else ""


def test_domains_meet_only_at_their_public_modules():
    graph = grimp.build_graph("halopst", cache_dir=None)
    trespasses = [
        f"{importer} -> {imported}"
        for importer in graph.modules
        for imported in graph.find_modules_directly_imported_by(importer)
        if domain(importer) not in {domain(imported), "config", ""}
        and domain(imported) != "core"
        and imported.count(".") > 1
        and imported.split(".")[2] not in PUBLIC
    ]
    assert trespasses == []


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m._meta.label)
def test_foreign_keys_point_downwards(model: type[Model]):
    """Imports cannot show this: "booking.Appointment" is only a string."""
    here = domain(model.__module__)
    targets = [
        field.remote_field.model.__module__
        for field in model._meta.get_fields()
        if isinstance(field, ForeignKey | ManyToManyField)
    ]
    ours = {domain(target) for target in targets if target.startswith("halopst.")} - {here}

    assert [target for target in ours if HEIGHT[target] >= HEIGHT[here]] == []


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m._meta.label)
def test_every_model_says_which_unit_owns_it(model: type[Model]):
    assert hasattr(model, "unit_path")
    if model.unit_path is None:
        return
    target = model
    for step in model.unit_path.split("__"):
        target = target._meta.get_field(step).remote_field.model
    assert target is Unit


def test_templates_borrow_only_from_below():
    borrowed = re.compile(r"""{%-?\s*(?:include|extends)\s+["'](\w+)/""")
    strays = [
        f"{path.relative_to(SRC)} borrows from {owner}"
        for path in TEMPLATES
        for owner in borrowed.findall(path.read_text())
        if owner in HEIGHT
        and owner != (here := path.relative_to(SRC).parts[0])
        and HEIGHT[owner] >= HEIGHT[here]
    ]
    assert strays == []


def test_templates_carry_no_styles_scripts_or_outside_addresses():
    guilty = re.compile(
        r"<style|<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")|\bon\w+=\"|(?:src|action)=\"https?:",
        re.IGNORECASE,
    )
    found = [f"{p.relative_to(SRC)}: {hit}" for p in TEMPLATES for hit in guilty.findall(p.read_text())]
    assert found == []


def test_no_file_outgrows_a_reader():
    long = [str(p.relative_to(SRC)) for p in (*PYTHON, *TEMPLATES) if len(p.read_text().splitlines()) > 400]
    assert long == []


def test_no_function_outgrows_a_reader():
    long = [
        f"{p.relative_to(SRC)}:{node.lineno} {node.name} ({node.end_lineno - node.body[0].lineno + 1})"
        for p in PYTHON
        for node in ast.walk(ast.parse(p.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno - node.body[0].lineno + 1 > 25
    ]
    assert long == []


def test_no_package_gives_a_name_that_a_module_of_its_own_hides():
    """Python sets a submodule on its package when it is first imported, over whatever had that name."""
    inits = [p for p in PYTHON if p.name == "__init__.py"]
    assert [f"{p.relative_to(SRC)}: {name}" for p in inits for name in given_from_elsewhere(p)] == []


def given_from_elsewhere(init):
    """The names this package imports that one of its submodules has too, and not from that submodule."""
    package = ".".join(init.relative_to(SRC.parent).parent.parts)
    for node in ast.parse(init.read_text()).body:
        for alias in node.names if isinstance(node, ast.ImportFrom) else ():
            name = alias.asname or alias.name
            own, its_own = init.parent / name, f"{package}.{name}"
            is_module = own.is_dir() or own.with_suffix(".py").exists()
            given = (node.module, f"{node.module}.{alias.name}")
            if is_module and not any(f"{one}.".startswith(f"{its_own}.") for one in given):
                yield name


def test_names_say_what_is_inside():
    vague = [str(p.relative_to(SRC)) for p in PYTHON if FORBIDDEN_NAMES & {p.stem, p.parent.name}]
    assert vague == []


def test_doors_reach_rows_only_through_visible_to():
    unguarded = re.compile(r"\.(?:objects|_default_manager)\.(?!visible_to\()\w+")
    doors = [p for p in PYTHON if {"views", "api"} & {p.stem, p.parent.name}]
    found = [f"{p.relative_to(SRC)}: {hit}" for p in doors for hit in unguarded.findall(p.read_text())]
    assert found == []


def test_the_product_speaks_of_itself_alone():
    tracked = [*PYTHON, *TEMPLATES, *(ROOT / "docs").rglob("*.md"), ROOT / "README.md"]
    assert [
        str(p)
        for p in tracked
        if p.exists() and re.search(r"(?<![\w/])(?:\.\./|/work/)shared/", p.read_text())
    ] == []
