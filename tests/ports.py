"""A port for a server that some test starts later."""

import socket
from contextlib import suppress
from random import SystemRandom

OF_NOBODY = range(20_000, 32_000)
"""The system takes ports for connections from above these, so a free one is free a minute later."""


def free_port():
    while True:
        port = SystemRandom().choice(OF_NOBODY)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
