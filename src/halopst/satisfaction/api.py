from django.utils import timezone
from ninja import Field, Router, Schema, Status

from halopst.core.http import Request, example
from halopst.core.idempotency import idempotent
from halopst.satisfaction import services
from halopst.satisfaction.models import Rating
from halopst.satisfaction.queries import invitation_of, ratings_page

router = Router(tags=["satisfaction"])


class RatingIn(Schema):
    model_config = example(
        token="eyJ1bmRhbmdhbiI6N30:1x:...",  # noqa: S106  # an example
        score=4,
        need_met="ya",
        comment="Cepat dan jelas.",
    )

    token: str
    score: int
    need_met: str
    comment: str = Field("", max_length=1000)


class RatingOut(Schema):
    model_config = example(id=2, unit_id=3, officer_id=41, score=5, need_met="ya", comment="Jelas.")

    id: int
    unit_id: int
    officer_id: int
    score: int
    need_met: str
    comment: str


@router.post("/ratings/give", response={201: RatingOut}, auth=None)
@idempotent
def give_rating(request: Request, body: RatingIn) -> Status[Rating]:  # noqa: ARG001  # the signed token is the right to rate
    """Rate, once, how one was served, with the token of the invitation."""
    invitation = invitation_of(body.token)
    rating = services.rate(
        invitation, score=body.score, need_met=body.need_met, comment=body.comment, now=timezone.now()
    )
    return Status(201, rating)


@router.get("/ratings", response=list[RatingOut])
def rating_list(request: Request, q: str = "", page: str = "1") -> list[Rating]:
    """List the ratings you may see, newest first."""
    return list(ratings_page(request.actor, text=q, number=page))
