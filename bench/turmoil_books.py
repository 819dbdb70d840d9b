"""What must be so after `bench.turmoil`, reckoned from the rows alone, without the product's services.

Every check gives sentences about what disagrees, none where the books are right.
"""

# ruff: noqa: PLC0415, S608  # Django is imported after its settings are named; the statements are our own

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

HOLDING = "('final', 'printed', 'signed', 'handed_over', 'paid')"
ON_PAPER = "('final', 'printed', 'signed', 'handed_over', 'paid', 'outdated', 'replaced', 'void')"
MONTHLY, BY_ACTIVITY = (
    ("partners.contract", "partners.addendum"),
    (
        "partners.activity-contract",
        "partners.activity-addendum",
    ),
)
# What an assignment pays in a month, without what is left where its contract ended unpaid.
PAYABLE = """
    SELECT share.*, assignment.registration_id, duty.activity_id FROM partners_share share
    JOIN partners_assignment assignment ON assignment.id = share.assignment_id
    JOIN partners_activityduty duty ON duty.id = assignment.duty_id
    WHERE NOT EXISTS (SELECT FROM partners_termination ended WHERE ended.honor = 0
        AND ended.registration_id = assignment.registration_id AND ended.month = share.month
        AND (ended.activity_id IS NULL OR ended.activity_id = duty.activity_id))
"""
Check = Callable[["Books"], Iterator[str]]


class Books:
    """The database and the folder of one installation, read as they are."""

    def __init__(self, media: Path) -> None:
        self.media = media

    def rows(self, statement: str) -> list[Any]:
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute(statement)
            return list(cursor.fetchall())

    def one(self, statement: str) -> int:
        return int(self.rows(statement)[0][0] or 0)

    def letters(self, kinds: tuple[str, ...]) -> Iterator[tuple[str, str, dict[str, Any]]]:
        """Of those that hold: number, the two parts of what it is about, and its values."""
        named = ", ".join(f"'{kind}'" for kind in kinds)
        found = self.rows(
            "SELECT number.text, letter.about, letter.data FROM letters_letter letter "
            "JOIN letters_letternumber number ON number.id = letter.number_id "
            f"WHERE letter.state IN {HOLDING} AND letter.kind IN ({named})"
        )
        for number, about, data in found:
            yield number, about, json.loads(data) if isinstance(data, str) else data


def caps(books: Books) -> Iterator[str]:
    """Over all offices and activities of a mitra's month, the lowest cap, or what an exception allows."""
    found = books.rows("""
        SELECT share.person_id, share.month, sum(share.amount), min(cap.amount), count(*) - count(cap.amount),
            (SELECT max(lifted.amount) FROM partners_capoverride lifted
             WHERE lifted.person_id = share.person_id AND lifted.month = share.month
             AND lifted.confirmed_at IS NOT NULL AND lifted.withdrawn_at IS NULL)
        FROM partners_share share
        JOIN partners_assignment assignment ON assignment.id = share.assignment_id
        JOIN partners_activityduty duty ON duty.id = assignment.duty_id
        JOIN partners_position position ON position.id = duty.position_id
        LEFT JOIN partners_position counts ON counts.id = position.counts_as_id
        JOIN partners_activity activity ON activity.id = duty.activity_id
        JOIN units_unit office ON office.id = activity.unit_id
        LEFT JOIN LATERAL (
            SELECT known.amount FROM partners_honorcap known
            JOIN partners_position capped ON capped.id = known.position_id
            WHERE known.province_id = office.parent_id AND known.year = extract(year FROM share.month)
            AND known.activity_kind = activity.kind AND known.employment = 'non_organik'
            AND capped.code = coalesce(counts.code, position.code) AND known.valid_from <= share.month
            ORDER BY known.valid_from DESC LIMIT 1) cap ON true
        GROUP BY share.person_id, share.month""")
    for person, month, total, cap, uncapped, lifted in found:
        if uncapped or total > max(cap, lifted or 0):
            yield f"person {person} {month:%Y-%m}: {total} over {cap} ({lifted}), {uncapped} uncapped"


