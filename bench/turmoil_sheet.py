"""What people of `bench.turmoil` do in a month before there is paper: sheet, approvals, contracts."""

import json
import re
from typing import Any

from bench.turmoil_clients import PDF, Client

ABSURD = (0, 0, 3, 8, 12, 20, 35, 60, 61, 90, 999_999, 2_000_000)


def office(client: Client) -> str:
    return f"/partners/units/{client.slug}"


def some(client: Client, path: str, **asked: Any) -> Any:
    """One row of a list, at random; None where it is empty."""
    rows = client.get(path, **asked)
    return client.chance.choice(rows) if rows else None


def volumes(client: Client, count: int) -> list[dict[str, Any]]:
    """Volumes to type, most of them modest, and what was there when they were."""
    month = client.new_month
    people = client.get(f"{office(client)}/room", month=month) or []
    chance, cells = client.chance, []
    for _ in range(count if people else 0):
        row = chance.choice(people)
        if not row["cells"]:
            continue
        cell = chance.choice(row["cells"])
        volume = chance.choice(ABSURD) if chance.random() < 0.3 else chance.randint(1, 16)
        cells.append(
            {
                "registration": row["registration"],
                "duty": cell["duty"],
                "volume": volume,
                "before": cell["volume"],
            }
        )
    return list({(cell["registration"], cell["duty"]): {**cell, "month": month} for cell in cells}.values())


def type_volumes(client: Client) -> None:
    """As the script of the sheet sends them."""
    if cells := volumes(client, client.chance.randint(1, 8)):
        sent = [[cell["registration"], cell["duty"], cell["volume"], cell["before"]] for cell in cells]
        client.page(
            "POST",
            f"/mitra/{client.slug}/alokasi/isi/?bulan={cells[0]['month']}",
            data={"isi": json.dumps(sent)},
        )


def send_the_form(client: Client) -> None:
    """As a browser without the script sends the whole sheet."""
    if cells := volumes(client, 5):
        seen = {
            f"{cell['registration']}-{cell['duty']}": [cell["before"]] * 2 for cell in cells if cell["before"]
        }
        typed = {f"v-{cell['registration']}-{cell['duty']}": str(cell["volume"]) for cell in cells}
        client.page(
            "POST",
            f"/mitra/{client.slug}/alokasi/?bulan={cells[0]['month']}",
            data={"semula": json.dumps(seen), **typed},
        )


def paste(client: Client) -> None:
    """A block with names, looked at first; then filled in."""
    month = client.new_month
    people = client.get(f"{office(client)}/room", month=month) or []
    rows = client.chance.sample(people, min(len(people), 6))
    block = "\n".join(f"{row['mitra']}\t{client.chance.randint(0, 25)}" for row in rows)
    client.page("POST", f"/mitra/{client.slug}/alokasi/tempel/?bulan={month}", data={"blok": block})
    sent = [
        [row["registration"], cell["duty"], 6, cell["volume"]] for row in rows for cell in row["cells"][:1]
    ]
    client.page(
        "POST", f"/mitra/{client.slug}/alokasi/tempel/isi/?bulan={month}", data={"isi": json.dumps(sent)}
    )


def assign(client: Client) -> None:
    for cell in volumes(client, 1):
        client.send("POST", "/partners/assignments", cell)


def assign_many(client: Client) -> None:
    if cells := volumes(client, 12):
        kept = [{name: value for name, value in cell.items() if name != "month"} for cell in cells]
        client.send("POST", f"{office(client)}/assignments", {"month": cells[0]["month"], "cells": kept})


def step(client: Client) -> None:
    """Undo or redo, by page or by program."""
    verb = client.chance.choice(("undo", "redo"))
    if client.chance.random() < 0.5:
        client.send("POST", f"{office(client)}/assignments/{verb}", {"month": client.new_month})
    else:
        word = {"undo": "urungkan", "redo": "ulangi"}[verb]
        client.page("POST", f"/mitra/{client.slug}/alokasi/{word}/?bulan={client.new_month}")


