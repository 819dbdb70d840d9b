import pytest

from halopst.assistant.language_models.asking import wake
from tests.assistant.chat import hand_in, listening_office, react, write
from tests.assistant.model_server import ModelSite, provider_at, serve
from tests.notifications.conftest import cloud, meanings, webhook

__all__ = ["cloud", "hand_in", "listening_office", "meanings", "react", "webhook", "write"]


@pytest.fixture(scope="session")
def model_server():
    server = serve(ModelSite())
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def model(model_server, settings):
    """The site of a model that is configured."""
    site = model_server.site
    site.clear()
    wake()
    settings.MODELS = [provider_at(model_server.address)]
    settings.MODEL_SECONDS = 60.0
    yield site
    site.released.set()
