"""The whole service on loopback: web server, worker, a mail server, a Cloud API that speaks the protocol."""

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from email import policy
from email.parser import BytesParser
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from aiosmtpd.controller import Controller

from tests.notifications.cloud_api import PHONE_ID, SECRET, TOKEN, CloudApi
from tests.ports import free_port
from tests.template import template

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "kata-sandi-uji-e2e"
PATIENCE = 400


class Mailbox:
    """Every letter the mail server took, parsed."""

    def __init__(self):
        self.letters = []

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802  # the name aiosmtpd calls
        self.letters.append(BytesParser(policy=policy.default).parsebytes(envelope.content))
        return "250 OK"

    def to(self, address, about=""):
        """The newest letter to `address` whose subject or text holds `about`; waits for it."""
        return wait_for(
            lambda: next((x for x in reversed(self.letters) if address in x["to"] and about in text(x)), None)
        )


def text(letter):
    return f"{letter['subject']}\n{letter.get_body(('plain',)).get_content()}"


@dataclass
class Service:
    url: str
    mail: Mailbox
    whatsapp: CloudApi
    slug: str
    officer: str
    head: str


def wait_for(ask):
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if found := ask():
            return found
        time.sleep(0.2)
    raise AssertionError("waited in vain")


@contextmanager
def serving(var: Path):
    name = f"halopst_e2e_{os.getpid()}"
    parts = urlsplit(os.environ["DATABASE_URL"])
    on_server(parts, f'CREATE DATABASE "{name}" TEMPLATE "{template()}"')
    mailbox, whatsapp, port = Mailbox(), CloudApi(), free_port()
    smtp = Controller(mailbox, hostname="127.0.0.1", port=free_port())
    smtp.start()
    environment = {
        **os.environ,
        "DATABASE_URL": urlunsplit(parts._replace(path=f"/{name}")),
        "DJANGO_SETTINGS_MODULE": "halopst.config.settings",
        "HALOPST_VAR": str(var),
        "HALOPST_PUBLIC_URL": f"http://localhost:{port}",
        "HALOPST_LOG_LEVEL": "WARNING",
        "HALOPST_SMTP_URL": f"smtp://127.0.0.1:{smtp.port}?tls=none",
        "HALOPST_WHATSAPP_BASE_URL": whatsapp.base_url,
        "HALOPST_WHATSAPP_PHONE_ID": PHONE_ID,
        "HALOPST_WHATSAPP_TOKEN": TOKEN,
        "HALOPST_WHATSAPP_APP_SECRET": SECRET,
    }
    command(environment, "halopst.config.cli", "migrate")
    slug, officer, head = command(environment, "tests.e2e.office", PASSWORD).split()[-3:]
    processes = [
        start(environment, "halopst.config.cli", "web", "--port", str(port)),
        start(environment, "halopst.config.cli", "worker"),
    ]
    try:
        wait_for(lambda: ready(port))
        yield Service(f"http://localhost:{port}", mailbox, whatsapp, slug, officer, head)
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait(timeout=30)
        smtp.stop()
        whatsapp.stop()
        on_server(parts, f'DROP DATABASE "{name}" WITH (FORCE)')


def on_server(parts, statement):
    with psycopg.connect(urlunsplit(parts._replace(path="/postgres")), autocommit=True) as server:
        server.execute(statement)


def command(environment, module, *words):
    done = subprocess.run(
        [sys.executable, "-m", module, *words],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def start(environment, module, *words):
    return subprocess.Popen([sys.executable, "-m", module, *words], cwd=ROOT, env=environment)


def ready(port):
    try:
        with urllib.request.urlopen(f"http://localhost:{port}/readyz", timeout=5) as answer:
            return answer.status == 200
    except (urllib.error.URLError, OSError):
        return False
