"""The codes of the archive, looked up by programs."""

import pytest

from halopst.letters.reference import load_classifications
from tests.accounts.factories import UserFactory

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/letters/classifications"


def test_the_codes_are_searched_and_paged(client):
    client.force_login(UserFactory())
    load_classifications()

    first = client.get(ADDRESS).json()
    rest = client.get(f"{ADDRESS}?after={first[-1]['code']}").json()

    assert [row["code"] for row in client.get(f"{ADDRESS}?q=vs.330").json()] == ["VS.330"]
    assert len(first) == 200
    assert not {row["code"] for row in first} & {row["code"] for row in rest}
