"""One step of a fetch: ask for a page or a table outside of any transaction, and keep the answer."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from halopst.knowledge.models import Indicator, Sync
from halopst.knowledge.services import catalogue, figure_tables, static_tables
from halopst.knowledge.services.cells import Outcome
from halopst.knowledge.webapi import rows
from halopst.knowledge.webapi.client import Page, WebApi, WebApiError

Position = dict[str, Any]
WHOLE_PASS_EVERY = timedelta(days=30)
"""After so long all years are read again, as an office may have revised some."""
YEARS_READ_AGAIN = 2
MOST_DECLINED = 5
Kind = Sync.Kind
_YEARS_KNOWN = "SELECT DISTINCT period / 100 - 1900 FROM knowledge_cell WHERE indicator_id = %s"


@dataclass(slots=True)
class Kept:
    """What a step did; `position` None means that nothing is left to fetch."""

    position: Position | None
    seen: int = 0
    added: int = 0
    changed: int = 0
    skipped: int = 0
    steps_in_all: int = 0


@dataclass(frozen=True, slots=True)
class Fetched:
    """The answer to a step; `keep` stores it in the transaction that moves the position."""

    keep: Callable[[], Kept] = field(repr=False)


def fetch(api: WebApi, sync: Sync, *, now: datetime) -> Fetched:
    """The next step of `sync`; raises `WebApiError`."""
    position = dict(sync.position)
    if "site" not in position:
        return _find_site(api, sync, position, now)
    if sync.kind == Kind.FIGURES:
        return _figures(api, sync, position, now)
    if position.get("tables"):
        return _static_table(api, sync, position, now)
    return _listed(api, sync, position, now)


def _find_site(api: WebApi, sync: Sync, position: Position, now: datetime) -> Fetched:
    """The address of the office's site, for links; the last known one where none is given now."""
    site = sync.unit.website.rstrip("/")
    if not site:
        found = [row for row in api.domains() if str(row.get("domain_id")) == sync.unit.code]
        site = str(found[0].get("domain_url") or "").rstrip("/") if found else ""
    site = site if site.startswith(("https://", "http://")) and len(site) < 200 else ""  # noqa: PLR2004  # leaves room for the page
    site = site or position.get("last_site", "")
    return Fetched(lambda: Kept({**_fresh(position, now), "site": site}))


def _fresh(position: Position, now: datetime) -> Position:
    """The position at which a run begins; every now and then that fetches everything again."""
    whole_at = position.get("whole_at", "")
    whole = not whole_at or datetime.fromisoformat(whole_at) < now - WHOLE_PASS_EVERY
    return {"whole": whole, "whole_at": now.isoformat() if whole else whole_at}


def _listed(api: WebApi, sync: Sync, position: Position, now: datetime) -> Fetched:
    page = api.page(_MODELS[sync.kind], domain=sync.unit.code, page=position.get("page", 1))
    return Fetched(lambda: _keep_page(sync, page, position, now))


def _keep_page(sync: Sync, page: Page, position: Position, now: datetime) -> Kept:
    """Keep the rows of a page.

    An empty page within the number that earlier pages promised is skipped; a second one ends the list.
    """
    outcome, skipped = _KEEPERS[sync.kind](sync, page.rows, position["site"], now)
    known = catalogue.known(sync.unit, sync.kind)
    unchanged = not (outcome.added or outcome.changed)
    enough = bool(page.rows) and unchanged and known >= page.total and not position.get("whole")
    missing = not page.rows and 1 < page.number <= sync.steps_in_all
    given_up = missing and position.get("missing", False)
    last = page.number >= max(page.pages, sync.steps_in_all) or enough or given_up
    return Kept(
        _after_page(sync, page, {**position, "missing": missing}, last=last),
        seen=len(page.rows),
        added=outcome.added,
        changed=outcome.changed,
        skipped=skipped + missing,
        steps_in_all=page.pages,
    )


def _after_page(sync: Sync, page: Page, position: Position, *, last: bool) -> Position | None:
    """The position of the next page; of static tables first the contents of those on this page."""
    tables = static_tables.waiting_tables(sync.unit, page.rows) if sync.kind == Kind.STATIC_TABLES else []
    after = {**position, "page": page.number + 1, "tables": tables, "last": last}
    return after if tables or not last else None


