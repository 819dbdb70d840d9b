"""The codes of the archive that numbers of letters carry."""

from django.db.models import QuerySet
from ninja import Router, Schema

from halopst.core.http import Request, example
from halopst.letters import queries
from halopst.letters.api.parameters import MOST
from halopst.letters.models import Classification

router = Router()


class ClassificationOut(Schema):
    model_config = example(
        code="VS.330", title="Pengumpulan Data", basis="Peraturan Kepala BPS Nomor 99 Tahun 2018"
    )

    code: str
    title: str
    basis: str


@router.get("/classifications", response=list[ClassificationOut], url_name="letters-classifications")
def classifications(
    request: Request,  # noqa: ARG001  # ninja hands the request to every operation
    q: str = "",
    after: str = "",
) -> QuerySet[Classification]:
    """The codes that begin with `q` or whose title holds it, by code, at most 200; the next with `after`."""
    return queries.classifications(q[:100]).filter(code__gt=after[:10])[:MOST]
