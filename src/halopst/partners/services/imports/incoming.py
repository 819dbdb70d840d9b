"""Rows of a file into the register by COPY and set-based SQL, ten thousand at a time.

What an office says of its own mitra replaces what is known; of anyone else's it fills in what is unknown.
A blank cell never erases anything. The same rows a second time change nothing. An account that changes is
for its mitra to confirm again, as when it is changed by hand.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.backends.utils import CursorWrapper

from halopst.partners.models import ImportRun
from halopst.partners.rules.imports import Fault
from halopst.partners.services.imports.packing import COLUMNS, TEXTS
from halopst.partners.services.settling import settle_remarks_of

Where = dict[str, int | str]

_TYPES = {"row": "integer", "birth_date": "date", "capi_experience": "boolean"}
_CREATE = f"""
CREATE TEMP TABLE IF NOT EXISTS partners_incoming (
    {", ".join(f"{name} {_TYPES.get(name, 'text')}" for name in COLUMNS)}
) ON COMMIT DROP;
CREATE TEMP TABLE IF NOT EXISTS partners_known (row integer, person_id bigint, ours boolean) ON COMMIT DROP;
TRUNCATE partners_incoming, partners_known
"""
_COPY = f"COPY partners_incoming ({', '.join(COLUMNS)}) FROM STDIN"
_COPY_KEYS = "COPY partners_incoming (row, nik_hash, id_sobat) FROM STDIN"
# Who each row is about, found by the NIK, else by the SOBAT id; once more after the new ones are added.
_RECOGNISE = """
INSERT INTO partners_known (row, person_id, ours)
SELECT i.row, p.id, EXISTS (
    SELECT 1 FROM partners_registration r WHERE r.person_id = p.id AND r.unit_id = %(unit)s
)
FROM partners_incoming i JOIN partners_person p ON {same}
WHERE NOT EXISTS (SELECT 1 FROM partners_known k WHERE k.row = i.row)
"""
_BY_NIK = _RECOGNISE.format(same="i.nik_hash <> '' AND p.nik_hash <> '' AND p.nik_hash = i.nik_hash")
_BY_SOBAT_ID = _RECOGNISE.format(
    same="i.id_sobat <> '' AND p.id_sobat <> '' AND p.id_sobat = i.id_sobat"
    " AND (p.nik_hash = '' OR i.nik_hash = '')"
)
_CONFLICTS = """
SELECT i.row, 'id_sobat', CASE WHEN k.person_id IS NULL THEN 'nik-differs' ELSE 'nik-other' END, ''
FROM partners_incoming i JOIN partners_person p
  ON p.id_sobat <> '' AND i.id_sobat <> '' AND p.id_sobat = i.id_sobat
LEFT JOIN partners_known k ON k.row = i.row
WHERE k.person_id IS DISTINCT FROM p.id
UNION ALL
SELECT row, 'nik', 'person-twice', first::text FROM (
    SELECT row, min(row) OVER (PARTITION BY person_id) AS first FROM partners_known
) twice WHERE row <> first
"""
_LEAVE_OUT = (
    "DELETE FROM partners_incoming WHERE row = ANY(%s)",
    "DELETE FROM partners_known WHERE row = ANY(%s)",
)
_FROM_KNOWN = "FROM partners_incoming i JOIN partners_known k ON k.row = i.row"


def _kept(column: str, blank: str = "''") -> str:
    """The value a known mitra has after the import: blanks erase nothing, strangers replace nothing."""
    unknown = f"p.{column} IS NULL" if blank == "NULL" else f"p.{column} = {blank}"
    given = f"i.{column} IS NOT NULL" if blank == "NULL" else f"i.{column} <> {blank}"
    return f"CASE WHEN {given} AND (k.ours OR {unknown}) THEN i.{column} ELSE p.{column} END AS {column}"


_SEALED = """
CASE WHEN p.nik_hash = '' THEN i.nik_hash ELSE p.nik_hash END AS nik_hash,
CASE WHEN p.nik_hash = '' THEN i.nik_locked ELSE p.nik_locked END AS nik_locked,
CASE WHEN i.npwp_hash NOT IN ('', p.npwp_hash) AND (k.ours OR p.npwp_hash = '')
    THEN i.npwp_hash ELSE p.npwp_hash END AS npwp_hash,
