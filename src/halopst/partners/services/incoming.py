"""Rows of a file into the register by COPY and set-based SQL, ten thousand at a time.

What an office says of its own mitra replaces what is known; of anyone else's it fills in what is unknown.
A blank cell never erases anything. The same rows a second time change nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper

from halopst.partners.models import ImportRun
from halopst.partners.rules.imports import Fault, Reading
from halopst.partners.secrecy import fingerprint, seal

_TEXTS = (
    "id_sobat",
    "name",
    "sex",
    "email",
    "phone",
    "address",
    "district",
    "village",
    "education",
    "occupation",
    "other_employment",
)
_COPIED = (
    "row",
    "nik_hash",
    "nik_locked",
    "npwp_hash",
    "npwp_locked",
    "number_hash",
    "number_locked",
    "tail",
    "bank",
    "holder",
    "position",
    "status",
    "decree",
    "birth_date",
    "capi_experience",
    *_TEXTS,
)
_TYPES = {"row": "integer", "birth_date": "date", "capi_experience": "boolean"}
_CREATE = f"""
CREATE TEMP TABLE IF NOT EXISTS partners_incoming (
    {", ".join(f"{name} {_TYPES.get(name, 'text')}" for name in _COPIED)},
    person_id bigint, ours boolean DEFAULT false,
    is_added boolean DEFAULT false, is_changed boolean DEFAULT false
) ON COMMIT DROP;
TRUNCATE partners_incoming
"""
_COPY = f"COPY partners_incoming ({', '.join(_COPIED)}) FROM STDIN"
_MATCH = (
    """
    UPDATE partners_incoming i SET person_id = p.id FROM partners_person p
    WHERE i.person_id IS NULL AND i.nik_hash <> '' AND p.nik_hash <> '' AND p.nik_hash = i.nik_hash
    """,
    """
    UPDATE partners_incoming i SET person_id = p.id FROM partners_person p
    WHERE i.person_id IS NULL AND i.id_sobat <> '' AND p.id_sobat <> '' AND p.id_sobat = i.id_sobat
      AND (p.nik_hash = '' OR i.nik_hash = '')
    """,
)
_CONFLICTS = """
SELECT i.row, 'id_sobat', CASE WHEN i.person_id IS NULL THEN 'nik-differs' ELSE 'nik-other' END, ''
FROM partners_incoming i JOIN partners_person p
  ON p.id_sobat <> '' AND i.id_sobat <> '' AND p.id_sobat = i.id_sobat
WHERE i.person_id IS DISTINCT FROM p.id
UNION ALL
SELECT row, 'nik', 'person-twice', first::text FROM (
    SELECT row, min(row) OVER (PARTITION BY person_id) AS first
    FROM partners_incoming WHERE person_id IS NOT NULL
) twice WHERE row <> first
"""


def _kept(column: str, blank: str = "''") -> str:
    """The value a known mitra has after the import: blanks erase nothing, strangers replace nothing."""
    unknown = f"p.{column} IS NULL" if blank == "NULL" else f"p.{column} = {blank}"
    given = f"i.{column} IS NOT NULL" if blank == "NULL" else f"i.{column} <> {blank}"
    return f"CASE WHEN {given} AND (i.ours OR {unknown}) THEN i.{column} ELSE p.{column} END AS {column}"


_SEALED = """
CASE WHEN p.nik_hash = '' THEN i.nik_hash ELSE p.nik_hash END AS nik_hash,
CASE WHEN p.nik_hash = '' THEN i.nik_locked ELSE p.nik_locked END AS nik_locked,
CASE WHEN i.npwp_hash NOT IN ('', p.npwp_hash) AND (i.ours OR p.npwp_hash = '')
    THEN i.npwp_hash ELSE p.npwp_hash END AS npwp_hash,
CASE WHEN i.npwp_hash NOT IN ('', p.npwp_hash) AND (i.ours OR p.npwp_hash = '')
    THEN i.npwp_locked ELSE p.npwp_locked END AS npwp_locked,
CASE WHEN i.capi_experience IS NULL THEN p.capi_experience
     WHEN i.ours THEN i.capi_experience
     ELSE p.capi_experience OR i.capi_experience END AS capi_experience
