"""What people of `bench.turmoil` do with paper, money and the register: much of it right, some of it not."""

import time
from datetime import date
from typing import Any

from bench.turmoil_clients import API, PDF, Client, as_if_scanned
from bench.turmoil_sheet import approve_by_program, office, some

PAGES = (
    "/mitra/{slug}/", "/mitra/{slug}/alokasi/?bulan={month}", "/mitra/{slug}/persetujuan/?bulan={month}",
    "/mitra/{slug}/perjanjian/?bulan={month}", "/mitra/{slug}/serah-terima/?bulan={month}",
    "/mitra/{slug}/serah-terima/berita-acara/?bulan={month}", "/mitra/{slug}/pembayaran/?bulan={month}",
    "/mitra/{slug}/pantauan/?bulan={month}", "/mitra/{slug}/kegiatan/", "/mitra/{slug}/impor/", "/surat/",
    "/surat/nomor/{slug}/", "/mitra/{slug}/alokasi/dokumen/?bulan={month}", "/mitra/{slug}/acuan/mak/",
)  # fmt: skip


def work_a_batch(client: Client) -> None:
    row = some(client, f"/letters/units/{client.slug}/batches")
    if row:
        verb = client.chance.choice(("cancel", "retry", "bind"))
        client.send("POST", f"/letters/batches/{row['id']}/{verb}")
        client.file(f"{API}/letters/batches/{row['id']}/merged")


def _letter(client: Client, **asked: Any) -> Any:
    return some(client, "/letters", unit=client.slug, **asked)


def move_a_letter(client: Client) -> None:
    """Any step on any letter, whether it is its turn or not."""
    row = _letter(client)
    verb = client.chance.choice(("print", "print", "replace", "annul", "hand-over", "pay"))
    if not row or (verb == "annul" and client.chance.random() < 0.5):
        return
    body = {"reason": "Salah ketik"} if verb in {"annul", "replace"} else {}
    if client.chance.random() < 0.5:
        client.send("POST", f"/letters/{row['id']}/{verb}", body)
    else:
        word = {"print": "cetak", "replace": "ganti", "annul": "batal", "hand-over": "serah", "pay": "bayar"}[
            verb
        ]
        client.page("POST", f"/surat/{row['id']}/langkah/", data={"aksi": word, "reason": "Salah ketik"})


def sign(client: Client) -> None:
    """Several at once, as an office does; some already signed."""
    for kind in client.chance.sample(
        ("partners.contract", "partners.activity-contract", "partners.handover"), 2
    ):
        state = client.chance.choice(("final", "final", "printed", "signed"))
        rows = client.get("/letters", unit=client.slug, kind=kind, state=state) or []
        for row in client.chance.sample(rows, min(3, len(rows))):
            sign_letter(client, row["id"])
    for kind in (
        "partners.addendum",
        "partners.activity-addendum",
        "partners.termination",
        "partners.payment_list",
    ):
        if row := _letter(client, kind=kind, state="final"):
            sign_letter(client, row["id"])


def sign_letter(client: Client, pk: int) -> None:
    paper = client.file(f"{API}/letters/{pk}/pdf")
    if not paper:
        return
    files, given = (
        {"file": ("pindaian.pdf", as_if_scanned(paper), PDF)},
        {"signer": "Pejabat Contoh", "compared": "true"},
    )
    if client.chance.random() < 0.5:
        client.send("POST", f"/letters/{pk}/signature", data=given, files=files)
    else:
        client.page("POST", f"/surat/{pk}/pindaian/", data=given, files=files)


def finish_a_month(client: Client) -> None:
    """From approval to payment as diligently as the others allow."""
    month = client.months[0]
    asked = {"month": month}
    approve_by_program(client, month)
    for papers, kind in (("contracts", "contract"), ("receipts", "handover")):
        batch = client.send("POST", f"{office(client)}/{papers}", asked)
        until_made(client, batch)
        kinds = (
            (f"partners.{kind}", f"partners.activity-{kind}") if kind == "contract" else (f"partners.{kind}",)
        )
        for code in kinds:
            rows = client.get("/letters", unit=client.slug, kind=code, state="final") or []
            for row in rows[:5]:
                sign_letter(client, row["id"])
        client.send("POST", f"{office(client)}/handovers", asked)
    made = client.send("POST", f"{office(client)}/payment-lists", asked)
    if made and client.send("POST", f"/partners/payment-lists/{made['id']}/issue"):
        for row in (
            client.get("/letters", unit=client.slug, kind="partners.payment_list", state="final") or []
        ):
            sign_letter(client, row["id"])
        today = date.today().isoformat()  # noqa: DTZ011
        client.send("POST", f"/partners/payment-lists/{made['id']}/paid", {"paid_on": today})


def until_made(client: Client, batch: Any) -> None:
    for _ in range(20 if batch else 0):
        if (client.get(f"/letters/batches/{batch['batch']}") or {}).get("state") in {"done", "cancelled"}:
            return
        time.sleep(0.5)


def hand_in_a_stack(client: Client) -> None:
    rows = (client.get("/letters", unit=client.slug, state="final") or [])[:3]
    papers = [paper for row in rows if (paper := client.file(f"{API}/letters/{row['id']}/pdf"))]
    if papers:
        files = {"file": ("tumpukan.pdf", as_if_scanned(*papers), PDF)}
        client.send(
            "POST", f"/letters/units/{client.slug}/stacks", data={"signer": "Pejabat Contoh"}, files=files
        )


