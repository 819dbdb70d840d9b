"""Rows of the WebAPI's lists as typed values; a row without an id or a name is left out."""

from base64 import b64encode
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from halopst.knowledge.rules.figures import periods, values
from halopst.knowledge.webapi.text import clean, clean_lines

PUBLICATION, PRESS_RELEASE, NEWS, STATIC_TABLE, GLOSSARY = (
    "publication",
    "pressrelease",
    "news",
    "statictable",
    "glosarium",
)


@dataclass(frozen=True, slots=True)
class Variable:
    external_id: str
    title: str
    subject: str
    unit: str
    definition: str
    notes: str


@dataclass(frozen=True, slots=True)
class Indicator:
    """A strategic indicator: one figure of the domain itself, with its period."""

    external_id: str
    title: str
    unit: str
    source: str
    period: periods.Period | None
    value: values.Value | None


@dataclass(frozen=True, slots=True)
class Item:
    """A publication, press release, news item, static table or glossary entry.

    What a static table says is not in the list; `body` is empty.
    """

    kind: str
    external_id: str
    title: str
    body: str
    subject: str
    link: str
    released_on: date | None
    scheduled_on: date | None
    updated_on: date | None


def variable(row: dict[str, Any]) -> Variable | None:
    external_id, title = clean(row.get("var_id"), 40), clean(row.get("title"))
    if not external_id or not title:
        return None
    return Variable(
        external_id,
        title,
        clean(row.get("sub_name"), 150),
        clean(row.get("unit"), 60),
        clean_lines(row.get("def"), 4000),
        clean_lines(row.get("notes"), 4000),
    )


def indicator(row: dict[str, Any]) -> Indicator | None:
    external_id = clean(row.get("indicator_id") or row.get("var"), 40)
    title = clean(row.get("title") or row.get("name"))
    if not external_id or not title:
        return None
    return Indicator(
        external_id,
        title,
        clean(row.get("unit"), 60),
        clean(row.get("data_source"), 150),
        periods.of_label(clean(row.get("periode"), 60)),
        values.of_json(row.get("value")),
    )


def year_id(row: dict[str, Any]) -> str:
    """The id of a year, `126` for 2026; empty when it is none."""
    found = clean(row.get("th_id"), 6)
    return found if found.isascii() and found.isdigit() else ""


def item(kind: str, row: dict[str, Any], *, site: str) -> Item | None:
    names = {
        PUBLICATION: ("pub_id", "abstract", "subj"),
        PRESS_RELEASE: ("brs_id", "abstract", "subj"),
        NEWS: ("news_id", "news", "newscat_name"),
        STATIC_TABLE: ("table_id", "", "subj"),
        GLOSSARY: ("glos_id", "description", ""),
    }[kind]
    external_id, title = clean(row.get(names[0]), 60), clean(row.get("title"))
    if not external_id or not title:
        return None
    released = _day(row.get("rl_date")) or _day(row.get("updt_date"))
    return Item(
        kind,
        external_id,
        title,
        clean_lines(row.get(names[1])),
        clean(row.get(names[2]), 150),
        _link(kind, external_id, released, site),
        released,
        _day(row.get("sch_date")),
        _day(row.get("updt_date")),
    )


def table_link(external_id: str, site: str) -> str:
    """The page of a variable's table on the office's site."""
    return f"{site}/id/statistics-table/2/{_coded(external_id, 2)}/" if site else ""


def _link(kind: str, external_id: str, released: date | None, site: str) -> str:
    """The page on the office's site, not the file itself, whose address is signed and expires."""
    if not site or kind == GLOSSARY:
        return ""
    if kind == STATIC_TABLE:
        return f"{site}/id/statistics-table/1/{_coded(external_id, 1)}/"
    if released is None:
        return f"{site}/id/{kind}"
    return f"{site}/id/{kind}/{released:%Y/%m/%d}/{external_id}/"


def _coded(external_id: str, kind: int) -> str:
    return b64encode(f"{external_id}#{kind}".encode()).decode().rstrip("=")


def _day(value: object) -> date | None:
    try:
        return datetime.strptime(str(value)[:10], "%Y-%m-%d").date()  # noqa: DTZ007  # a day has no zone
    except ValueError:
        return None
