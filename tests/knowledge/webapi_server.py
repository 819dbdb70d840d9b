"""A small WebAPI on loopback that speaks as the true one does: errors with status 200, empty as a string.

`faults` are what the next requests meet instead of an answer, in order; `asked` are the paths that came.
"""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

KEY = "kunci-rahasia-uji"
PER_PAGE = 10
EMPTY = {"status": "OK", "data-availability": "list-not-available", "data": ""}


class WebApiSite:
    """What the site holds, by domain code."""

    def __init__(self):
        self.domains = [
            {"domain_id": "3578", "domain_name": "Surabaya", "domain_url": "https://surabayakota.example"}
        ]
        self.lists = {}
        self.tables = {}
        self.views = {}
        self.faults = []
        self.asked = []
        self.per_page = True
        self.gate = lambda _path: None

    def add(self, domain, model, *rows):
        self.lists.setdefault((domain, model), []).extend(rows)

    def answer(self, path):
        parts = [part for part in path.split("?")[0].split("/") if part]
        words = dict(zip(parts[1::2], parts[2::2], strict=False)) if parts[0] in {"list", "view"} else {}
        if parts[-2:] != ["key", KEY]:
            return {"status": "Error", "message": f"Invalid key: {parts[-1]}"}
        if parts[0] == "domain":
            return {"status": "OK", "data-availability": "available",
                    "data": [{"page": 1, "pages": 1, "total": len(self.domains)}, self.domains]}  # fmt: skip
        if parts[0] == "view":
            found = self.views.get((words["domain"], words["model"], words["id"]))
            return {"status": "OK", "data-availability": "available", "data": found} if found else EMPTY
        if words["model"] == "data":
            table = self.tables.get((words["domain"], words["var"], words["th"]))
            return {**table, "status": "OK", "data-availability": "available"} if table else EMPTY
        model = f"th:{words['var']}" if words["model"] == "th" else words["model"]
        return self.listed(self.lists.get((words["domain"], model), []), int(words["page"]))

    def listed(self, rows, page):
        if not rows:
            return EMPTY
        pages = -(-len(rows) // PER_PAGE)
        shown = rows[(page - 1) * PER_PAGE : page * PER_PAGE]
        counts = {"page": page, "pages": pages, "count": len(shown), "total": len(rows)}
        if self.per_page:
            counts["per_page"] = PER_PAGE
        return {"status": "OK", "data-availability": "available", "data": [counts, shown]}


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        site = self.server.site
        site.asked.append(self.path)
        site.gate(self.path)
        fault = site.faults.pop(0) if site.faults else ""
        if fault == "cut":
            self.connection.close()
            return
        if fault.startswith("slow"):
            time.sleep(float(fault.removeprefix("slow")))
        status = int(fault.split()[0]) if fault[:1].isdigit() else 200
        body = (
            fault.removeprefix("body ") if fault.startswith("body ") else json.dumps(site.answer(self.path))
        )
        self.send_response(status)
        if status == 429:
            self.send_header("Retry-After", ([*fault.split(), "0"])[1])
        content = body.encode()
        self.send_header("Content-Length", str(len(content) + (100 if fault == "short" else 0)))
        self.end_headers()
        for piece in [content[at : at + 1] for at in range(len(content))] if fault == "drip" else [content]:
            self.wfile.write(piece)
            self.wfile.flush()
            time.sleep(0.02 if fault == "drip" else 0)

    def log_message(self, *_args):
        """Tests are quiet."""


def serve(site):
    """The server, answering on a thread of its own; its address is `server.address`."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.site, server.daemon_threads = site, True
    server.address = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def variable(number, title, *, unit="Persen", **more):
    return {"var_id": number, "title": title, "sub_id": 6, "sub_name": "Tenaga Kerja", "def": "", "notes": "",
            "vertical": 1, "unit": unit, "turth": 6, "turvar": 0, **more}  # fmt: skip


def table(
    var, years, rows, *, title="Tabel", unit="Persen", narrower=(("0", "Tidak ada"),), parts=(("0", "Tahun"),)
):
    """Dynamic data: `rows` are (code, label, value), the value by (year, narrower, part) or for all."""
    content = {}
    for code, _label, value in rows:
        for year in years:
            for turvar, _name in narrower:
                for part, _word in parts:
                    found = value.get((year, turvar, part)) if isinstance(value, dict) else value
                    if found is not None:
                        content[f"{code}{var}{turvar}{year - 1900}{part}"] = found
    return {
        "var": [{"val": var, "label": title, "unit": unit, "subj": "Contoh", "def": "", "note": ""}],
        "turvar": [{"val": int(code), "label": label} for code, label in narrower],
        "labelvervar": "Wilayah",
        "vervar": [{"val": int(code), "label": label} for code, label, _value in rows],
        "tahun": [{"val": year - 1900, "label": str(year)} for year in years],
        "turtahun": [{"val": int(code), "label": label} for code, label in parts],
        "datacontent": content,
    }