def sums(books: Books) -> Iterator[str]:
    """Every saved sum against what is added up from the shares."""
    statements = {
        "month total of person and month": """
            SELECT coalesce(total.person_id, share.person_id), coalesce(total.month, share.month),
            total.total, share.sum FROM partners_monthtotal total FULL JOIN (SELECT person_id,
            month, sum(amount) sum
            FROM partners_share GROUP BY 1, 2) share USING (person_id, month)
            WHERE coalesce(total.total, 0) <> coalesce(share.sum, 0)""",
        "budget line": """
            SELECT line.code, line.unit_id, line.used, coalesce(sum(share.amount), 0)
            FROM partners_budgetline line LEFT JOIN partners_share share ON share.budget_line_id =
            line.id GROUP BY line.id
            HAVING line.used <> coalesce(sum(share.amount), 0) OR line.used > line.ceiling""",
        "assignment": """
            SELECT assignment.id, assignment.price, assignment.value, coalesce(sum(share.amount), 0)
            FROM partners_assignment assignment LEFT JOIN partners_share share
            ON share.assignment_id = assignment.id GROUP BY assignment.id
            HAVING assignment.value <> coalesce(sum(share.amount), 0)
            OR assignment.value <> assignment.price * assignment.volume""",
        "share of another person or line": """
            SELECT share.id, share.person_id, share.budget_line_id, part.budget_line_id
            FROM partners_share share JOIN partners_assignment assignment ON assignment.id =
            share.assignment_id
            JOIN partners_registration registration ON registration.id = assignment.registration_id
            JOIN partners_activityduty duty ON duty.id = assignment.duty_id
            LEFT JOIN partners_activitypart part ON part.activity_id = duty.activity_id
            AND part.year = extract(year FROM share.month) WHERE part.budget_line_id IS DISTINCT FROM
            share.budget_line_id OR registration.person_id <> share.person_id""",
    }
    for name, statement in statements.items():
        for row in books.rows(statement):
            yield f"{name}: {row}"


def numbers(books: Books) -> Iterator[str]:
    """Without a gap and once per office, kind and period; void ones kept, each with its letter."""
    places = defaultdict(lambda: defaultdict(list))  # type: ignore[var-annotated]
    for series, sequence, segment in books.rows(
        "SELECT series_id, sequence, segment FROM letters_letternumber ORDER BY 1, 2, 3"
    ):
        places[series][sequence].append(segment)
    for series, last in books.rows("SELECT id, last FROM letters_numberseries"):
        if sorted(places[series]) != list(range(1, last + 1)):
            yield f"series {series}: last {last}, taken {sorted(places[series])}"
        for sequence, segments in places[series].items():
            if segments != list(range(len(segments))):
                yield f"series {series} number {sequence}: inserts {segments}"
    for row in books.rows(
        "SELECT unit_id, text, count(*) FROM letters_letternumber GROUP BY 1, 2 HAVING count(*) > 1"
    ):
        yield f"number given twice: {row}"
    for row in books.rows("""
        SELECT number.text, number.state, letter.id, letter.state FROM letters_letternumber number
        FULL JOIN letters_letter letter ON letter.number_id = number.id
        WHERE coalesce(number.state, '') <> 'imported' AND (letter.id IS NULL OR letter.state = 'draft'
        OR (number.id IS NULL AND letter.state <> 'void')
        OR (number.id IS NOT NULL AND (number.state = 'void') <> (letter.state = 'void')))"""):
        yield f"number and letter: {row}"


def files(books: Books) -> Iterator[str]:
    """Every letter on paper has its file, of the hash on record, and the PDF says its number."""
    found = books.rows(
        "SELECT letter.id, letter.file, letter.sha256, number.text FROM letters_letter letter "
        "LEFT JOIN letters_letternumber number ON number.id = letter.number_id "
        f"WHERE letter.state IN {ON_PAPER} AND (letter.final_at IS NOT NULL OR letter.state <> 'void') "
        "ORDER BY letter.id"
    )
    for pk, name, digest, number in found:
        yield from (f"letter {pk}: {said}" for said in _of_file(books.media / name, digest, number))
    for pk, name, digest in books.rows("SELECT letter_id, file, sha256 FROM letters_signing ORDER BY id"):
        yield from (f"signing of letter {pk}: {said}" for said in _of_file(books.media / name, digest, None))
    for pk, merged, archive in books.rows("SELECT id, merged, archive FROM letters_batch WHERE merged <> ''"):
        if not all((books.media / name).is_file() for name in (merged, archive)):
            yield f"batch {pk}: its files are not there"


def _of_file(path: Path, digest: str, number: str | None) -> Iterator[str]:
    from pypdf import PdfReader

    if not path.is_file():
        yield f"no file {path.name}"
        return
    if hashlib.sha256(path.read_bytes()).hexdigest() != digest:
        yield "another hash than on record"
        return
    if number is not None:
        text = "".join("".join(page.extract_text() for page in PdfReader(path).pages).split())
        if "".join(number.split()) not in text:
            yield f"does not say its number {number}"


