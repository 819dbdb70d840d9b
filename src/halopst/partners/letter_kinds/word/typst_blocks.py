"""The blocks of a text of ours that is printed by Typst, so that another form of the letter says the same.

It knows only the Typst used in `naskah/`; a test compares every other form with the print.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final

# `d` is the letter; whatever stands for one of its lines is `k` in every other form.
VALUE: Final = re.compile(r"(?<!{ )#?\b([dkbo])\.([a-z_]+(?:\.[a-z_]+)*)")
ROW_NUMBER: Final = re.compile(r"#n\b")
BREAKABLE: Final = re.compile(r"\.replace\([^)]*\)")
SMALL: Final = re.compile(r"#text\([\d.]+pt, ([^)]*)\)")
SETTING: Final = re.compile(r"#(?:show [a-z.]+: )?set [a-z.]+\(")
CALL: Final = re.compile(r"#([a-z-]+)\(")
LINES: Final = re.compile(r"\.\.d\.([a-z_]+)\.enumerate\(start: 1\)\.map\(\(\(n, [kbo]\)\) => ")
DEFINITION: Final = re.compile(r"#let (?P<name>[a-z-]+)\((?P<names>[^)]*)\) = ")
SIGNATURE: Final = re.compile(r"(?<!-)\bttd\(")
CONDITION: Final = re.compile(r'#if (?:"[a-z_]+" in d and )?d\.(?P<lines>[a-z_]+)\.len\(\) > 1 \[')
EITHER: Final = re.compile(
    r'(?P<start>.+) \+ if d\.(?P<known>[a-z_]+) == "" \{ (?P<blank>.+) \} else \{ (?P<other>.+) \}'
)
# One of two ways of saying something.
CHOSEN: Final = re.compile(
    r'#if d\.(?P<known>[a-z_]+) == "(?P<is>[^"]*)" \[(?P<so>[^\]]*)\] else \[(?P<other>[^\]]*)\]'
)
JOINED: Final = re.compile(r'#d\.(?P<lines>[a-z_]+)\.map\(b => (?P<each>.+?)\)\.join\("(?P<between>[^"]*)"\)')
# A paragraph goes on until a blank line, the next point, or a call that begins a line.
NEXT: Final = re.compile(r"\n(?=\s*\n| *\+ | *#[a-z-]+[( ])")


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph; `*bold*` parts keep their stars. `point` is the number of a numbered one.

    With `only_if` it stands there only if the letter's values meet that condition of a template. One that
    `stays` does so with what comes after it.
    """

    words: str
    point: int = 0
    is_heading: bool = False
    only_if: str = ""
    stays: bool = False


