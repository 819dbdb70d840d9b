import re

import pytest


@pytest.fixture
def sent_code(mailoutbox):
    """The six digits of the latest mail."""
    return lambda: re.search(r"\b\d{6}\b", mailoutbox[-1].body)[0]
