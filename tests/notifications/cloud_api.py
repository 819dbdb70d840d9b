"""A WhatsApp Cloud API on loopback: the messages endpoint, its error bodies, and signed webhooks.

It speaks the protocol of graph.facebook.com closely enough that the client cannot tell: bearer tokens,
`{"error": {"code": ...}}` bodies, `wamid.` ids, statuses that repeat `biz_opaque_callback_data`.
"""

import hashlib
import hmac
import json
import select
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count

PHONE_ID = "106540352242922"
TOKEN = "kunci-uji"
SECRET = "rahasia-aplikasi"


class CloudApi:
    """`accepted` is every message taken; `errors` (code, status) are given out first, one per request.

    `hold_before` and `hold_after` are called around the acceptance; what they wait for, the client waits for.
    """

    def __init__(self, port=0):
        self.accepted = []
        self.refused = []
        self.errors = []
        self.hold_before = None
        self.hold_after = None
        self.cut_after_accepting = False
        self.delay = 0.0
        self._ids = count(1)
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", port), _handler(self))
        self._server.daemon_threads = True
        self.base_url = f"http://127.0.0.1:{self._server.server_port}/v23.0"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self):
        self._server.shutdown()
        self._server.server_close()

    def take(self, path, headers, message):
        if path != f"/v23.0/{PHONE_ID}/messages":
            return 404, problem(100, "Unsupported post request")
        if headers.get("Authorization") != f"Bearer {TOKEN}":
            return 401, problem(190, "Invalid OAuth access token")
        if message.get("messaging_product") != "whatsapp" or message.get("type") not in {"text", "template"}:
            return 400, problem(131009, "Parameter value is not valid")
        with self._lock:
            if self.errors:
                code, status = self.errors.pop(0)
                self.refused.append(message)
                return status, problem(code, "as told")
            wamid = f"wamid.{next(self._ids):06d}"
            self.accepted.append(message | {"wamid": wamid})
        return 200, {
            "messaging_product": "whatsapp",
            "contacts": [{"input": message["to"], "wa_id": message["to"]}],
            "messages": [{"id": wamid, "message_status": "accepted"}],
        }


def problem(code, message):
    return {"error": {"message": message, "type": "OAuthException", "code": code, "fbtrace_id": "A"}}


def _handler(api):
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_POST(self):  # the name http.server calls
            message = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            if api.hold_before:
                api.hold_before(message)
                if hung_up(self.connection):
                    self.close_connection = True
                    return
            if api.delay:
                threading.Event().wait(api.delay)
            status, body = api.take(self.path, self.headers, message)
            if api.hold_after:
                api.hold_after(message)
            if api.cut_after_accepting or hung_up(self.connection):
                self.close_connection = True
                return
            answer = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *args):
            pass

    return Handler


def hung_up(connection):
    """True when the client has gone while we made it wait."""
    ready, _, _ = select.select([connection], [], [], 0)
    return bool(ready) and connection.recv(1, socket.MSG_PEEK) == b""


def sign(body, secret=SECRET):
    return f"sha256={hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()}"


def call(*, messages=(), statuses=(), contacts=(), phone_id=PHONE_ID):
    """The body of a webhook call."""
    value = {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "6231123456", "phone_number_id": phone_id},
    }
    for name, items in (("messages", messages), ("statuses", statuses), ("contacts", contacts)):
        if items:
            value[name] = list(items)
    change = {"field": "messages", "value": value}
    payload = {"object": "whatsapp_business_account", "entry": [{"id": "1", "changes": [change]}]}
    return json.dumps(payload).encode()


def text(body, *, wamid, at, sender="6281234567890"):
    return {
        "from": sender,
        "id": wamid,
        "timestamp": str(int(at.timestamp())),
        "type": "text",
        "text": {"body": body},
    }


def reaction(sign, *, to, wamid, at, sender="6281234567890"):
    """`sign` under our message `to`; an empty one takes it back, as the provider says it."""
    told = {"message_id": to} | ({"emoji": sign} if sign else {})
    head = {"from": sender, "id": wamid, "timestamp": str(int(at.timestamp()))}
    return head | {"type": "reaction", "reaction": told}


def status(word, *, wamid, at, reference="", code=None):
    entry = {"id": wamid, "status": word, "timestamp": str(int(at.timestamp())), "recipient_id": "62812"}
    if reference:
        entry["biz_opaque_callback_data"] = reference
    if code:
        entry["errors"] = [{"code": code, "title": "as told"}]
    return entry
