import pytest

from tests.knowledge.webapi_server import WebApiSite, serve


@pytest.fixture(scope="session")
def server():
    """The WebAPI on loopback."""
    server = serve(WebApiSite())
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def site(server):
    """What the WebAPI has, anew."""
    server.site = WebApiSite()
    return server.site
