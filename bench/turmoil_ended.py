"""What `bench.turmoil` left of contracts that ended early: each against what its ending promises."""

# ruff: noqa: S608  # the statements are our own

import json
from collections.abc import Iterator

from bench.turmoil_books import HOLDING, Books, Check

AFTER = "(ended.month + interval '1 month')::date"
SUBJECTS = """
    (ended.activity_id IS NULL AND letter.about IN (
        format('partners.contract:%s:%s', ended.registration_id, to_char(ended.month, 'YYYY-MM')),
        format('partners.addendum:%s:%s', ended.registration_id, to_char(ended.month, 'YYYY-MM')))
    OR ended.activity_id IS NOT NULL AND letter.about IN (
        format('partners.activity-contract:%s:%s', ended.registration_id, ended.activity_id),
        format('partners.activity-addendum:%s:%s', ended.registration_id, ended.activity_id)))
"""
# One line of an ending: what its contract's work pays in that month, before it and after it.
LINES = f"""
    SELECT ended.id, ended.reason, ended.honor, (line->>'nilai')::bigint AS said,
        (line->>'realisasi')::int AS done, (line->>'target')::int AS target, assignment.price,
        coalesce(sum(share.amount) FILTER (WHERE share.month < ended.month), 0) AS before,
        coalesce(sum(share.amount) FILTER (WHERE share.month = ended.month), 0) AS pays,
        coalesce(sum(share.amount) FILTER (WHERE share.month >= {AFTER}), 0) AS later,
        ended.activity_id, assignment.id AS assignment, ended.registration_id, ended.month
    FROM partners_termination ended CROSS JOIN LATERAL jsonb_array_elements(ended.lines) line
    LEFT JOIN partners_assignment assignment ON assignment.registration_id = ended.registration_id
        AND assignment.duty_id = (line->>'tugas')::bigint
    LEFT JOIN partners_share share ON share.assignment_id = assignment.id
    GROUP BY ended.id, line, assignment.id
"""


def endings(books: Books) -> Iterator[str]:
    """One contract, once, within the month and not before its day; its article decides what it pays."""
    statements = {
        "ended on a day it cannot be": f"""
            SELECT ended.id, ended.effective_on, letter.dated_on FROM partners_termination ended
            JOIN letters_letter letter ON letter.id = ended.contract_id
            WHERE ended.effective_on < ended.month OR ended.effective_on >= {AFTER}
            OR ended.effective_on < letter.dated_on AND letter.dated_on < {AFTER}""",
        "the contract of other work": f"""
            SELECT ended.id, letter.about FROM partners_termination ended
            JOIN letters_letter letter ON letter.id = ended.contract_id WHERE NOT {SUBJECTS}""",
        "one contract ended twice": """
            SELECT contract_id, count(*) FROM partners_termination GROUP BY 1 HAVING count(*) > 1""",
        "the same work ended twice": """
            SELECT registration_id, coalesce(activity_id::text, month::text), count(*)
            FROM partners_termination GROUP BY 1, 2 HAVING count(*) > 1""",
        "not what its article allows": """
            SELECT id, reason, honor, training_cost FROM partners_termination
            WHERE CASE reason WHEN 'pasal10' THEN training_cost <> 0 ELSE honor <> 0 END
            OR explanation = ''""",
        "honor that is not what its lines say": """
            SELECT id, honor FROM partners_termination ended WHERE honor <> (
                SELECT sum((line->>'nilai')::bigint) FROM jsonb_array_elements(ended.lines) line)""",
        "not on record once": """
            SELECT ended.id, count(entry.id) FROM partners_termination ended LEFT JOIN audit_entry entry
            ON entry.action = 'partners.contract-ended' AND entry.subject_id = ended.id
            AND (entry.details->>'honor')::bigint = ended.honor AND entry.details->>'reason' = ended.reason
            GROUP BY ended.id HAVING count(entry.id) <> 1""",
    }
    yield from _said(books, statements)


