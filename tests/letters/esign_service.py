"""A BSrE eSign Client Service on loopback: version 2's requests, Basic authentication, errors.

It keeps the rules of the true one: exactly one of NIK and e-mail, exactly one of passphrase and code, a place
for what is visible, base64 everywhere. What it signs it remembers, so that it can tell whole from changed.
"""

import base64
import hashlib
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

USER, PASSWORD = "satker", "kata-sandi"
NIK, PASSPHRASE = "3578010101800001", "frasa-rahasia"
EMAIL, CODE = "budi.contoh@bps.go.id", "428190"
NAME = "BUDI CONTOH"
STATUSES = {
    NIK: "ISSUE",
    EMAIL: "ISSUE",
    "3578010101800002": "EXPIRED",
    "3578010101800003": "REVOKE",
    "3578010101800004": "WAITING_FOR_VERIFICATION",
}
MARK = b"\n% ditandatangani\n"


class EsignService:
    """`asked` is every request taken, without its file; `broken` answers what no gateway should.

    `hold` is how many seconds each signing takes, `signed` what it has signed.
    """

    def __init__(self):
        self.asked, self.files, self.signed = [], [], []
        self.broken, self.broken_at, self.hold = None, "", 0.0
        self._codes = set()
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
        answers = {
            "/api/v2/user/check/status": self._status,
            "/api/v2/sign/get/totp": self._code,
            "/api/v2/sign/pdf": self._sign,
            "/api/v2/verify/pdf": self._verify,
        }
        if path not in answers:
            return 404, {"error": "not found", "status_code": 404}
        return answers[path](body)

    def _status(self, body):
        who = _who(body)
        if who not in STATUSES:
            return 400, {"error": "User belum terdaftar", "status_code": 2011}
        return 200, {"status": STATUSES[who], "message": "-"}

    def _code(self, body):
        if not isinstance(body["data"], int):
            return 400, {"error": "data wajib angka", "status_code": 400}
        self._codes.add(_who(body))
        return 200, {"message": "OTP dikirim"}

    def _sign(self, body):
        time.sleep(self.hold)
        if refusal := self._faults(body):
            return refusal
        content = base64.b64decode(body["file"][0], validate=True)
        self.files.append(content)
        self.signed.append(content + MARK)
        return 200, {"time": "120 ms", "file": [base64.b64encode(content + MARK).decode()]}

    def _faults(self, body):
        who = _who(body)
        if ("passphrase" in body) == ("totp" in body):
            return 400, {"error": "isi passphrase atau totp", "status_code": 400}
        if "totp" in body and (body["totp"] != CODE or who not in self._codes):
            return 400, {"error": "TOTP salah atau kedaluwarsa", "status_code": 2032}
        if "passphrase" in body and body["passphrase"] != PASSPHRASE:
            return 400, {"error": f"Passphrase anda salah: {body['passphrase']}", "status_code": 2031}
        (shown,) = body["signatureProperties"]
        if shown["tampilan"] == "VISIBLE":
            base64.b64decode(shown["imageBase64"], validate=True)
            placed = {"page", "originX", "originY"} <= set(shown)
            if not placed and not shown.get("tag"):
                return 400, {"error": "koordinat atau tag wajib diisi", "status_code": 400}
        self._codes.discard(who)
        return None

    def _verify(self, body):
        content = base64.b64decode(body["file"], validate=True)
        if MARK not in content:
            return 200, {"conclusion": "NO_SIGNATURE", "description": "Dokumen tidak memiliki tanda tangan"}
        known = {hashlib.sha256(one).digest() for one in self.signed}
        whole = hashlib.sha256(content).digest() in known
        signature = {
            "signerName": NAME,
            "signatureDate": "2026-11-20T02:00:05.000+00:00",
            "signatureFormat": "PAdES-BASELINE-B",
            "reason": "Surat",
            "integrityValid": whole,
            "certificateTrusted": True,
        }
        said = ("VALID", "Dokumen asli") if whole else ("INVALID", "Dokumen berubah")
        return 200, {
            "conclusion": said[0],
            "description": said[1],
            "signatureCount": 1,
            "signatureInformations": [signature],
        }


def _who(body):
    (who,) = (body[name] for name in ("nik", "email") if name in body)
    return who


def _handler(service):
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self):  # the name http.server calls
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            status, answer = service.take(self.path, self.headers.get("Authorization"), body)
            content = json.dumps(answer).encode()
            if service.broken is not None and service.broken_at in self.path:
                status, content = service.broken
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_args):
            pass

    return Handler