def approvals(books: Books) -> Iterator[str]:
    """What is approved is what the month's shares come to."""
    for row in books.rows(f"""
        SELECT approval.registration_id, approval.month, approval.total, coalesce(sum(share.amount), 0)
        FROM partners_approval approval LEFT JOIN ({PAYABLE}) share
        ON share.registration_id = approval.registration_id AND share.month = approval.month
        WHERE approval.withdrawn_at IS NULL GROUP BY approval.id
        HAVING approval.total <> coalesce(sum(share.amount), 0)"""):
        yield f"approval of registration and month: {row}"


def contracts(books: Books) -> Iterator[str]:
    """Every contract that holds says what is planned: a month's what is approved, an activity's its shares.

    So one of an activity stays in force while another activity's change makes its month wait for approval.
    """
    approved = {
        (str(who), month): total
        for who, month, total in books.rows(
            "SELECT registration_id, to_char(month, 'YYYY-MM'), total FROM partners_approval "
            "WHERE withdrawn_at IS NULL"
        )
    }
    for number, about, data in books.letters(MONTHLY):
        who, month = about.split(":")[1:]
        if not approved.get((who, month)) == data["honor"] == sum(row["nilai"] for row in data["kegiatan"]):
            yield f"{number} {about}: {data['honor']}, approved {approved.get((who, month))}"
    planned = defaultdict[tuple[str, str], int](int)
    for who, what, amount in books.rows(
        f"SELECT registration_id, activity_id, amount FROM ({PAYABLE}) found"
    ):
        planned[str(who), str(what)] += amount
    for number, about, data in books.letters(BY_ACTIVITY):
        who, what = about.split(":")[1:]
        if not planned[who, what] == data["honor"] == sum(row["nilai"] for row in data["per_bulan"]):
            yield f"{number} {about}: {data['honor']}, planned {planned[who, what]}"


def agreed_once(books: Books) -> Iterator[str]:
    """No month of work is under two contracts that hold, of whichever kind, nor under an ended one."""
    found: defaultdict[tuple[str, str, str], set[str]] = defaultdict(set)
    work = books.rows("""
        SELECT assignment.registration_id, duty.activity_id, to_char(share.month, 'YYYY-MM')
        FROM partners_share share JOIN partners_assignment assignment ON assignment.id = share.assignment_id
        JOIN partners_activityduty duty ON duty.id = assignment.duty_id""")
    of_month = defaultdict[tuple[str, str], set[str]](set)
    of_activity = defaultdict[tuple[str, str], set[str]](set)
    for number, about, _data in books.letters(MONTHLY):
        of_month[tuple(about.split(":")[1:])].add(number)  # type: ignore[index]
    for number, about, _data in books.letters(BY_ACTIVITY):
        of_activity[tuple(about.split(":")[1:])].add(number)  # type: ignore[index]
    for who, activity, month in work:
        found[str(who), str(activity), month] = (
            of_month[str(who), month] | of_activity[str(who), str(activity)]
        )
    for key, letters in found.items():
        if len(letters) > 1:
            yield f"registration, activity, month {key} under {sorted(letters)}"
    for row in books.rows(f"""
        SELECT letter.about, ended.id FROM partners_termination ended
        JOIN letters_letter letter ON letter.id = ended.contract_id WHERE letter.state IN {HOLDING}"""):
        yield f"ended, and holds: {row}"


def handovers(books: Books) -> Iterator[str]:
    """What is handed over adds up, and its paper says so."""
    dues = {}
    for who, month, due, total in books.rows("""
        SELECT approval.registration_id, to_char(approval.month, 'YYYY-MM'), handover.due,
            coalesce(sum(delivery.due), 0)
        FROM partners_handover handover JOIN partners_approval approval ON approval.id = handover.approval_id
        LEFT JOIN partners_delivery delivery ON delivery.handover_id = handover.id
        WHERE approval.withdrawn_at IS NULL GROUP BY approval.id, handover.id"""):
        dues[str(who), month] = due
        if due != total:
            yield f"handover of {who} {month}: {due}, its work comes to {total}"
    for number, about, data in books.letters(("partners.handover",)):
        who, month = about.split(":")[1:]
        if dues.get((who, month)) != data["honor"]:
            yield f"{number} {about}: {data['honor']}, recorded {dues.get((who, month))}"