@dataclass(frozen=True, slots=True)
class Pairs:
    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A row of `cells` for each of the letter's `lines`, the cells of the row that sums them up, and `below`.

    What stands below is a row of one cell.
    """

    heads: tuple[str, ...]
    lines: str
    cells: tuple[str, ...]
    total: tuple[str, ...] = ()
    below: str = ""


@dataclass(frozen=True, slots=True)
class Signatures:
    """Side by side: what stands above each name, the name, and what stands below it."""

    blocks: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class NewPage:
    pass


Block = Text | Pairs | Table | Signatures | NewPage


def blocks(source: str) -> Iterator[Block]:
    """What stands below the letterhead and the title, in order."""
    yield from _Reader().blocks(source)


def value(expression: str) -> str:
    """An expression of Typst as a template writes it: `d.ppk.nama` is `{{ ppk.nama }}`."""
    expression = expression.strip()
    if expression.startswith("[") and expression.endswith("]"):
        return content(expression[1:-1])
    if found := EITHER.fullmatch(expression):
        known, blank, other = (found[name] for name in ("known", "blank", "other"))
        chosen = f"{{% if {known} %}}{value(other)}{{% else %}}{value(blank)}{{% endif %}}"
        return value(found["start"]) + chosen
    parts = [part.strip() for part in expression.split(" + ")]
    return "".join(_quoted(part) if part.startswith('"') else content(part) for part in parts)


def _quoted(text: str) -> str:
    return text[1:-1].replace("\\n", "\n").replace("\\u{a0}", "\u00a0")


def content(text: str) -> str:
    r"""Words of Typst: values as a template writes them, `\` as an end of line."""
    bare = SMALL.sub(r"\1", BREAKABLE.sub("", text))
    bare = JOINED.sub(_one_after_the_other, CHOSEN.sub(_either_or, bare))
    lines = "\n".join(" ".join(line.split()) for line in bare.split("\\"))
    return VALUE.sub(_named, ROW_NUMBER.sub("{{ loop.index }}", lines))


def _one_after_the_other(found: re.Match[str]) -> str:
    last = f'{{{{ "" if loop.last else "{found["between"]}" }}}}'
    return f"{{% for k in {found['lines']} %}}{value(found['each'])}{last}{{% endfor %}}"


def _either_or(found: re.Match[str]) -> str:
    known, said, so, other = (found[name] for name in ("known", "is", "so", "other"))
    return f'{{% if {known} == "{said}" %}}{content(so)}{{% else %}}{content(other)}{{% endif %}}'


def _named(found: re.Match[str]) -> str:
    return f"{{{{ {'' if found[1] == 'd' else 'k.'}{found[2]} }}}}"


def title(source: str) -> str:
    """The title line of a text."""
    found = source.index("#judul(")
    return value(_arguments(source[found + 7 : _closing(source, found + 6) - 1])[0])


class _Reader:
    def __init__(self) -> None:
        self._points = 0
        self._ours: dict[str, tuple[list[str], str]] = {}

    def blocks(self, source: str) -> Iterator[Block]:
        at = 0
        while at < len(source):
            if source[at].isspace():
                at += 1
                continue
            end = _end(source, at)
            yield from self._block(source[at:end].strip())
            at = end

    def _block(self, text: str) -> Iterator[Block]:
        if found := DEFINITION.match(text):
            self._ours[found["name"]] = (_arguments(found["names"]), text[found.end() :])
        elif found := CALL.match(text):
            end = _closing(text, found.end() - 1)
            yield from self._call(found[1], text[found.end() : end - 1], text[end:])
        elif text.startswith("+ "):
            self._points += 1
            yield Text(content(text[2:]), point=self._points)
        elif found := CONDITION.match(text):
            many = f"{found['lines']} is defined and {found['lines']}|length > 1"
            yield Text(content(text[found.end() : -1]).strip(), only_if=many)
        elif not SETTING.match(text):
            yield Text(content(text))

    def _call(self, name: str, inner: str, body: str) -> Iterator[Block]:
        if "ttd(" in inner:
            yield Signatures(tuple(_signature(inner, found.end()) for found in SIGNATURE.finditer(inner)))
        elif name in self._ours:
            yield self._our_table(name, _arguments(inner))
        elif name == "pasal":
            number, words = _arguments(inner)
            yield Text(f"Pasal {number}\n{value(words)}", is_heading=True)
            yield from self.blocks(body[1:-1])
        elif name == "block":
            for block in self.blocks(body[1:-1]):
                if isinstance(block, Text) and "sticky: true" in inner:
                    yield replace(block, stays=True)
                else:
                    yield block
        elif name in _SIMPLE:
            yield _SIMPLE[name](inner)

    def _our_table(self, name: str, given: list[str]) -> Table:
        names, text = self._ours[name]
        for known, value_given in zip(names, given, strict=True):
            text = re.sub(rf"\b{known}\b", value_given, text)
        return _table(text[text.index("(") + 1 : -1])


def _pairs(inner: str) -> Pairs:
    given = _arguments(inner)
    return Pairs(tuple(zip(map(value, given[::2]), map(value, given[1::2]), strict=True)))


def _heading(inner: str) -> Text:
    return Text(content(inner[inner.index("[") + 1 : -1]), is_heading=True)


def _new_page(_inner: str) -> NewPage:
    return NewPage()


def _table(inner: str) -> Table:
    given = _arguments(inner)
    (heads,) = (text[len("table.header(") : -1] for text in given if text.startswith("table.header("))
    ((rows, found),) = ((text, match) for text in given if (match := LINES.match(text)))
    cells = _arguments(rows[found.end() + 1 : rows.index(")).flatten()")].strip())
    (foot,) = (text[len("table.footer(") : -1] for text in given if text.startswith("table.footer("))
    closing = [text for text in _arguments(foot) if text.endswith("]")]
    told = [content(text[text.index("[") + 1 : -1]) for text in closing]
    names = _arguments(heads)
    below = told.pop() if closing[-1].startswith(f"table.cell(colspan: {len(names)},") else ""
    return Table(tuple(map(value, names)), found[1], tuple(map(value, cells)), tuple(told), below)


def _signature(inner: str, start: int) -> tuple[str, str, str]:
    role, name, *more = _arguments(inner[start : _closing(inner, start - 1) - 1])
    below = [text.removeprefix("bawah: ") for text in more if text.startswith("bawah: ")]
    return value(role), value(name), "".join(map(value, below))


def _end(source: str, at: int) -> int:
    """Where the block that begins here ends: a call with its brackets, a point, else a paragraph."""
    if found := DEFINITION.match(source, at):
        return _closing(source, source.index("(", found.end()))
    if found := CONDITION.match(source, at):
        return _closing(source, found.end() - 1)
    if found := SETTING.match(source, at):
        return _closing(source, found.end() - 1)
    if found := CALL.match(source, at):
        end = _closing(source, found.end() - 1)
        return _closing(source, end) if source[end : end + 1] == "[" else end
    blank = NEXT.search(source, at + 1)
    return blank.start() if blank else len(source)


def _closing(text: str, at: int) -> int:
    """The place after the bracket that closes the one at `at`; brackets in quotes do not count."""
    depth, quoted = 0, False
    for place in range(at, len(text)):
        sign = text[place]
        if sign == '"':
            quoted = not quoted
        elif not quoted:
            depth += (sign in "([{") - (sign in ")]}")
            if depth == 0:
                return place + 1
    raise ValueError(text[at : at + 40])


def _arguments(inner: str) -> list[str]:
    """What stands between the commas, those inside brackets and quotes not counted."""
    given, start, at = [], 0, 0
    while at < len(inner):
        if inner[at] in "([{":
            at = _closing(inner, at)
        elif inner[at] == '"':
            at = inner.index('"', at + 1) + 1
        elif inner[at] == ",":
            given.append(inner[start:at])
            start = at = at + 1
        else:
            at += 1
    return [text for part in [*given, inner[start:]] if (text := part.strip())]


_SIMPLE: Final[dict[str, Callable[[str], Block]]] = {
    "rincian": _pairs,
    "tabel-jumlah": _table,
    "pagebreak": _new_page,
    "align": _heading,
}