def divide(client: Client) -> None:
    row = some(client, f"{office(client)}/assignments", month=client.new_month)
    if row and len(row["shares"]) > 1:
        first, *others = sorted(row["shares"])
        part = client.chance.randint(0, row["value"])
        shares = {first: part, others[0]: row["value"] - part}
        client.send(
            "PUT", f"/partners/assignments/{row['id']}/shares", {"shares": shares, "version": row["version"]}
        )


def settle_surplus(client: Client) -> None:
    month = client.new_month
    row = some(client, f"{office(client)}/surplus", month=month)
    if not row:
        return
    taker = client.chance.choice(row["takers"]) if row["takers"] else None
    if taker:
        body = {"registration": taker["registration"], "volume": taker["volume"], "month": month}
        client.send("POST", f"{office(client)}/surplus/{row['id']}/move", body)
    elif client.chance.random() < 0.5:
        client.send("POST", f"{office(client)}/surplus/{row['id']}/enter", {"month": month})
    else:
        client.send("POST", f"{office(client)}/surplus/{row['id']}/drop")


def approve(client: Client) -> None:
    """Everyone who waits; a team lead may not, and is told so."""
    month = client.month
    if client.chance.random() < 0.5:
        approve_by_program(client, month)
        return
    page = client.page("GET", f"/mitra/{client.slug}/persetujuan/?bulan={month}")
    seen = re.findall(r'name="semula" value="([^"]*)"', page.text if page is not None else "")
    client.page(
        "POST",
        f"/mitra/{client.slug}/persetujuan/?bulan={month}",
        data={"semua": "1", "semula": seen[0] if seen else ""},
    )


def approve_by_program(client: Client, month: str) -> None:
    """Everyone who waits, at the honor that was read just before."""
    rows = client.get(f"{office(client)}/approvals/waiting", month=month) or []
    shown = {str(row["registration"]): row["honor"] for row in rows}
    client.send("POST", f"{office(client)}/approvals", {"month": month, "shown": shown})


def withdraw(client: Client) -> None:
    row = some(client, f"{office(client)}/approvals", month=client.month)
    if row:
        client.send("POST", f"/partners/approvals/{row['id']}/withdraw")


def beyond_the_cap(client: Client) -> None:
    """Asked for by one, decided by another."""
    month = client.month
    row = some(client, f"{office(client)}/exceptions", month=month)
    if row and client.chance.random() < 0.7:
        grant = client.chance.random() < 0.6
        client.send("POST", f"{office(client)}/exceptions/{row['id']}/decision", {"grant": grant})
        return
    mitra = some(client, f"{office(client)}/room", month=month)
    if mitra:
        client.send(
            "POST",
            f"{office(client)}/registrations/{mitra['registration']}/exceptions?month={month}",
            data={
                "amount": str(client.chance.randint(3, 6) * 1_000_000),
                "reason": "Hanya satu mitra di pulau itu.",
            },
            files={"file": ("nota.pdf", b"%PDF-1.7 nota", PDF)},
        )


def write_contracts(client: Client) -> None:
    body = {"month": client.month}
    if client.chance.random() < 0.5:
        client.send("POST", f"{office(client)}/contracts", body)
    else:
        client.page("POST", f"/mitra/{client.slug}/perjanjian/?bulan={body['month']}", data={})


def write_addenda(client: Client) -> None:
    client.send("POST", f"{office(client)}/addenda", {"month": client.month})


def change_the_kind(client: Client) -> None:
    """The office writes the other kind of contract from now on."""
    if client.role == "kepala" and client.chance.random() < 0.3:
        kind = client.chance.choice(("bulan", "kegiatan"))
        client.send("PATCH", f"{office(client)}/rules", {"contract_kind": kind, "basis": "Contoh"})
