"""The negative control of `bench.turmoil`: one thing at a time is made wrong, and its check must notice."""

# ruff: noqa: PLC0415, S608  # Django is imported after its settings are named; the statements are our own

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from bench import turmoil_books as books_of
from bench import turmoil_ended as ended_of
from bench.turmoil_books import HOLDING, Books, Check


def one(table: str, change: str, where: str = "true") -> str:
    """Change the first row that is so."""
    first = f"(SELECT id FROM {table} WHERE {where} ORDER BY id LIMIT 1)"
    return f"UPDATE {table} SET {change} WHERE id = {first}"


CONTRACT = f"state IN {HOLDING} AND kind IN ('partners.contract', 'partners.activity-contract')"
THE_CONTRACT = f"(SELECT id FROM letters_letter WHERE {CONTRACT} ORDER BY id LIMIT 1)"
SAME = f"(about, kind) = (SELECT about, kind FROM letters_letter WHERE id = {THE_CONTRACT})"
OTHER = f"id <> {THE_CONTRACT} AND number_id IS NOT NULL AND sha256 <> ''"
IN_FORCE = "approval_id IN (SELECT id FROM partners_approval WHERE withdrawn_at IS NULL)"
THE_LINE = "(SELECT id FROM partners_paymentline WHERE stands ORDER BY id LIMIT 1)"
ITS_HANDOVER = f"(SELECT handover_id FROM partners_paymentline WHERE id = {THE_LINE})"
FINAL = "state <> 'draft' AND sha256 <> ''"
NUMBERED = f"id IN (SELECT number_id FROM letters_letter WHERE {FINAL})"
GONE = "DELETE FROM letters_letternumber WHERE id = (SELECT min(id) FROM letters_letternumber)"

CONTRACTS = "id IN (SELECT contract_id FROM partners_termination)"
ENDING = "kind = 'partners.termination' AND state IN ('final', 'printed', 'signed')"
THE_ENDING = f"(SELECT id FROM letters_letter WHERE {ENDING} ORDER BY id LIMIT 1)"
ITS_MONTH = """id IN (SELECT share.id FROM partners_share share
    JOIN partners_assignment assignment ON assignment.id = share.assignment_id
    JOIN partners_activityduty duty ON duty.id = assignment.duty_id
    JOIN partners_termination ended ON ended.month = share.month
        AND ended.registration_id = assignment.registration_id AND ended.honor > 0 AND {}
        AND ended.lines @> jsonb_build_array(jsonb_build_object('tugas', duty.id)))"""
ANY, BY_ACTIVITY = ITS_MONTH.format("true"), ITS_MONTH.format("ended.activity_id = duty.activity_id")
HANDED = """id IN (SELECT delivery.id FROM partners_delivery delivery
    JOIN partners_handover handover ON handover.id = delivery.handover_id
    JOIN partners_approval approval ON approval.id = handover.approval_id AND approval.withdrawn_at IS NULL
    JOIN partners_assignment assignment ON assignment.id = delivery.assignment_id
    JOIN partners_termination ended ON ended.registration_id = approval.registration_id
        AND ended.month = approval.month
        AND ended.lines @> jsonb_build_array(jsonb_build_object('tugas', assignment.duty_id)))"""
OF_ENDED = """withdrawn_at IS NULL AND (registration_id, month) IN (
    SELECT registration_id, month FROM partners_termination WHERE honor > 0 AND activity_id IS NULL)"""
THE_FIRST = "FROM partners_termination ORDER BY id LIMIT 1)"
NOT_FIRST = f"id <> (SELECT id {THE_FIRST}"
NO_UNIQUE = "ALTER TABLE partners_termination DROP CONSTRAINT partners_termination_contract_id_key"

