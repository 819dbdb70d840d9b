from django.utils import timezone

from halopst.cases.events import CaseFinished
from halopst.core.events import on
from halopst.satisfaction.services import invite


@on(CaseFinished)
def invite_visitor(*, case_id: int, officer_id: int | None) -> None:  # noqa: ARG001  # the case itself says who served
    invite(case_id, now=timezone.now())
