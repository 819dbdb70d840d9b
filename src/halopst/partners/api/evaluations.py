"""How a mitra's work went, for programs that help to choose who does the next."""

from datetime import date
from typing import Any

from ninja import Router, Schema

from halopst.core.http import Request, example
from halopst.partners.addressed import person_of, unit_of
from halopst.partners.models import Delivery
from halopst.partners.queries.people.evaluations import evaluation_of, recent_work

router = Router()


class WorkOut(Schema):
    unit: str
    activity: str
    planned: int
    realised: int
    volume_unit: str
    deadline: date
    finished_on: date | None
    quality: int | None
    note: str

    @staticmethod
    def resolve_unit(row: Delivery) -> str:
        return row.handover.approval.registration.unit.slug

    @staticmethod
    def resolve_activity(row: Delivery) -> str:
        return row.assignment.duty.activity.name

    @staticmethod
    def resolve_volume_unit(row: Delivery) -> str:
        return row.assignment.duty.unit_price.volume_unit


class EvaluationOut(Schema):
    """Over the `count` pieces of work handed over to offices whose register you read; null is not known.

    `volume` is the mean percentage of the plan that was reached, `on_time` the percentage finished by its
    deadline, `quality` the mean mark from 1 to 5. `recent` are the last twelve.
    """

    model_config = example(
        count=3,
        volume=98.5,
        on_time=66.7,
        quality=4.3,
        recent=[
            {
                "unit": "surabayakota",
                "activity": "Survei Angkatan Kerja Nasional",
                "planned": 24,
                "realised": 24,
                "volume_unit": "dokumen",
                "deadline": "2026-10-31",
                "finished_on": "2026-10-28",
                "quality": 4,
                "note": "",
            }
        ],
    )

    count: int
    volume: float | None
    on_time: float | None
    quality: float | None
    recent: list[WorkOut]


@router.get(
    "/units/{slug}/mitra/{int:pk}/evaluation", response=EvaluationOut, url_name="partners-mitra-evaluation"
)
def evaluation(request: Request, slug: str, pk: int) -> dict[str, Any]:
    """Show how the work of a mitra (`person`) has gone so far."""
    person = person_of(request, unit_of(request, slug), pk)
    found = evaluation_of(request.actor, person)
    return {
        "count": found.count if found else 0,
        "volume": found.volume if found else None,
        "on_time": found.on_time if found else None,
        "quality": found.quality if found else None,
        "recent": recent_work(request.actor, person),
    }