"""
_PERSON = (*_TEXTS, "birth_date", "nik_hash", "nik_locked", "npwp_hash", "npwp_locked", "capi_experience")
_CHANGE_PEOPLE = f"""
WITH next AS (
    SELECT p.id, {", ".join(_kept(name) for name in _TEXTS)}, {_kept("birth_date", "NULL")}, {_SEALED}
    FROM partners_incoming i JOIN partners_person p ON p.id = i.person_id
), changed AS (
    UPDATE partners_person p SET {", ".join(f"{name} = n.{name}" for name in _PERSON)}, updated_at = now()
    FROM next n WHERE p.id = n.id
      AND ({", ".join(f"p.{name}" for name in _PERSON)}) IS DISTINCT FROM
          ({", ".join(f"n.{name}" for name in _PERSON)})
    RETURNING p.id
)
UPDATE partners_incoming i SET is_changed = true FROM changed c WHERE i.person_id = c.id
"""  # noqa: S608  # our own column names
_ADD_PEOPLE = f"""
INSERT INTO partners_person (created_at, updated_at, {", ".join(_PERSON)})
SELECT now(), now(), {", ".join(_PERSON[:-1])}, COALESCE(capi_experience, false)
FROM partners_incoming WHERE person_id IS NULL ORDER BY nik_hash, id_sobat
ON CONFLICT DO NOTHING
"""  # noqa: S608  # our own column names
_CHANGE_YEARS = """
WITH changed AS (
    UPDATE partners_registration r SET
        position = COALESCE(NULLIF(i.position, ''), r.position),
        status = COALESCE(NULLIF(i.status, ''), r.status),
        decree = COALESCE(NULLIF(i.decree, ''), r.decree),
        updated_at = now()
    FROM partners_incoming i
    WHERE r.person_id = i.person_id AND r.unit_id = %(unit)s AND r.year = %(year)s
      AND (r.position, r.status, r.decree) IS DISTINCT FROM (
        COALESCE(NULLIF(i.position, ''), r.position),
        COALESCE(NULLIF(i.status, ''), r.status),
        COALESCE(NULLIF(i.decree, ''), r.decree))
    RETURNING r.person_id
)
UPDATE partners_incoming i SET is_changed = true FROM changed c WHERE i.person_id = c.person_id
"""
_ADD_YEARS = """
WITH added AS (
    INSERT INTO partners_registration
        (created_at, updated_at, person_id, unit_id, year, position, status, decree)
    SELECT now(), now(), person_id, %(unit)s, %(year)s, COALESCE(NULLIF(position, ''), %(position)s),
           COALESCE(NULLIF(status, ''), %(status)s), decree
    FROM partners_incoming WHERE person_id IS NOT NULL ORDER BY person_id
    ON CONFLICT (person_id, unit_id, year) DO NOTHING
    RETURNING person_id
)
UPDATE partners_incoming i SET is_added = true FROM added a WHERE i.person_id = a.person_id
"""
_CHANGE_ACCOUNTS = """
WITH changed AS (
    UPDATE partners_bankaccount b SET bank = i.bank, holder = i.holder, tail = i.tail,
        number_hash = i.number_hash, updated_at = now(),
        number_locked = CASE WHEN b.number_hash = i.number_hash THEN b.number_locked ELSE i.number_locked END,
        confirmed_at = CASE WHEN b.number_hash = i.number_hash THEN b.confirmed_at END
    FROM partners_incoming i
    WHERE b.person_id = i.person_id AND i.ours AND i.number_hash <> ''
      AND (b.bank, b.holder, b.number_hash) IS DISTINCT FROM (i.bank, i.holder, i.number_hash)
    RETURNING b.person_id
)
UPDATE partners_incoming i SET is_changed = true FROM changed c WHERE i.person_id = c.person_id
"""
_ADD_ACCOUNTS = """
WITH added AS (
    INSERT INTO partners_bankaccount
        (created_at, updated_at, person_id, bank, holder, tail, number_hash, number_locked)
    SELECT now(), now(), person_id, bank, holder, tail, number_hash, number_locked
    FROM partners_incoming WHERE person_id IS NOT NULL AND number_hash <> '' ORDER BY person_id
    ON CONFLICT (person_id) DO NOTHING
    RETURNING person_id
)
UPDATE partners_incoming i SET is_changed = true FROM added a WHERE i.person_id = a.person_id
"""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many rows put somebody new into the office's year, changed something, or said nothing new."""

    added: int
    changed: int
    unchanged: int
    faults: list[Fault]


