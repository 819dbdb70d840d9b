"""Writes docs/database.md: what the database itself refuses, as it stands after all migrations."""

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

PAGE = Path(__file__).resolve().parent.parent / "docs" / "database.md"
HEAD = """# What the database itself refuses

Written by `python -m tools.guards` from a database with all migrations; `tests/test_docs.py` compares.
Migrations tell how each rule came about, this page what holds now. What must hold whoever writes, and
however many write at once, is kept here: services ask first, so that the refusal is a kind sentence; the
database decides.

Of each table: its constraints and conditional unique indexes, whose names say what they keep (how is in the
`Meta` of its model), then its triggers. The functions that triggers run stand at the end, by name.
"""
OTHERS = ["procrastinate%", "django_%", "account_%", "socialaccount_%", "mfa_%", "shared_cache"]
OURS = f"NOT LIKE ALL (ARRAY{OTHERS})"
CONSTRAINTS = f"""
    SELECT conrelid::regclass::text AS holder, conname FROM pg_constraint
    WHERE connamespace = 'public'::regnamespace AND contype IN ('c', 'x', 'u')
      AND conrelid::regclass::text {OURS} AND conname !~ '_(check|uniq|key)$'
    UNION
    SELECT tablename, indexname FROM pg_indexes
    WHERE schemaname = 'public' AND indexdef LIKE 'CREATE UNIQUE% WHERE %' AND tablename {OURS}
"""  # noqa: S608  # nothing of it comes from outside
TRIGGERS = f"""
    SELECT tgrelid::regclass::text AS holder, tgname, tgfoid::regproc::text, pg_get_triggerdef(oid)
    FROM pg_trigger WHERE NOT tgisinternal AND tgrelid::regclass::text {OURS}
"""  # noqa: S608  # nothing of it comes from outside
FUNCTIONS = f"""
    SELECT proname, pg_get_functiondef(pg_proc.oid) FROM pg_proc
    WHERE pronamespace = 'public'::regnamespace AND prokind = 'f' AND proname {OURS}
      AND prolang IN (SELECT oid FROM pg_language WHERE lanname IN ('sql', 'plpgsql'))
      AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_proc.oid AND deptype = 'e')
"""  # noqa: S608  # nothing of it comes from outside


def page() -> str:
    """Needs Django set up, and the database of its settings migrated."""
    return "\n".join([HEAD.rstrip(), *_tables(), *_functions(), ""])


def _tables() -> Iterator[str]:
    rows = [(table, f"- `{name}`") for table, name in _asked(CONSTRAINTS)]
    rows += [(table, _trigger(name, runs, said)) for table, name, runs, said in _asked(TRIGGERS)]
    for table, found in groupby(sorted(rows, key=lambda row: row[0]), key=lambda row: row[0]):
        yield from ("", f"## {table}", "", *(line for _table, line in found))


def _trigger(name: str, runs: str, said: str) -> str:
    """When it fires, without what the heading and the link say."""
    when = said.partition(f" {name} ")[2].partition(" ON public.")[0]
    deferred = ", at the end of the transaction" if "INITIALLY DEFERRED" in said else ""
    return f"- trigger `{name}` runs `{runs}` {when.lower()}{deferred}"


def _functions() -> Iterator[str]:
    yield from ("", "## Functions")
    for name, source in _asked(FUNCTIONS):
        yield from ("", f"### {name}", "", "```sql", source.rstrip(), "```")


def _asked(question: str) -> list[tuple[str, ...]]:
    from django.db import connection  # noqa: PLC0415  # needs Django set up

    with connection.cursor() as cursor:
        cursor.execute(question)
        return sorted(cursor.fetchall())


def main() -> None:
    """Migrates the database of the settings first: the page is about the newest tables."""
    from halopst.config.actions import migrate_quietly  # noqa: PLC0415  # it sets Django up
    from halopst.config.environment import database  # noqa: PLC0415

    with database():
        migrate_quietly()
        PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
