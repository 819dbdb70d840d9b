"""Collect what the screens say into one English catalogue per app, without the gettext programs.

`make messages` runs this: it adds new sentences to `<app>/locale/en/LC_MESSAGES/django.po`, keeps the
translations that are still used, drops the rest, and compiles the `.mo` beside it. Sentences are sorted, so
that branches merge well.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import allauth
import django
import polib
from django.conf import settings
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "halopst"
HEADER = {
    "Project-Id-Version": "HaloPST",
    "Language": "en",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=2; plural=(n != 1);",
}

# Which arguments of each function are sentences: (context, singular, plural).
FUNCTIONS = {
    "gettext": (None, 0, None),
    "gettext_noop": (None, 0, None),
    "ngettext": (None, 0, 1),
    "pgettext": (0, 1, None),
    "npgettext": (0, 1, 2),
}
FUNCTIONS |= {f"{name}_lazy": places for name, places in FUNCTIONS.items()}
CALL_IN_TEMPLATE = re.compile(r"\b(?:n?p?gettext|_)\(")
PLACEHOLDER = re.compile(r"%\(\w+\)[.\d]*[a-z]|%[sd%]|\{\w*\}")


@dataclass(frozen=True)
class Sentence:
    text: str
    plural: str | None = None
    context: str | None = None


def apps() -> list[Path]:
    return sorted(path.parent for path in PACKAGE.glob("*/__init__.py"))


def catalogue_of(app: Path) -> Path:
    return app / "locale" / "en" / "LC_MESSAGES" / "django.po"


def collect(app: Path) -> dict[Sentence, set[str]]:
    """Every sentence of an app, with the files that say it."""
    found: dict[Sentence, set[str]] = {}
    for path in sorted(app.rglob("*")):
        if "migrations" in path.parts or path.suffix not in {".py", ".html", ".txt"}:
            continue
        read = python_sentences if path.suffix == ".py" else template_sentences
        if path.suffix != ".py" and "templates" not in path.parts:
            continue
        for sentence in read(path.read_text(encoding="utf-8")):
            found.setdefault(sentence, set()).add(path.relative_to(PACKAGE).as_posix())
    return found


def python_sentences(source: str) -> Iterator[Sentence]:
    tree = ast.parse(source)
    names = dict(_imported_names(tree))
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        if isinstance(call.func, ast.Name):
            yield from _sentence(names.get(call.func.id, ""), call)
        elif isinstance(call.func, ast.Attribute) and call.func.attr in FUNCTIONS:
            yield from _sentence(call.func.attr, call)


def template_sentences(source: str) -> Iterator[Sentence]:
    script = templatize(source)
    for start in (match.start() for match in CALL_IN_TEMPLATE.finditer(script)):
        call = _call_at(script, start)
        if call is not None and isinstance(call.func, ast.Name):
            yield from _sentence("gettext" if call.func.id == "_" else call.func.id, call)


def _imported_names(tree: ast.Module) -> Iterator[tuple[str, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
            for name in node.names:
                yield name.asname or name.name, name.name


def _sentence(function: str, call: ast.Call) -> Iterator[Sentence]:
    if function not in FUNCTIONS:
        return
    context, text, plural = (
        None if place is None else _constant(call, place) for place in FUNCTIONS[function]
    )
    if text:
        yield Sentence(text, plural, context)


def _constant(call: ast.Call, place: int) -> str | None:
    argument = call.args[place] if place < len(call.args) else None
    return argument.value if isinstance(argument, ast.Constant) and isinstance(argument.value, str) else None


def _call_at(script: str, start: int) -> ast.Call | None:
    """The call that begins here; a closing parenthesis may stand inside a string, so try each."""
    for match in re.finditer(r"\)", script[start:]):
        try:
            body = ast.parse(script[start : start + match.end()], mode="eval").body
        except SyntaxError:
            continue
        return body if isinstance(body, ast.Call) else None
    return None


def rebuilt(app: Path) -> polib.POFile:
    """The app's catalogue as it should be: today's sentences, yesterday's translations."""
    path = catalogue_of(app)
    known = polib.pofile(str(path)) if path.exists() else polib.POFile()
    kept = {(entry.msgctxt, entry.msgid): entry for entry in known}
    fresh = polib.POFile(wrapwidth=100)
    fresh.metadata = HEADER
    sentences = collect(app)
    for sentence in sorted(sentences, key=lambda one: (one.text, one.context or "")):
        old = kept.get((sentence.context, sentence.text))
        fresh.append(_entry(sentence, sorted(sentences[sentence]), old))
    return fresh


