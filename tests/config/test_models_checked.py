"""`halopst check` says of the language models what is wrong, naming the setting."""

import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from halopst.assistant.language_models import provided
from halopst.config.inspection import LOOKS, Unfit


class Listing(BaseHTTPRequestHandler):
    """A server of models that lists one, to who has the key."""

    def do_GET(self):
        allowed = self.headers.get("Authorization") == "Bearer benar"
        self.send_response(200 if allowed else 401)
        self.end_headers()
        self.wfile.write(b'{"data": [{"id": "models/ada"}]}' if allowed else b"{}")

    def log_message(self, *_args):
        """Tests are quiet."""


@pytest.fixture(scope="module")
def server():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Listing)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/v1"
    server.shutdown()
    server.server_close()


def told(settings, **given):
    provider = {"name": "HALOPST_MODEL", "model": "ada", "key": "benar", "kind": "openai", "shape": "tool"}
    settings.MODELS = [{**provider, **given}]
    try:
        return LOOKS["Model bahasa"]()
    except Unfit as reason:
        return str(reason)


def test_no_model_is_well(settings):
    assert settings.MODELS == []
    assert LOOKS["Model bahasa"]().startswith("belum diatur")


def test_a_model_that_is_there_is_well(settings, server):
    assert told(settings, address=server) == f"ada di {server.removeprefix('http://').removesuffix('/v1')}"


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"key": "salah"}, "HALOPST_MODEL_URL: server model menolak kuncinya"),
        ({"model": "lain"}, "HALOPST_MODEL_URL: server tidak punya model lain; yang ada: ada"),
        ({"address": "http://127.0.0.1:9/v1"}, "HALOPST_MODEL_URL: server model tidak dapat dihubungi"),
        ({"address": ""}, "isi HALOPST_MODEL_URL dengan alamat server model, sampai /v1"),
        ({"address": "ftp://x"}, "HALOPST_MODEL_URL harus berawalan https:// atau http://"),
        ({"address": "http://[x"}, "HALOPST_MODEL_URL bukan alamat yang dapat dibaca"),
        (
            {"address": "https://a:b@x"},
            "HALOPST_MODEL_URL tidak boleh berisi kata sandi; pakai HALOPST_MODEL_KEY",
        ),
        ({"kind": "lain"}, "HALOPST_MODEL_KIND harus openai atau gemini"),
        ({"shape": "lain"}, "HALOPST_MODEL_SHAPE harus tool, schema, atau prompt"),
        ({"kind": "gemini", "key": ""}, "isi HALOPST_MODEL_KEY dengan kunci Gemini"),
    ],
)
def test_what_is_wrong_is_said_with_its_setting(settings, server, given, sentence):
    assert told(settings, **{"address": server, **given}) == sentence


def test_an_installation_without_the_library_is_told_how_to_get_it(settings, server, monkeypatch):
    monkeypatch.setattr("halopst.assistant.language_models.providers.LIBRARY", "tidak_terpasang")

    said = "pasang HaloPST dengan pelengkapnya: pip install 'halopst[model]'"
    assert told(settings, address=server) == said
    assert provided(settings.MODELS) == []


def test_what_speaks_with_a_model_is_loaded_before_the_first_question():
    program = """
import sys, django
django.setup()
from django.conf import settings
from halopst.config.inspection import meet_models
WIRE = "halopst.assistant.language_models.chat_completions"
meet_models()
assert WIRE not in sys.modules, "no model is set up"
given = {"name": "HALOPST_MODEL", "model": "ada", "key": "", "kind": "openai", "shape": "tool"}
settings.MODELS = [{**given, "address": "http://127.0.0.1:9/v1"}]
meet_models()
assert WIRE in sys.modules, "the first question would wait for it"
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