def hand_over(client: Client) -> None:
    if client.chance.random() < 0.4:
        client.send("POST", f"{office(client)}/handovers", {"month": client.old_month})
        return
    row = some(client, f"{office(client)}/approvals", month=client.old_month)
    works = row and client.get(f"/partners/approvals/{row['id']}/work")
    if not works:
        return
    today = date.today().isoformat()  # noqa: DTZ011  # as whoever records it would type it
    done = [
        {
            "assignment": work["assignment"],
            "realised": max(0, work["planned"] - client.chance.choice((0, 0, 0, 1, 2))),
            "finished_on": today,
            "quality": 4,
        }
        for work in works
    ]
    client.send("PUT", f"/partners/approvals/{row['id']}/handover", {"handed_on": today, "done": done})


def write_receipts(client: Client) -> None:
    if client.chance.random() < 0.5:
        client.send("POST", f"{office(client)}/receipts", {"month": client.old_month})
    else:
        client.page("POST", f"/mitra/{client.slug}/serah-terima/berita-acara/?bulan={client.old_month}")


def pay(client: Client) -> None:
    """A list from its beginning to its end, or whatever step comes to mind."""
    month, today = client.old_month, date.today().isoformat()  # noqa: DTZ011
    if client.chance.random() < 0.4:
        client.send("POST", f"{office(client)}/payment-lists", {"month": month})
    row = some(client, f"{office(client)}/payment-lists", month=month)
    if not row:
        return
    at = f"/partners/payment-lists/{row['id']}"
    verb = client.chance.choice(("issue", "issue", "paid", "paid", "paid", "cancel", "return", "transfer"))
    if verb == "return":
        lines = (client.get(at) or {}).get("lines") or []
        if lines and client.chance.random() < 0.5:
            line = client.chance.choice(lines)
            client.send(
                "POST", f"{at}/lines/{line['id']}/return", {"returned_on": today, "reason": "Rekening tutup"}
            )
        return
    body = {"paid": {"paid_on": today}, "cancel": {"reason": "Salah daftar"}}.get(verb, {})
    if verb == "paid" and (letter := _letter(client, kind="partners.payment_list", state="final")):
        sign_letter(client, letter["id"])
    client.send("POST", f"{at}/{verb}", body)


def import_mitra(client: Client) -> None:
    """A file of those known and a few new, one of them wrong; taken in if the worker lives."""
    year = client.months[0][:4]
    chosen = client.chance.sample(range(1000, 1400), 30)
    rows = [f"9999011708{n % 90 + 10:02d}{n:04d},Mitra Impor {n},Kecamatan {n % 3}" for n in chosen]
    content = "\n".join(["NIK,Nama,Kecamatan", *rows, "123,Mitra Salah,Kecamatan 1"]).encode()
    files = {"file": ("mitra.csv", content, "text/csv")}
    run = client.send("POST", f"{office(client)}/imports", data={"year": year}, files=files)
    if not run:
        return
    at = f"{office(client)}/imports/{run['id']}"
    tables = [{"table": 0, "mapping": {"nik": 0, "name": 1, "district": 2}}]
    client.send("PUT", f"{at}/columns", {"tables": tables, "position": "pendataan", "status": "calon"})
    for _ in range(20):
        if (client.get(at) or {}).get("state") == "checked":
            client.send("POST", f"{at}/start")
            return
        time.sleep(0.5)
    client.send("POST", f"{at}/cancel")


def correct_mitra(client: Client) -> None:
    row = some(client, f"{office(client)}/mitra", year=client.months[0][:4], status="aktif")
    if not row:
        return
    at, chance = f"{office(client)}/mitra/{row['person']}", client.chance
    what = chance.randint(0, 3)
    if what == 0:
        client.send(
            "PATCH", at, {"address": f"Jalan Contoh {chance.randint(1, 99)}", "district": "Kecamatan 1"}
        )
    elif what == 1:
        number = f"00{chance.randint(10**9, 10**10 - 1)}"
        client.send(
            "PUT", f"{at}/account", {"bank": "Bank Contoh", "number": number, "holder": row["name"].upper()}
        )
    elif what == 2:
        for status in ("nonaktif", "aktif"):
            client.send("PUT", f"{at}/years/{row['year']}", {"position": "pendataan", "status": status})
    else:
        today = date.today().isoformat()  # noqa: DTZ011
        listed = client.send("POST", f"{at}/blacklistings", {"reason": "Isian tidak sesuai.", "since": today})
        if listed:
            client.send("POST", f"{at}/blacklistings/{listed['id']}/lift")


def browse(client: Client) -> None:
    for path in client.chance.sample(PAGES, 3):
        client.page("GET", path.format(slug=client.slug, month=client.month))


def pry(client: Client) -> None:
    """Where nothing is, and what is another's: each must be said in words."""
    client.page("GET", f"/surat/{client.chance.randint(10**6, 10**7)}/")
    client.send("POST", f"/letters/{client.chance.randint(1, 400)}/print")
    client.send("POST", f"{office(client)}/approvals", {"month": "2026-13", "shown": {}})
    client.page("POST", f"/mitra/{client.slug}/alokasi/isi/?bulan={client.month}", data={"isi": "[[1,2]]"})