def conflicts(readings: Iterable[Reading]) -> list[Fault]:
    """What in these rows cannot be true beside what the register holds; nothing is changed."""
    with connection.cursor() as cursor:
        _take_in(cursor, [_numbers(reading) for reading in readings])
        return _conflicts(cursor)


def take_in(run: ImportRun, readings: Sequence[Reading]) -> Outcome:
    """Put these rows into the register, in the caller's transaction; those in conflict stay out."""
    where: dict[str, int | str] = {
        "unit": run.unit_id,
        "year": run.year,
        "position": run.position,
        "status": run.status,
    }
    with connection.cursor() as cursor:
        _take_in(cursor, [_whole(reading) for reading in readings])
        faults = _conflicts(cursor)
        cursor.execute("DELETE FROM partners_incoming WHERE row = ANY(%s)", [[fault.row for fault in faults]])
        cursor.execute(_OURS, where)
        cursor.execute(_LOCK)
        cursor.execute(_CHANGE_PEOPLE)
        cursor.execute(_ADD_PEOPLE)
        for statement in _MATCH:
            cursor.execute(statement)
        for statement in (_CHANGE_YEARS, _ADD_YEARS, _CHANGE_ACCOUNTS, _ADD_ACCOUNTS):
            cursor.execute(statement, where)
        cursor.execute(_COUNT)
        added, changed, unchanged = cursor.fetchone() or (0, 0, 0)
    return Outcome(added, changed, unchanged, faults)


_OURS = """
UPDATE partners_incoming i SET ours = true WHERE EXISTS (
    SELECT 1 FROM partners_registration r WHERE r.person_id = i.person_id AND r.unit_id = %(unit)s
)
"""
_LOCK = """
SELECT id FROM partners_person WHERE id IN (SELECT person_id FROM partners_incoming) ORDER BY id FOR UPDATE
"""
_COUNT = """
SELECT count(*) FILTER (WHERE is_added), count(*) FILTER (WHERE is_changed AND NOT is_added),
       count(*) FILTER (WHERE NOT is_changed AND NOT is_added) FROM partners_incoming
"""


def _take_in(cursor: CursorWrapper, rows: Iterable[tuple[Any, ...]]) -> None:
    cursor.execute(_CREATE)
    with cursor.cursor.copy(_COPY) as copy:
        for row in rows:
            copy.write_row(row)
    cursor.execute("ANALYZE partners_incoming")
    for statement in _MATCH:
        cursor.execute(statement)


def _conflicts(cursor: CursorWrapper) -> list[Fault]:
    cursor.execute(_CONFLICTS)
    return [Fault(row, field, code, detail) for row, field, code, detail in cursor.fetchall()]


def _numbers(reading: Reading) -> tuple[Any, ...]:
    """Only what tells who a row is about; everything else stays in the file."""
    values = reading.values
    nik = values.get("nik", "")
    known = {
        "row": reading.row,
        "nik_hash": fingerprint(nik) if nik else "",
        "id_sobat": values.get("id_sobat", ""),
    }
    return tuple(known.get(name, _BLANK[name]) for name in _COPIED)


def _whole(reading: Reading) -> tuple[Any, ...]:
    get = reading.values.get
    nik, npwp, number = get("nik", ""), get("npwp", ""), get("account_number", "")
    bank, holder = get("bank", ""), get("account_holder", "")
    if not (bank and holder):
        number = ""
    return (
        reading.row,
        fingerprint(nik) if nik else "",
        seal(nik),
        fingerprint(npwp) if npwp else "",
        seal(npwp),
        fingerprint(number) if number else "",
        seal(number),
        number[-4:],
        bank,
        holder,
        get("position", ""),
        get("status", ""),
        get("decree", ""),
        get("birth_date"),
        get("capi_experience"),
        *[get(name, "") for name in _TEXTS],
    )


_BLANK: dict[str, Any] = {name: None if name in {"birth_date", "capi_experience"} else "" for name in _COPIED}
