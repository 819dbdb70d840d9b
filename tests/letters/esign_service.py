"""A BSrE eSign Client Service on loopback: version 2's two endpoints, Basic authentication, errors."""

import base64
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

USER, PASSWORD = "satker", "kata-sandi"
NIK, PASSPHRASE = "3578010101800001", "frasa-rahasia"


class EsignService:
    """`asked` is every request taken, without its file; `broken` answers what no gateway should."""

    def __init__(self):
        self.asked = []
        self.broken = None
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self):
        self._server.shutdown()
        self._server.server_close()

    def take(self, path, authorisation, body):
        self.asked.append((path, {name: value for name, value in body.items() if name != "file"}))
        expected = base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
        if authorisation != f"Basic {expected}":
            return 401, {"error": "Unauthorized", "status_code": 401}
        if path == "/api/v2/user/check/status":
            status = "ISSUE" if body["nik"] == NIK else "EXPIRED"
            return 200, {"status": status, "message": "-"}
        if path != "/api/v2/sign/pdf":
            return 404, {"error": "not found", "status_code": 404}
        if body["passphrase"] != PASSPHRASE:
            return 400, {"error": "Passphrase anda salah", "status_code": 2031}
        signed = base64.b64decode(body["file"][0]) + b"\n% ditandatangani\n"
        return 200, {"time": "120 ms", "file": [base64.b64encode(signed).decode()]}


def _handler(service):
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self):  # the name http.server calls
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            status, answer = service.take(self.path, self.headers.get("Authorization"), body)
            content = json.dumps(answer).encode()
            if service.broken is not None:
                status, content = service.broken
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_args):
            pass

    return Handler
