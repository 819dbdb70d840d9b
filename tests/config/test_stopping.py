"""A server that stops while it is asked says so, and does not answer with a bare 500."""

import asyncio
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
import uvicorn

from halopst.config.stopping import told_when_stopped


class Slow:
    """An application that answers long after the server was to stop; `reached` once it is asked."""

    def __init__(self):
        self.reached = threading.Event()

    async def __call__(self, _scope, _receive, _send):
        self.reached.set()
        await asyncio.sleep(60)


def asked_while_it_stops(app, slow, path):
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    server = uvicorn.Server(
        uvicorn.Config(app, log_level="critical", lifespan="off", timeout_graceful_shutdown=0)
    )
    running = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    running.start()
    while not server.started:
        time.sleep(0.01)
    with ThreadPoolExecutor() as pool:
        address = f"http://127.0.0.1:{listening.getsockname()[1]}{path}"
        answer = pool.submit(httpx.post, address, timeout=30)
        assert slow.reached.wait(30)
        server.should_exit = True
        running.join(30)
        return answer.result()


@pytest.mark.parametrize(
    ("path", "kind"), [("/api/v1/letters", "application/problem+json"), ("/surat/", "text/html")]
)
def test_a_request_that_is_broken_off_is_told_to_come_again(path, kind):
    slow = Slow()

    answer = asked_while_it_stops(told_when_stopped(slow), slow, path)

    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
    assert answer.headers["content-type"].startswith(kind)
    assert "Server sedang dimulai ulang" in answer.text


def test_without_it_the_same_request_is_a_failure_nobody_explains():
    slow = Slow()

    assert asked_while_it_stops(slow, slow, "/surat/").text == "Internal Server Error"