def payments(books: Books) -> Iterator[str]:
    """No honor paid twice; lists, their lines and their letters say the same."""
    for row in (
        books.rows("""
        SELECT handover_id, count(*) FROM partners_paymentline WHERE stands GROUP BY 1 HAVING count(*) > 1""")
    ):
        yield f"handover paid twice: {row}"
    for row in books.rows("""
        SELECT approval.registration_id, approval.month, count(*) FROM partners_paymentline line
        JOIN partners_handover handover ON handover.id = line.handover_id
        JOIN partners_approval approval ON approval.id = handover.approval_id
        WHERE line.stands GROUP BY 1, 2 HAVING count(*) > 1"""):
        yield f"month paid twice: {row}"
    for row in (
        books.rows("""
        SELECT list.id, list.people, list.gross, list.tax, list.net, count(line.id),
        sum(line.gross), sum(line.tax) FROM partners_paymentlist list LEFT JOIN
        partners_paymentline line ON line.payment_list_id = list.id
        GROUP BY list.id HAVING (list.people, list.gross, list.tax, list.net) <> (count(line.id),
        coalesce(sum(line.gross), 0), coalesce(sum(line.tax), 0), coalesce(sum(line.gross - line.tax), 0))""")
    ):
        yield f"payment list: {row}"
    for row in books.rows("""
        SELECT line.id, line.gross, handover.due, approval.withdrawn_at FROM partners_paymentline line
        JOIN partners_handover handover ON handover.id = line.handover_id
        JOIN partners_approval approval ON approval.id = handover.approval_id
        WHERE line.stands AND (line.gross <> handover.due OR approval.withdrawn_at IS NOT NULL)"""):
        yield f"payment of what is not due: {row}"
    yield from _paid_on_paper(books)


def _paid_on_paper(books: Books) -> Iterator[str]:
    lists = {
        str(pk): (state, gross, tax, net)
        for pk, state, gross, tax, net in books.rows(
            "SELECT id, state, gross, tax, net FROM partners_paymentlist"
        )
    }
    said = set()
    for number, about, data in books.letters(("partners.payment_list",)):
        which = about.split(":")[1]
        said.add(which)
        lines = data["baris"]
        told = tuple(data[name] for name in ("bruto", "pajak", "netto"))
        added = tuple(sum(line[name] for line in lines) for name in ("bruto", "pajak", "netto"))
        if lists[which][0] not in {"final", "paid"} or told != lists[which][1:] or added != told:
            yield f"{number}: says {told}, its rows {added}, the list {lists[which]}"
    for which, (state, *_sums) in lists.items():
        if state == "paid" and which not in said:
            yield f"list {which} is paid without its letter"


def work_left(books: Books) -> Iterator[str]:
    """Nothing is left half done: batch, import, stack, draft, a job that waits or was given up."""
    statements = {
        "batch": """
            SELECT batch.id, batch.state, batch.total, batch.done, batch.failed, batch.stopped
            FROM letters_batch batch WHERE state NOT IN ('done', 'cancelled') OR total <> done +
            failed + stopped
            OR (done, failed, stopped) <> (SELECT count(*) FILTER (WHERE state = 'done'),
            count(*) FILTER (WHERE state = 'failed'), count(*) FILTER (WHERE state = 'stopped')
            FROM letters_batchitem WHERE batch_id = batch.id)""",
        "item": "SELECT id, batch_id, state FROM letters_batchitem WHERE state IN ('waiting', 'numbered')",
        "letter made by no one": """
            SELECT item.id, letter.state FROM letters_batchitem item LEFT JOIN letters_letter letter
            ON letter.id = item.letter_id WHERE item.state = 'done'
            AND (letter.id IS NULL OR letter.state = 'draft')""",
        "draft": "SELECT id, about FROM letters_letter WHERE state = 'draft'",
        "import": "SELECT id, state FROM partners_importrun WHERE state IN ('checking', 'importing')",
        "stack": "SELECT id, state FROM letters_scanstack WHERE state = 'reading'",
        "job": """
            SELECT id, task_name, status, args FROM procrastinate_jobs
            WHERE status NOT IN ('succeeded', 'cancelled')""",
    }
    for name, statement in statements.items():
        for row in books.rows(statement):
            yield f"{name}: {row}"


CHECKS: tuple[Check, ...] = (
    caps, sums, numbers, files, approvals, contracts, agreed_once, handovers, payments, work_left,
)  # fmt: skip