CASE WHEN i.npwp_hash NOT IN ('', p.npwp_hash) AND (k.ours OR p.npwp_hash = '')
    THEN i.npwp_locked ELSE p.npwp_locked END AS npwp_locked,
CASE WHEN i.capi_experience IS NULL THEN p.capi_experience
     WHEN k.ours THEN i.capi_experience
     ELSE p.capi_experience OR i.capi_experience END AS capi_experience
"""
_PERSON = (*TEXTS, "birth_date", "nik_hash", "nik_locked", "npwp_hash", "npwp_locked", "capi_experience")
_LOCK = """
SELECT id FROM partners_person WHERE id IN (SELECT person_id FROM partners_known) ORDER BY id
FOR NO KEY UPDATE
"""
# As `ApprovalQuerySet.hold`: a letter being made of a month is made first, or refused afterwards.
_HOLD = f"""
SELECT a.id {_FROM_KNOWN}
JOIN partners_registration r ON r.person_id = k.person_id AND r.unit_id = %(unit)s AND r.year = %(year)s
JOIN partners_person p ON p.id = r.person_id
JOIN partners_approval a ON a.registration_id = r.id AND a.withdrawn_at IS NULL
WHERE i.status NOT IN ('', 'aktif') ORDER BY p.name, a.id
FOR UPDATE OF a
"""  # our own text
_CHANGE_PEOPLE = f"""
WITH next AS (
    SELECT p.id, {", ".join(_kept(name) for name in TEXTS)}, {_kept("birth_date", "NULL")}, {_SEALED}
    {_FROM_KNOWN} JOIN partners_person p ON p.id = k.person_id
)
UPDATE partners_person p SET {", ".join(f"{name} = n.{name}" for name in _PERSON)}, updated_at = now()
FROM next n WHERE p.id = n.id
  AND ({", ".join(f"p.{name}" for name in _PERSON)}) IS DISTINCT FROM
      ({", ".join(f"n.{name}" for name in _PERSON)})
RETURNING p.id
"""  # noqa: S608  # our own column names
# Whom another office has added meanwhile is recognised afterwards.
_ADD_PEOPLE = f"""
WITH added AS (
    INSERT INTO partners_person (created_at, updated_at, {", ".join(_PERSON)})
    SELECT now(), now(), {", ".join(_PERSON[:-1])}, COALESCE(capi_experience, false)
    FROM partners_incoming i WHERE NOT EXISTS (SELECT 1 FROM partners_known k WHERE k.row = i.row)
    ORDER BY nik_hash, id_sobat
    ON CONFLICT DO NOTHING
    RETURNING id, nik_hash, id_sobat
)
INSERT INTO partners_known (row, person_id, ours)
SELECT i.row, a.id, false
FROM partners_incoming i JOIN added a ON a.nik_hash = i.nik_hash AND a.id_sobat = i.id_sobat
"""  # noqa: S608  # our own column names
_CHANGE_YEARS = f"""
UPDATE partners_registration r SET
    position = COALESCE(NULLIF(i.position, ''), r.position),
    status = COALESCE(NULLIF(i.status, ''), r.status),
    decree = COALESCE(NULLIF(i.decree, ''), r.decree),
    updated_at = now()
{_FROM_KNOWN}
WHERE r.person_id = k.person_id AND r.unit_id = %(unit)s AND r.year = %(year)s
  AND (r.position, r.status, r.decree) IS DISTINCT FROM (
    COALESCE(NULLIF(i.position, ''), r.position),
    COALESCE(NULLIF(i.status, ''), r.status),
    COALESCE(NULLIF(i.decree, ''), r.decree))
RETURNING r.person_id
"""  # noqa: S608  # our own text
_ADD_YEARS = f"""
INSERT INTO partners_registration
    (created_at, updated_at, person_id, unit_id, year, position, status, decree)
