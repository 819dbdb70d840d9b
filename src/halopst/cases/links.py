"""The link by which a visitor opens their one case without signing in."""

from datetime import timedelta

from django.urls import reverse

from halopst.cases.models import Case
from halopst.core.links import BadLink, read, sign

PURPOSE = "case"
VALID_FOR = timedelta(days=180)


def link_to(case: Case) -> str:
    """The path of the case's page, with its key; put the site's address before it in a message."""
    return reverse("cases:linked-case", kwargs={"token": token_for(case)})


def token_for(case: Case) -> str:
    return sign(PURPOSE, {"case": case.pk})


def case_id_of(token: str) -> int | None:
    """The case `token` opens, or None when it opens nothing."""
    try:
        return int(read(PURPOSE, token, max_age=VALID_FOR)["case"])
    except BadLink:
        return None