ENDED: tuple[tuple[str, Check, Sequence[str]], ...] = (
    (
        "an end before its month",
        ended_of.endings,
        [one("partners_termination", "effective_on = month - 1")],
    ),
    (
        "the end of other work",
        ended_of.endings,
        [one("partners_termination", "month = month + interval '1 month', activity_id = NULL")],
    ),
    (
        "a contract ended twice",
        ended_of.endings,
        [NO_UNIQUE, one("partners_termination", f"contract_id = (SELECT contract_id {THE_FIRST}", NOT_FIRST)],
    ),
    (
        "training asked back of who is paid",
        ended_of.endings,
        [
            "ALTER TABLE partners_termination DROP CONSTRAINT a_termination_pays_or_asks_back_by_its_article",
            one("partners_termination", "training_cost = 1", "reason = 'pasal10'"),
        ],
    ),
    (
        "honor its lines do not say",
        ended_of.endings,
        [one("partners_termination", "honor = honor + 1", "honor > 0")],
    ),
    (
        "an ending not on record",
        ended_of.endings,
        [one("audit_entry", "action = 'x'", "action = 'partners.contract-ended'")],
    ),
    (
        "a share of an ended contract",
        ended_of.ended_work,
        [one("partners_share", "amount = amount + 1", ANY)],
    ),
    (
        "more done than there was",
        ended_of.ended_work,
        [one("partners_termination", "lines = jsonb_set(lines, '{0,realisasi}', '99999')")],
    ),
    (
        "a share after the end",
        ended_of.ended_work,
        [one("partners_share", "month = month + interval '1 month'", BY_ACTIVITY)],
    ),
    (
        "an approval beyond the end",
        ended_of.ended_work,
        [one("partners_approval", "total = total - 1", OF_ENDED)],
    ),
    (
        "a record beyond the end",
        ended_of.ended_work,
        [
            "ALTER TABLE partners_delivery DROP CONSTRAINT a_delivery_pays_at_most_what_was_done",
            one("partners_delivery", "due = due + 1", HANDED),
        ],
    ),
    (
        "an ended contract that holds",
        books_of.agreed_once,
        [one("letters_letter", "state = 'signed'", f"{CONTRACTS} AND state = 'outdated'")],
    ),
    (
        "an ended contract made again",
        ended_of.ended_letters,
        [one("letters_letter", "state = 'final'", f"{CONTRACTS} AND state = 'outdated'")],
    ),
    (
        "a letter with another honor",
        ended_of.ended_letters,
        [one("letters_letter", "data = jsonb_set(data, '{honor}', '1')", ENDING)],
    ),
    (
        "a letter of another article",
        ended_of.ended_letters,
        [one("letters_letter", "data = jsonb_set(data, '{pasal}', '7')", ENDING)],
    ),
    (
        "two letters of one ending",
        ended_of.ended_letters,
        [
            "DROP INDEX one_living_letter_per_subject",
            one(
                "letters_letter",
                f"about = (SELECT about FROM letters_letter WHERE id = {THE_ENDING})",
                f"{ENDING} AND id <> {THE_ENDING}",
            ),
        ],
    ),
    (
        "a letter of no ending",
        ended_of.ended_letters,
        [one("letters_letter", "about = 'partners.termination:0'", ENDING)],
    ),
    (
        "an ending said to be paid",
        ended_of.ended_letters,
        [
            one(
                "letters_letter",
                "state = 'paid'",
                f"{ENDING} AND data->>'honor' = '0'",
            )
        ],
    ),
)
TAMPERINGS: tuple[tuple[str, Check, Sequence[str]], ...] = (
    ("a share over the cap", books_of.caps, [one("partners_share", "amount = amount + 9000000")]),
    ("a share of one rupiah more", books_of.sums, [one("partners_share", "amount = amount + 1")]),
    ("a month total", books_of.sums, [one("partners_monthtotal", "total = total + 1")]),
    ("a budget line", books_of.sums, [one("partners_budgetline", "used = used + 1")]),
    ("a number gone", books_of.numbers, [GONE]),
    (
        "a number in use said to be void",
        books_of.numbers,
        [one("letters_letternumber", "state = 'void'", "state = 'used'")],
    ),
    ("another number", books_of.files, [one("letters_letternumber", "text = text || 'X'", NUMBERED)]),
    ("a hash", books_of.files, [one("letters_letter", "sha256 = repeat('0', 64)", FINAL)]),
    (
        "an approval",
        books_of.approvals,
        [one("partners_approval", "total = total - 1", "withdrawn_at IS NULL")],
    ),
    (
        "the honor of a contract",
        books_of.contracts,
        [one("letters_letter", "data = jsonb_set(data, '{honor}', '1')", CONTRACT)],
    ),
    (
        "a second contract",
        books_of.agreed_once,
        [
            "DROP INDEX one_living_letter_per_subject",
            one("letters_letter", f"state = 'final', replaced_by_id = NULL, {SAME}", OTHER),
        ],
    ),
    ("what is due", books_of.handovers, [one("partners_handover", "due = due + 1", IN_FORCE)]),
    (
        "a payment of one rupiah more",
        books_of.payments,
        [one("partners_paymentline", "gross = gross + 1, net = net + 1", "stands")],
    ),
    (
        "an honor paid twice",
        books_of.payments,
        [
            "DROP INDEX a_handover_is_paid_once",
            one("partners_paymentline", f"stands = true, handover_id = {ITS_HANDOVER}", f"id <> {THE_LINE}"),
        ],
    ),
    ("a batch under way", books_of.work_left, [one("letters_batch", "state = 'running'")]),
    (
        "a job given up",
        books_of.work_left,
        [one("procrastinate_jobs", "status = 'failed'", "status = 'succeeded'")],
    ),
    *ENDED,
)


def unnoticed(books: Books) -> list[str]:
    """What could be made wrong without its check saying so; nothing where every one can fail."""
    found, right = [], {check: set(check(books)) for check in {check for _name, check, _how in TAMPERINGS}}
    for name, check, statements in TAMPERINGS:
        with tampered(statements) as changed:
            if not changed or not set(check(books)) - right[check]:
                found.append(f"{name} ({changed} changed)")
    return found + _files_unnoticed(books, right[books_of.files])


@contextmanager
def tampered(statements: Sequence[str]) -> Iterator[int]:
    """With the database's own promises asleep; all of it is taken back."""
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        for name in connection.introspection.table_names():
            if name.startswith(("partners_", "letters_", "procrastinate_", "audit_")):
                cursor.execute(f"ALTER TABLE {name} DISABLE TRIGGER USER")
        for statement in statements:
            cursor.execute(statement)
        yield cursor.rowcount
        transaction.set_rollback(True)


def _files_unnoticed(books: Books, right: set[str]) -> list[str]:
    """The same of a letter's file: one byte of it, and all of it."""
    names = books.rows(f"SELECT file FROM letters_letter WHERE {FINAL} ORDER BY id LIMIT 1")
    if not names:
        return ["a file (there is none)"]
    path = books.media / names[0][0]
    found = [] if _notices(books, path, right, changed=True) else ["a byte of a file"]
    return found + ([] if _notices(books, path, right, changed=False) else ["a file gone"])


def _notices(books: Books, path: Path, right: set[str], *, changed: bool) -> bool:
    whole = path.read_bytes()
    try:
        if changed:
            path.write_bytes(whole[:-1] + b"X")
        else:
            path.unlink()
        return bool(set(books_of.files(books)) - right)
    finally:
        path.write_bytes(whole)
