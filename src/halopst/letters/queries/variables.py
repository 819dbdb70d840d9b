"""The names a text of a kind of letter may print."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from halopst.letters.kinds import DocumentKind
from halopst.letters.rules import Field, Shape, number_code, official_name, presentable
from halopst.units.models import Unit


@dataclass(frozen=True, slots=True)
class Variable:
    """A name a template may print, what it stands for, and an example."""

    name: str
    label: Any
    example: str


def variables(kind: DocumentKind, unit: Unit, today: date) -> list[Variable]:
    """Everything the text of a kind may print, in the order of its fields."""
    found = [
        Variable("d.nomor", "", f"B-001/{number_code(unit.code)}"),
        Variable("d.satker.nama", "", official_name(unit.name)),
        Variable("d.satker.tempat", "", unit.seat),
        *_of(Field(name="tanggal", label="", example=today.isoformat(), shape=Shape.DATE), "d."),
    ]
    for field in kind.fields:
        found += _of(field, "d.")
    return found


def _of(field: Field, prefix: str) -> list[Variable]:
    if field.shape is Shape.PERSON:
        return [variable for column in field.columns for variable in _of(column, f"{prefix}{field.name}.")]
    if field.shape is Shape.LINES:
        inner = [variable for column in field.columns for variable in _of(column, "b.")]
        return [Variable(f"#for b in {prefix}{field.name} [ … ]", field.label, ""), *inner]
    written = presentable((field,), {field.name: field.example})
    return [Variable(f"{prefix}{name}", field.label, str(text)) for name, text in written.items()]
