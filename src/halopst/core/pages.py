"""Pages of lists that grow for years: what they cost does not grow with them."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from halopst.core import formats
from halopst.core.formats import language

MOST = 1_000


class LongPaginator(Paginator):  # type: ignore[type-arg]  # generic in the stubs only
    """Counts and pages the first thousand rows; what lies behind them a search or a date finds."""

    object_list: QuerySet[Any]

    @cached_property
    def count(self) -> int:
        return min(self._seen, MOST)

    @cached_property
    def found(self) -> int | str:
        """The number of rows, or in words that there are more than it counts."""
        if self._seen <= MOST:
            return self._seen
        return _("%(n)s+ hasil") % {"n": formats.number(MOST, lang=language())}

    @cached_property
    def _seen(self) -> int:
        return self.object_list.values("pk")[: MOST + 1].count()  # in order: along the index the page uses