SELECT now(), now(), k.person_id, %(unit)s, %(year)s, COALESCE(NULLIF(i.position, ''), %(position)s),
       COALESCE(NULLIF(i.status, ''), %(status)s), i.decree
{_FROM_KNOWN} ORDER BY k.person_id
ON CONFLICT (person_id, unit_id, year) DO NOTHING
RETURNING person_id
"""  # our own text
_CHANGE_ACCOUNTS = f"""
UPDATE partners_bankaccount b SET bank = i.bank, holder = i.holder, tail = i.tail,
    number_hash = i.number_hash, updated_at = now(),
    number_locked = CASE WHEN b.number_hash = i.number_hash THEN b.number_locked ELSE i.number_locked END,
    confirmed_at = NULL
{_FROM_KNOWN}
WHERE b.person_id = k.person_id AND k.ours AND i.number_hash <> ''
  AND (b.bank, b.holder, b.number_hash) IS DISTINCT FROM (i.bank, i.holder, i.number_hash)
RETURNING b.person_id
"""  # noqa: S608  # our own text
_ADD_ACCOUNTS = f"""
INSERT INTO partners_bankaccount
    (created_at, updated_at, person_id, bank, holder, tail, number_hash, number_locked)
SELECT now(), now(), k.person_id, i.bank, i.holder, i.tail, i.number_hash, i.number_locked
{_FROM_KNOWN} WHERE i.number_hash <> '' ORDER BY k.person_id
ON CONFLICT (person_id) DO NOTHING
RETURNING person_id
"""  # our own text


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many rows put somebody new into the office's year, changed something, or said nothing new."""

    added: int
    changed: int
    unchanged: int
    faults: list[Fault]


def conflicts(run: ImportRun, keys: bytes) -> list[Fault]:
    """What in the rows of these keys cannot be true beside what the register holds; nothing is changed."""
    with connection.cursor() as cursor:
        _take_up(cursor, run, _COPY_KEYS, keys)
        return _conflicts(cursor)


def take_in(run: ImportRun, lines: bytes, *, now: datetime) -> Outcome:
    """Put these rows into the register, in the caller's transaction; those in conflict stay out."""
    with connection.cursor() as cursor:
        where = _take_up(cursor, run, _COPY, lines)
        faults = _conflicts(cursor)
        for statement in _LEAVE_OUT if faults else ():
            cursor.execute(statement, [[fault.row for fault in faults]])
        cursor.execute(_LOCK)
        changed = _touched(cursor, _CHANGE_PEOPLE, where)
        cursor.execute(_ADD_PEOPLE)
        cursor.execute("ANALYZE partners_known")
        cursor.execute(_BY_NIK, where)
        cursor.execute(_BY_SOBAT_ID, where)
        cursor.execute(_HOLD, where)
        changed |= _touched(cursor, _CHANGE_YEARS, where)
        added = _touched(cursor, _ADD_YEARS, where)
        accounts = _touched(cursor, _CHANGE_ACCOUNTS, where) | _touched(cursor, _ADD_ACCOUNTS, where)
    settle_remarks_of(accounts, unit=run.unit, mended=True, now=now)
    changed = (changed | accounts) - added
    left = lines.count(b"\n") - len({fault.row for fault in faults})
    return Outcome(len(added), len(changed), left - len(added) - len(changed), faults)


def _take_up(cursor: CursorWrapper, run: ImportRun, copy_in: str, lines: bytes) -> Where:
    """Copy the rows to where SQL can see them, and recognise who they are about."""
    where: Where = {"unit": run.unit_id, "year": run.year, "position": run.position, "status": run.status}
    cursor.execute(_CREATE)
    with cursor.cursor.copy(copy_in) as copy:
        copy.write(lines)
    cursor.execute("ANALYZE partners_incoming (row, nik_hash, id_sobat)")
    cursor.execute(_BY_NIK, where)
    cursor.execute(_BY_SOBAT_ID, where)
    return where


def _touched(cursor: CursorWrapper, statement: str, where: Where) -> set[int]:
    """The ids of the mitra a statement added something to, or changed."""
    cursor.execute(statement, where)
    return {person_id for (person_id,) in cursor.fetchall()}


def _conflicts(cursor: CursorWrapper) -> list[Fault]:
    cursor.execute(_CONFLICTS)
    return [Fault(row, field, code, detail) for row, field, code, detail in cursor.fetchall()]