def ended_work(books: Books) -> Iterator[str]:
    """What an ended contract's work pays: what was done by its article, nothing after it, and no more is due.

    Months divide an assignment's honor by days. So where months before pay, what stays makes whole units, and
    where nothing is paid less than one unit may stay, which nobody approves.
    """
    statements = {
        "pays otherwise than its ending says": f"""
            SELECT * FROM ({LINES}) line WHERE assignment IS NULL OR done NOT BETWEEN 0 AND target
            OR honor > 0 AND pays <> said
            OR honor = 0 AND (said <> 0 OR pays >= price OR before = 0 AND pays > 0)""",
        "not in proportion to what was done": f"""
            SELECT * FROM ({LINES}) line WHERE honor > 0 AND (before + pays) % price <> 0
            OR honor > 0 AND before = 0 AND pays <> done * price
            OR honor > 0 AND before > 0 AND pays NOT BETWEEN (done - 1) * price AND (done + 1) * price""",
        "pays after its end": f"SELECT * FROM ({LINES}) line WHERE activity_id IS NOT NULL AND later > 0",
        "approved otherwise": f"""
            SELECT line.id, line.said, part->>'amount' FROM ({LINES}) line
            JOIN partners_approval approval ON approval.registration_id = line.registration_id
                AND approval.withdrawn_at IS NULL
                AND (approval.month = line.month
                    OR line.activity_id IS NOT NULL AND approval.month > line.month)
            JOIN LATERAL jsonb_array_elements(approval.lines) part
                ON (part->>'assignment')::bigint = line.assignment
            WHERE approval.month > line.month OR (part->>'amount')::bigint <> line.said""",
        "handed over beyond its end": f"""
            SELECT line.id, line.said, delivery.due, approval.month FROM ({LINES}) line
            JOIN partners_delivery delivery ON delivery.assignment_id = line.assignment
            JOIN partners_handover handover ON handover.id = delivery.handover_id
            JOIN partners_approval approval ON approval.id = handover.approval_id
                AND approval.withdrawn_at IS NULL
            WHERE approval.month = line.month AND delivery.due > line.said
                OR approval.month > line.month AND line.activity_id IS NOT NULL""",
        "another month's pay in its month": """
            SELECT ended.id, ended.honor, approval.total FROM partners_termination ended
            JOIN partners_approval approval ON approval.registration_id = ended.registration_id
                AND approval.month = ended.month AND approval.withdrawn_at IS NULL
            WHERE ended.activity_id IS NULL AND approval.total <> ended.honor""",
        "paid beyond its end": f"""
            SELECT line.id, line.said, delivery.due FROM ({LINES}) line
            JOIN partners_delivery delivery ON delivery.assignment_id = line.assignment
            JOIN partners_paymentline paid ON paid.handover_id = delivery.handover_id AND paid.stands
            JOIN partners_handover handover ON handover.id = delivery.handover_id
            JOIN partners_approval approval ON approval.id = handover.approval_id
            WHERE approval.month = line.month AND delivery.due > line.said""",
    }
    yield from _said(books, statements)


def ended_letters(books: Books) -> Iterator[str]:
    """The letter of every ending says it, once; of the contract and its addendum none holds any more."""
    statements = {
        "no letter was ever made of it": """
            SELECT ended.id FROM partners_termination ended WHERE NOT EXISTS (
            SELECT FROM letters_letter letter WHERE letter.kind = 'partners.termination'
            AND letter.number_id IS NOT NULL
            AND letter.about = format('partners.termination:%s', ended.id))""",
        "of no ending": """
            SELECT letter.id, letter.about FROM letters_letter letter
            LEFT JOIN partners_termination ended ON letter.about = format('partners.termination:%s', ended.id)
            WHERE letter.kind = 'partners.termination' AND ended.id IS NULL""",
        "said by two letters": f"""
            SELECT about, count(*) FROM letters_letter WHERE kind = 'partners.termination'
            AND state IN {HOLDING} GROUP BY 1 HAVING count(*) > 1""",
        "ended work is under a letter": f"""
            SELECT ended.id, letter.id, letter.state FROM partners_termination ended
            JOIN letters_letter letter ON {SUBJECTS}
            WHERE letter.state IN {HOLDING} OR letter.state = 'draft'""",
        "handed over or paid without its record": f"""
            SELECT letter.id, letter.state FROM letters_letter letter JOIN partners_termination ended
            ON letter.about = format('partners.termination:%s', ended.id)
            WHERE letter.state IN ('handed_over', 'paid') AND NOT EXISTS (SELECT FROM letters_letter record
                WHERE record.kind = 'partners.handover' AND record.state IN {HOLDING}
                AND (letter.state <> 'paid' OR record.state = 'paid')
                AND record.about LIKE format('partners.handover:%s:%%', ended.registration_id))""",
    }
    yield from _said(books, statements)
    yield from _values(books)


def _values(books: Books) -> Iterator[str]:
    found = books.rows("""
        SELECT 'partners.termination:' || ended.id, ended.honor, ended.training_cost, ended.reason,
            ended.effective_on::text, number.text FROM partners_termination ended
        JOIN letters_letter letter ON letter.id = ended.contract_id
        JOIN letters_letternumber number ON number.id = letter.number_id""")
    known = {about: rest for about, *rest in found}
    for number, about, data in books.letters(("partners.termination",)):
        if about not in known:  # said already
            continue
        honor, cost, reason, day, contract = known[about]
        added = sum(line["nilai"] for line in data["kegiatan"])
        told = [data["honor"], data["biaya_pelatihan"], f"pasal{data['pasal']}", data["berlaku"]]
        if told != [honor, cost, reason, day] or added != honor or contract not in data["perjanjian"]:
            yield f"{number} {about}: says {json.dumps(told)} of {data['perjanjian']}, it is {known[about]}"


def _said(books: Books, statements: dict[str, str]) -> Iterator[str]:
    for name, statement in statements.items():
        for row in books.rows(statement):
            yield f"{name}: {row}"


ENDED: tuple[Check, ...] = (endings, ended_work, ended_letters)