def _static_table(api: WebApi, sync: Sync, position: Position, now: datetime) -> Fetched:
    """The content of one static table."""
    wanted, *others = position["tables"]
    after = None if position["last"] and not others else {**position, "tables": others, "declined": 0}
    try:
        answer = api.view(_MODELS[sync.kind], domain=sync.unit.code, number=wanted)
    except WebApiError as error:
        return _skipped(error, after, position.get("declined", 0) + 1)
    return Fetched(lambda: Kept(after, skipped=static_tables.keep_table(sync.unit, wanted, answer, now=now)))


def _figures(api: WebApi, sync: Sync, position: Position, now: datetime) -> Fetched:
    """One year of one variable; before its first year the list of its years."""
    if years := position.get("years"):
        indicator = Indicator.objects.filter(pk=position["indicator"]).first()
        after = {**position, "years": years[1:], "declined": 0}
        try:
            answer = _table(api, sync, indicator, years[0])
        except WebApiError as error:
            return _skipped(error, after, position.get("declined", 0) + 1)
        return Fetched(lambda: _keep_table(indicator, answer, after, now))
    waiting = _variables(sync).filter(pk__gt=position.get("indicator", 0)).order_by("pk")
    indicator = waiting.first()
    if indicator is None:
        return Fetched(lambda: Kept(None))
    wanted = _wanted(_years(api, sync, indicator), indicator, whole=position.get("whole", True))
    after = {**position, "indicator": indicator.pk, "years": wanted}
    return Fetched(lambda: Kept(after, steps_in_all=_variables(sync).count()))


def _table(api: WebApi, sync: Sync, indicator: Indicator | None, year: str) -> dict[str, Any] | None:
    if indicator is None:
        return None
    return api.table(domain=sync.unit.code, var=indicator.external_id, th=year)


def _skipped(error: WebApiError, after: Position | None, times: int) -> Fetched:
    """Skip a table that the server does not give; many in a row are a failure."""
    if error.code not in {"declined", "malformed", "too-large"} or times > MOST_DECLINED:
        raise error
    following = {**after, "declined": times} if after else None
    return Fetched(lambda: Kept(following, skipped=1))


def _variables(sync: Sync) -> QuerySet[Indicator]:
    rows: QuerySet[Indicator] = Indicator.objects.filter(unit=sync.unit, origin=Indicator.Origin.VARIABLE)
    return rows


def _keep_table(
    indicator: Indicator | None, answer: dict[str, Any] | None, position: Position, now: datetime
) -> Kept:
    if indicator is None or answer is None:
        return Kept(position)
    kept = figure_tables.keep(indicator, answer, site=position["site"], now=now)
    outcome = kept.outcome
    seen = outcome.added + outcome.changed + outcome.same
    return Kept(position, seen=seen, added=outcome.added, changed=outcome.changed, skipped=kept.skipped)


def _years(api: WebApi, sync: Sync, indicator: Indicator) -> list[str]:
    """The ids of the years that have data, newest first."""
    found: dict[str, None] = {}
    number, pages = 1, 1
    while number <= pages:
        page = api.page("th", domain=sync.unit.code, page=number, var=indicator.external_id)
        found |= {year: None for row in page.rows if (year := rows.year_id(row))}
        number, pages = number + 1, min(page.pages, 20)
    return sorted(found, key=int, reverse=True)


def _wanted(years: Sequence[str], indicator: Indicator, *, whole: bool) -> list[str]:
    """The years to fetch: all of them, or the newest and those of which we have nothing."""
    if whole:
        return list(years)
    with connection.cursor() as cursor:
        cursor.execute(_YEARS_KNOWN, [indicator.pk])
        known = {str(year) for (year,) in cursor.fetchall()}
    return [year for at, year in enumerate(years) if at < YEARS_READ_AGAIN or year not in known]


Keeper = Callable[[Sync, Sequence[dict[str, Any]], str, datetime], tuple[Outcome, int]]
_KEEPERS: dict[str, Keeper] = {
    Kind.VARIABLES: lambda sync, found, _site, _now: catalogue.keep_variables(sync.unit, found),
    Kind.INDICATORS: lambda sync, found, site, now: figure_tables.keep_indicators(
        sync.unit, found, site=site, now=now
    ),
    **{
        kind: lambda sync, found, site, now: catalogue.keep_items(
            sync.unit, sync.kind, found, site=site, now=now
        )
        for kind in catalogue.ITEM_KINDS
    },
}
_MODELS: dict[str, str] = {
    Kind.VARIABLES: "var",
    Kind.INDICATORS: "indicators",
    **{kind: kind for kind in catalogue.ITEM_KINDS},
}
