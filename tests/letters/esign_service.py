"""A BSrE eSign Client Service on loopback: version 2's requests, Basic authentication, errors.

It keeps the rules of the true one: exactly one of NIK and e-mail, exactly one of passphrase and code, a place
for what is visible, base64 everywhere. What it signs it remembers, so that it can tell whole from changed.

The seal's activation is mailed to its holder, who is not here: `ACTIVATION`, once it was asked for. It is
good for as many codes as wanted, each of which seals one document once.
"""

import base64
import hashlib
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.races import all_at_once, meeting

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
SUBSCRIBER, ACTIVATION = "segel-bps-3578", "735162"
OFFICE = "BPS KOTA CONTOH"
NO_ANSWERS = ((200, b"bukan json"), (200, b"[]"), (500, b"{}"), (502, b"<html>"))


def settings_at(address, **terms):
    """The setting of an installation whose gateway stands there."""
    known = {"address": address, "user": USER, "password": PASSWORD, "is_visible": True}
    return {**known, "terms": {"seconds": 10.0, **terms}}


SEAL = b"\n% disegel\n"


class EsignService:
    """`asked` is every request taken, without its file; `broken` answers what no gateway should.

    `hold` is how many seconds each signing and sealing takes, `meanwhile` what happens then, `signed` and
    `sealed` what it has signed and sealed; `is_active` whether the seal's activation was asked for;
    `returns_it_unsealed` gives back what was to be sealed.
    """

    def __init__(self):
        self.asked, self.files, self.signed = [], [], []
        self.broken, self.broken_at, self.hold = None, "", 0.0
        self._codes = set()
        self.sealed, self.is_active, self._seal_codes = [], False, []
        self.meanwhile, self.returns_it_unsealed = (lambda: None), False
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self):
        self._server.shutdown()
        self._server.server_close()

    def meet(self, requests):
        """Answer none of so many requests to sign or seal before all have come."""
        self.meanwhile = meeting(requests)

    def rush(self, act, refusal, people=4):
        """Who acts at once, where the first to ask has no answer before the others were refused."""
        meet = self.meanwhile = meeting(people)

        def one():
            try:
                return act()
            except refusal:
                meet()
                raise

        return all_at_once(*[one] * people)

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
            "/api/v2/seal/get/activation": self._activate,
            "/api/v2/seal/get/totp": self._code_of_seal,
            "/api/v2/seal/pdf": self._seal,
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
        self.meanwhile()
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

    def _activate(self, body):
        if fault := _not_exactly(body, "idSubscriber"):
            return fault
        self.is_active = True
        return 200, {
            "success": True,
            "message": "TOTP aktivasi dikirim ke surel pemegang segel",
            "data": None,
        }

    def _code_of_seal(self, body):
        if fault := _not_exactly(body, "idSubscriber", "totp", "data"):
            return fault
        if body["data"] != 1 or isinstance(body["data"], bool):
            return 400, {"error": "data wajib angka", "status_code": 400}
        if not self.is_active or body["totp"] != ACTIVATION:
            said = f"TOTP aktivasi {body['totp']} salah atau kedaluwarsa"
            return 200, {"message": said, "totp": None, "expires": None, "result": False}
        code = f"kode-segel-{len(self._seal_codes) + 1}"
        self._seal_codes.append(code)
        expires = "2026-11-20T02:10:00.000+0000"
        return 200, {"message": "Sukses", "totp": code, "expires": expires, "result": True}

    def _seal(self, body):
        time.sleep(self.hold)
        self.meanwhile()
        if fault := _not_exactly(body, "idSubscriber", "totp", "signatureProperties", "file"):
            return fault
        if body["totp"] not in self._seal_codes:
            return 400, {"error": "TOTP salah atau sudah dipakai", "status_code": 2032}
        ((content,), (shown,)) = body["file"], body["signatureProperties"]
        if shown["tampilan"] != "INVISIBLE" or not {"location", "reason"} <= set(shown):
            return 400, {"error": "signatureProperties tidak lengkap", "status_code": 400}
        self._seal_codes[self._seal_codes.index(body["totp"])] = "dipakai"
        if self.returns_it_unsealed:
            return 200, {"time": 120, "file": [content]}
        self.sealed.append(base64.b64decode(content, validate=True) + SEAL)
        return 200, {"time": 120, "file": [base64.b64encode(self.sealed[-1]).decode()]}

    def _verify(self, body):
        content = base64.b64decode(body["file"], validate=True)
        names = [name for mark, name in ((MARK, NAME), (SEAL, OFFICE)) if mark in content]
        if not names:
            return 200, {"conclusion": "NO_SIGNATURE", "description": "Dokumen tidak memiliki tanda tangan"}
        known = {hashlib.sha256(one).digest() for one in (*self.signed, *self.sealed)}
        whole = hashlib.sha256(content).digest() in known
        signature = {
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
            "signatureCount": len(names),
            "signatureInformations": [{"signerName": name, **signature} for name in names],
        }


def _who(body):
    (who,) = (body[name] for name in ("nik", "email") if name in body)
    return who


def _not_exactly(body, *names):
    """The answer to a request about the seal that names anything but these, or another subscriber."""
    if set(body) != set(names):
        return 400, {"error": f"isi {', '.join(names)}", "status_code": 400}
    if body["idSubscriber"] != SUBSCRIBER:
        return 400, {"error": "idSubscriber tidak terdaftar", "status_code": 2011}
    return None


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
