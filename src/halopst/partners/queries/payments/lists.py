"""Payment lists: what stands on them, their letters, and what was paid and sent back."""

from collections.abc import Collection
from datetime import date

from django.db.models import Count, OuterRef, Prefetch, QuerySet, Subquery, Sum
from django.db.models.functions import Lower

from halopst.core.actors import Actor
from halopst.letters.models import Letter
from halopst.letters.rules import ENDED
from halopst.partners.letter_kinds.payment_lists import about_list
from halopst.partners.models import Delivery, PaymentLine, PaymentList, TransferReturn
from halopst.partners.rules.tax import Earlier
from halopst.units.models import Unit


def payment_lists(actor: Actor, unit: Unit, month: date) -> QuerySet[PaymentList]:
    rows: QuerySet[PaymentList] = PaymentList.objects.visible_to(actor).filter(unit=unit, month=month)
    return rows.select_related("made_by", "paid_by").order_by("sequence")


def payment_list(actor: Actor, unit: Unit, pk: int) -> PaymentList:
    """Raises `DoesNotExist` outside the office."""
    rows = PaymentList.objects.visible_to(actor).select_related("unit", "policy", "made_by", "paid_by")
    found: PaymentList = rows.get(unit=unit, pk=pk)
    return found


def lines_of(row: PaymentList) -> QuerySet[PaymentLine]:
    """The lines of a list by name, each with the work it pays.

    `again_after` is the list whose transfer for the same work the bank sent back before, by its sequence.
    """
    before = PaymentLine.objects.filter(
        handover=OuterRef("handover"),
        returned__isnull=False,
        payment_list__sequence__lt=OuterRef("payment_list__sequence"),
    )
    done = Delivery.objects.select_related("assignment__duty__activity", "assignment__duty__unit_price")
    lines: QuerySet[PaymentLine] = row.lines.select_related("handover", "returned__recorded_by")
    lines = lines.prefetch_related(Prefetch("handover__deliveries", queryset=done))
    newest = before.order_by("-payment_list__sequence").values("payment_list__sequence")[:1]
    return lines.annotate(again_after=Subquery(newest)).order_by(Lower("name"), "pk")


def letter_of(row: PaymentList) -> Letter | None:
    """The letter of a list: the one in force, or an outdated one that waits to be replaced."""
    letters = Letter.objects.filter(unit=row.unit_id, about=about_list(row.pk)).exclude(state__in=ENDED)
    found: Letter | None = letters.select_related("number").order_by("-pk").first()
    return found


def paid_lines(unit: Unit, month: date) -> QuerySet[PaymentLine]:
    lines: QuerySet[PaymentLine] = PaymentLine.objects.paid().filter(
        payment_list__unit=unit, payment_list__month=month
    )
    return lines.select_related("payment_list").order_by("payment_list__sequence", Lower("name"), "pk")


def earlier_of(people: Collection[int], month: date) -> dict[int, Earlier]:
    """What each person already has for that month in lines that count, of any office."""
    rows = PaymentLine.objects.standing().filter(person__in=people, payment_list__month=month)
    sums = rows.order_by().values_list("person").annotate(Sum("gross"), Sum("tax"))
    return {person: Earlier(gross, tax) for person, gross, tax in sums}


def line_of(row: PaymentList, pk: int) -> PaymentLine:
    """Raises `DoesNotExist` for a line of another list."""
    found: PaymentLine = row.lines.select_related("returned__recorded_by").get(pk=pk)
    return found


def returned_of(row: PaymentList) -> dict[str, int]:
    """How many transfers of a list the bank sent back, and how many rupiah."""
    back = TransferReturn.objects.filter(line__payment_list=row)
    sums = back.aggregate(count=Count("pk"), net=Sum("line__net"))
    return {"count": sums["count"], "net": sums["net"] or 0}