def _entry(sentence: Sentence, files: list[str], old: polib.POEntry | None) -> polib.POEntry:
    entry = polib.POEntry(
        msgid=sentence.text,
        msgctxt=sentence.context,
        msgid_plural=sentence.plural or "",
        occurrences=[(name, "") for name in files],
        tcomment=old.tcomment if old else "",
        flags=["python-format"] if re.search(r"%\(\w+\)|%[sd]", sentence.text) else [],
    )
    if sentence.plural:
        entry.msgstr_plural = {0: "", 1: ""} | (dict(old.msgstr_plural) if old else {})
    elif old:
        entry.msgstr = old.msgstr
    return entry


def faults(app: Path) -> list[str]:
    """What is wrong with an app's catalogue, one line each; nothing when it is complete and compiled."""
    path = catalogue_of(app)
    wanted = rebuilt(app)
    if not wanted and not path.exists():
        return []
    if not path.exists():
        return [f"{app.name}: no catalogue yet (make messages)"]
    found = polib.pofile(str(path))
    lines = [f"{app.name}: {fault}: {entry.msgid!r}" for entry in wanted for fault in entry_faults(entry)]
    lines += [f"{app.name}: fuzzy: {entry.msgid!r}" for entry in found if entry.fuzzy]
    if {_key(entry) for entry in found} != {_key(entry) for entry in wanted}:
        lines.append(f"{app.name}: the catalogue and the code differ (make messages)")
    compiled = path.with_suffix(".mo")
    if not compiled.exists() or compiled.read_bytes() != found.to_binary():
        lines.append(f"{app.name}: django.mo is not django.po compiled (make messages)")
    return lines


def own_words() -> Path:
    """What Django and allauth say in a form, in our Indonesian: kept by hand, compiled with the others."""
    return PACKAGE / "config" / "locale" / "id" / "LC_MESSAGES" / "django.po"


def own_words_faults() -> list[str]:
    """What is wrong with them: a sentence neither says (any more), or one that is not compiled."""
    found, known = polib.pofile(str(own_words())), _said_by_libraries()
    lines = [f"nobody says: {entry.msgid!r}" for entry in found if _key(entry) not in known]
    lines += [f"{fault}: {entry.msgid!r}" for entry in found for fault in entry_faults(entry)]
    if own_words().with_suffix(".mo").read_bytes() != found.to_binary():
        lines.append("django.mo is not django.po compiled (make messages)")
    return lines


def _said_by_libraries() -> set[tuple[str | None, str, str]]:
    homes = [
        *(Path(django.__file__).parent / part for part in ("conf", "contrib/auth")),
        Path(allauth.__file__).parent,
    ]
    catalogues = [polib.pofile(str(home / "locale/id/LC_MESSAGES/django.po")) for home in homes]
    return {_key(entry) for catalogue in catalogues for entry in catalogue}


def entry_faults(entry: polib.POEntry) -> Iterator[str]:
    if not entry.translated():
        yield "no English"
        return
    for source, translation in _pairs(entry):
        if sorted(PLACEHOLDER.findall(source)) != sorted(PLACEHOLDER.findall(translation)):
            yield "placeholders differ"
        if source.startswith("\n") != translation.startswith("\n"):
            yield "line breaks differ"


def _pairs(entry: polib.POEntry) -> list[tuple[str, str]]:
    if entry.msgid_plural:
        return [(entry.msgid_plural, entry.msgstr_plural[max(entry.msgstr_plural)])]
    return [(entry.msgid, entry.msgstr)]


def _key(entry: polib.POEntry) -> tuple[str | None, str, str]:
    return entry.msgctxt, entry.msgid, entry.msgid_plural


def update(app: Path) -> list[polib.POEntry]:
    """Write an app's catalogue; gives the sentences that still need their English."""
    path, fresh = catalogue_of(app), rebuilt(app)
    if not fresh and not path.exists():
        return []
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh.save(str(path))
    path.with_suffix(".mo").write_bytes(polib.pofile(str(path)).to_binary())
    return [entry for entry in fresh if not entry.translated()]


def main() -> None:
    settings.configure()
    for app in apps():
        for entry in update(app):
            print(f"{catalogue_of(app).relative_to(PACKAGE)}: no English for {entry.msgid!r}")
    own_words().with_suffix(".mo").write_bytes(polib.pofile(str(own_words())).to_binary())


if __name__ == "__main__":
    main()
