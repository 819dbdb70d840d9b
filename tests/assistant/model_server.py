"""A small server of models on loopback that speaks OpenAI's chat completions, streamed, with tool calls.

`replies` are what it says to the next requests, in order, the last one ever after: a dict is the structured
answer, a tuple `(tool, arguments)` a call of a tool, a function makes either from what was asked. `faults`
are what requests meet instead. `asked` holds every body that came, `keys` the keys.
"""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

MODEL = "model-uji"


def says(*sentences, known=True):
    """The structured answer of these (text, cites)."""
    return {"known": known, "sentences": [{"text": text, "cites": list(cites)} for text, cites in sentences]}


def told(body):
    """What the model was told: our JSON in the user's message."""
    [message] = [one for one in body["messages"] if one["role"] == "user"]
    content = message["content"]
    return json.loads(content if isinstance(content, str) else content[0]["text"])


class ModelSite:
    def __init__(self):
        self.clear()

    def clear(self):
        self.replies, self.faults, self.asked, self.keys = [says(known=False)], [], [], []
        self.released = threading.Event()
        self.models = [MODEL]
        self.holds = False  # half way through an answer, until `released`

    def reply(self, body):
        given = self.replies[0] if len(self.replies) == 1 else self.replies.pop(0)
        return given(body) if callable(given) else given


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        listed = {
            "object": "list",
            "data": [{"id": one, "object": "model"} for one in self.server.site.models],
        }
        self.send(200, json.dumps(listed))

    def do_POST(self):
        site = self.server.site
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        site.asked.append(body)
        site.keys.append(self.headers.get("Authorization", ""))
        fault = site.faults.pop(0) if site.faults else ""
        if fault == "cut":
            self.connection.close()
            return
        if fault == "slow":
            site.released.wait(120)
            return
        if fault[:3].isdigit():
            error = {"error": {"message": "tidak sekarang", "type": "server_error"}}
            self.send(int(fault[:3]), json.dumps(error))
            return
        if fault.startswith("body "):
            self.send(200, fault.removeprefix("body "))
            return
        self.stream(body, site.reply(body), half=fault in {"half", "stall"})
        if fault == "stall":  # half an answer, and then nothing, on a line that stays open
            site.released.wait(120)

    def stream(self, body, reply, *, half):
        name, arguments = reply if isinstance(reply, tuple) else ("jawab", reply)
        written = json.dumps(arguments, ensure_ascii=False)
        pieces = [written[at : at + 30] for at in range(0, len(written), 30)]
        as_text = name == "jawab" and "jawab" not in tools_of(body)
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        self.chunk(delta={"role": "assistant", "content": "" if as_text else None})
        for at, piece in enumerate(pieces[: len(pieces) // 2] if half else pieces):
            function = {"arguments": piece} if at else {"name": name, "arguments": piece}
            call = {"index": 0, "function": function, **({} if at else {"id": "call-1", "type": "function"})}
            self.chunk(delta={"content": piece} if as_text else {"tool_calls": [call]})
            if self.server.site.holds and at == len(pieces) // 2:
                self.server.site.released.wait(120)
        if half:
            return
        self.chunk(delta={}, finish="stop" if as_text else "tool_calls")
        if body.get("stream_options", {}).get("include_usage"):
            self.chunk(usage={"prompt_tokens": 900, "completion_tokens": 60, "total_tokens": 960})
        self.wfile.write(b"data: [DONE]\n\n")

    def chunk(self, *, delta=None, finish=None, usage=None):
        choices = [] if delta is None else [{"index": 0, "delta": delta, "finish_reason": finish}]
        said = {
            "id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1_795_000_000, "model": MODEL,
            "choices": choices, **({"usage": usage} if usage else {}),
        }  # fmt: skip
        self.wfile.write(f"data: {json.dumps(said)}\n\n".encode())
        self.wfile.flush()

    def send(self, status, text):
        content = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_args):
        """Tests are quiet."""


def tools_of(body):
    return [tool["function"]["name"] for tool in body.get("tools", [])]


def serve(site):
    """The server, answering on a thread of its own; its address is `server.address`."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.site, server.daemon_threads = site, True
    server.address = f"http://127.0.0.1:{server.server_port}/v1"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def provider_at(address, **more):
    """A provider's settings, as the environment would give them."""
    given = {
        "name": "HALOPST_MODEL",
        "model": MODEL,
        "address": address,
        "key": "kunci-uji",
        "kind": "openai",
    }
    return {**given, "shape": "tool", **more}
