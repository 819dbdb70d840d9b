from io import BytesIO

import pytest
from PIL import Image

from halopst.core.actors import Actor
from halopst.letters import permissions
from halopst.letters.services.papers import pictures_of
from tests.letters.esign_service import EsignService
from tests.letters.factories import office


@pytest.fixture
def unit(db):
    return office()


@pytest.fixture
def clerk(unit):
    """Someone who makes letters and keeps templates and numbers in `unit`."""
    everything = (permissions.VIEW, permissions.ISSUE, permissions.MANAGE)
    return Actor(label="juru surat", grants={name: frozenset({unit.pk}) for name in everything})


@pytest.fixture
def gateway():
    """It speaks eSign's protocol on loopback; `settings_at` its address makes it the installation's."""
    service = EsignService()
    yield service
    service.stop()


@pytest.fixture
def scan_of():
    """A letter as a scanner would give it: pictures of its pages in a PDF."""

    def scan(letter, *, blank=False, pages=1):
        shown = [Image.open(BytesIO(page)).convert("L") for page in pictures_of(letter)] * pages
        if blank:
            shown = [Image.new("L", page.size, 255) for page in shown]
        made = BytesIO()
        shown[0].save(made, "PDF", save_all=True, append_images=shown[1:])
        return made.getvalue()

    return scan
