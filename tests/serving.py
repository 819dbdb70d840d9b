"""The real web server, in this process and on the database of the test."""

import socket
import threading
import time
from contextlib import contextmanager

import uvicorn

from halopst.config.asgi import application


@contextmanager
def serving():
    """Serve the whole application on a free port of loopback; gives its address."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    config = uvicorn.Config(application, log_level="error", lifespan="off", timeout_graceful_shutdown=1)
    running = uvicorn.Server(config)
    thread = threading.Thread(target=running.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not running.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    running.should_exit = True
    thread.join()
