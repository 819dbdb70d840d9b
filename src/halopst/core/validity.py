"""Rows that hold from one day to another: how long, and how the database keeps two of them apart."""

from datetime import date, timedelta
from typing import Any

from django.contrib.postgres.fields import BigIntegerRangeField
from django.db.models import F, Func, TextField, Value
from psycopg.types.range import DateRange


class Held:
    """What a model with a `period` says of it; the day after the last one ends it."""

    period: Any

    @property
    def first_day(self) -> date:
        first: date = self.period.lower
        return first

    @property
    def last_day(self) -> date | None:
        return self.period.upper - timedelta(days=1) if self.period.upper else None

    def holds_on(self, day: date) -> bool:
        return self.first_day <= day and (self.last_day is None or day <= self.last_day)


def period_of(first_day: date, last_day: date | None) -> "DateRange":
    """Both days included; without a last one until further notice."""
    return DateRange(first_day, last_day + timedelta(days=1) if last_day else None)


def alone(value: Any) -> Func:
    """A range of one number: without btree_gist a plain "=" has no place in a gist index."""
    return Func(value, value, Value("[]"), function="int8range", output_field=BigIntegerRangeField())


def alone_word(name: str) -> Func:
    """The same of a field of text: a range of one word, of a type of our own (`core` migration 0003)."""
    return Func(F(name), F(name), Value("[]"), function="core_words", output_field=TextField())
