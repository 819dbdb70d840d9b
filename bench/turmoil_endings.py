"""What people of `bench.turmoil` do about contracts that end early, also while others work on them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from threading import Thread
from typing import Any

from bench.turmoil_clients import Client
from bench.turmoil_papers import sign_letter, until_made
from bench.turmoil_sheet import approve_by_program, office, some

PAID, UNPAID = "pasal10", ("pasal8", "pasal9")
TOGETHER = 2
Act = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Ending:
    """One contract of an approved month, and how it is to end."""

    approval: int
    contract: int
    reason: str
    cost: int
    day: str
    month: str
    done: dict[int, int]

    def by_program(self, client: Client) -> Any:
        body = {
            "contract": self.contract,
            "reason": self.reason,
            "explanation": "Tidak dapat melanjutkan.",
            "effective_on": self.day,
            "realised": [{"assignment": one, "realised": done} for one, done in self.done.items()],
            "training_cost": self.cost,
        }
        return client.send("POST", f"/partners/approvals/{self.approval}/termination", body)

    def by_page(self, client: Client) -> Any:
        at = f"/mitra/{client.slug}/serah-terima/{self.approval}/putus/?perjanjian={self.contract}"
        given = {f"r{one}": str(done) for one, done in self.done.items()}
        given |= {"reason": self.reason, "explanation": "Tidak dapat melanjutkan."}
        client.page("GET", at)
        return client.page(
            "POST", at, data={**given, "effective_on": self.day, "training_cost": str(self.cost)}
        )


def end_some(client: Client) -> None:
    """From approval to a contract and its end, of several mitra, one after the other or at once."""
    month, most = client.month, client.chance.randint(1, 3)
    _contracted(client, month)
    rows = client.get(f"{office(client)}/approvals", month=month) or []
    for row in client.chance.sample(rows, min(8, len(rows))):
        found = client.get(f"/partners/approvals/{row['id']}/contracts")
        if found and most:
            most -= _end(client, _chosen(client, row, client.chance.choice(found), month), found)


def end_at_once(client: Client) -> None:
    """The same contract ended twice at once, or while somebody does something else with it."""
    month = client.month
    rows = client.get(f"{office(client)}/approvals", month=month) or []
    for row in client.chance.sample(rows, min(12, len(rows))):
        found = client.get(f"/partners/approvals/{row['id']}/contracts")
        if found:
            acts = _meanwhile(client, _chosen(client, row, client.chance.choice(found), month))
            _at_once(client, [acts[0], *client.chance.sample(acts[1:], TOGETHER)])
            return


def go_on_with_its_letter(client: Client) -> None:
    """Signed, annulled and issued anew, twice at once; or its contract replaced, which is over."""
    row = some(client, f"{office(client)}/terminations", month=client.month)
    if not row:
        return
    letters = client.get("/letters", unit=client.slug, kind="partners.termination") or []
    mine = [one for one in letters if one["about"] == f"partners.termination:{row['id']}"]
    live = [one["id"] for one in mine if one["state"] not in {"void", "replaced"}]
    what = client.chance.random()
    if live and what < 0.4:
        sign_letter(client, live[0])
    elif live and what < 0.6:
        client.send("POST", f"/letters/{live[0]}/annul", {"reason": "Salah ketik"})
    else:
        again = f"/mitra/{client.slug}/pemutusan/{row['id']}/terbit/"
        issued = f"{office(client)}/terminations/{row['id']}/issue"
        _at_once(client, [lambda: client.send("POST", issued), lambda: client.page("POST", again)])


def gnaw_at_what_ended(client: Client) -> None:
    """Other volumes, more and less, of work whose contract ended; and its undone work given to others."""
    month = client.month
    row = some(client, f"{office(client)}/terminations", month=month)
    people = client.get(f"{office(client)}/room", month=month) or []
    mine = next((one for one in people if row and one["registration"] == row["registration"]), None)
    others = [one for one in people if one is not mine]
    if mine is None or not others:
        return
    for cell in mine["cells"][:3]:
        wanted = max(0, cell["volume"] + client.chance.choice((-3, -1, 0, 2)))
        _give(client, mine, cell, wanted, month)
        taker = client.chance.choice(others)
        theirs = next((one for one in taker["cells"] if one["duty"] == cell["duty"]), None)
        if theirs:
            _give(client, taker, theirs, theirs["volume"] + client.chance.randint(1, 6), month)
    client.page("GET", f"/mitra/{client.slug}/perjanjian/?bulan={month}")


def _give(client: Client, mitra: Any, cell: Any, volume: int, month: str) -> None:
    body = {"registration": mitra["registration"], "duty": cell["duty"], "month": month}
    client.send("POST", "/partners/assignments", {**body, "volume": volume, "before": cell["volume"]})


def _contracted(client: Client, month: str) -> None:
    approve_by_program(client, month)
    until_made(client, client.send("POST", f"{office(client)}/contracts", {"month": month}))
    if client.chance.random() < 0.5:
        until_made(client, client.send("POST", f"{office(client)}/addenda", {"month": month}))


def _chosen(client: Client, row: Any, found: Any, month: str) -> Ending:
    """Half of them paid for what was done, from nothing to all of it; a tenth on a day it cannot be."""
    chance, first = client.chance, date.fromisoformat(f"{month}-01")
    today = date.today()  # noqa: DTZ011  # as whoever ends it would type it
    day = today if (today.year, today.month) == (first.year, first.month) else first + timedelta(days=14)
    reason = chance.choice((PAID, PAID, *UNPAID))
    cost = chance.choice((0, 350_000)) if reason in UNPAID else 0
    done = {work["assignment"]: chance.randint(0, work["planned"]) for work in found["work"]}
    wrong = chance.random() < 0.1
    day -= timedelta(days=40 if wrong else 0)
    return Ending(row["id"], found["letter"], reason, cost, day.isoformat(), month, done)


def _end(client: Client, ending: Ending, found: list[Any]) -> bool:
    """By page or program, and whether it did; some contracts are signed before, some ended once more."""
    if client.chance.random() < 0.4:
        sign_letter(client, ending.contract)
    if client.chance.random() < 0.5:
        answer = ending.by_page(client)
        done = answer is not None and answer.status_code == 302
    else:
        done = ending.by_program(client) is not None
    if len(found) == 1 and client.chance.random() < 0.3:
        ending.by_program(client)
    return done


def _meanwhile(client: Client, ending: Ending) -> list[Act]:
    """The ending, and what somebody else might do with the same contract at that moment."""
    at, month = f"/letters/{ending.contract}", {"month": ending.month}
    today = date.today().isoformat()  # noqa: DTZ011
    done = [
        {"assignment": one, "realised": done, "finished_on": today, "quality": 3}
        for one, done in ending.done.items()
    ]
    recorded = {"handed_on": today, "done": done}
    return [
        lambda: ending.by_program(client),
        lambda: ending.by_page(client),
        lambda: client.send("POST", f"{at}/annul", {"reason": "Salah ketik"}),
        lambda: client.send("POST", f"{at}/replace", {"reason": "Salah ketik"}),
        lambda: client.send("POST", f"{at}/print"),
        lambda: client.send("PUT", f"/partners/approvals/{ending.approval}/handover", recorded),
        lambda: client.send("POST", f"{office(client)}/handovers", month),
        lambda: client.send("POST", f"{office(client)}/addenda", month),
        lambda: client.send("POST", f"{office(client)}/contracts", month),
        lambda: client.send("POST", f"/partners/approvals/{ending.approval}/withdraw"),
        lambda: client.send("POST", f"{office(client)}/payment-lists", month),
    ]


def _at_once(client: Client, acts: list[Act]) -> None:
    threads = [Thread(target=_tried, args=(client, act)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _tried(client: Client, act: Act) -> None:
    try:
        act()
    except Exception as error:  # noqa: BLE001  # an answer nobody expected ends no one's work
        client.fault(f"at once: {error!r}")
