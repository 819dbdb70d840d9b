"""Which of the things people do in `bench.turmoil` comes next, and how often each is chosen."""

import time
from collections.abc import Callable

from bench import turmoil_endings as endings
from bench import turmoil_papers as papers
from bench import turmoil_sheet as sheet
from bench.turmoil_clients import Client

Act = Callable[[Client], object]
ACTS: tuple[tuple[Act, int], ...] = (
    (sheet.type_volumes, 10),
    (sheet.send_the_form, 4),
    (sheet.paste, 2),
    (sheet.assign, 4),
    (sheet.assign_many, 4),
    (sheet.step, 4),
    (sheet.divide, 3),
    (sheet.settle_surplus, 3),
    (sheet.approve, 8),
    (sheet.withdraw, 3),
    (sheet.beyond_the_cap, 3),
    (sheet.write_contracts, 9),
    (sheet.write_addenda, 4),
    (sheet.change_the_kind, 1),
    (papers.work_a_batch, 3),
    (papers.move_a_letter, 9),
    (papers.sign, 9),
    (papers.finish_a_month, 9),
    (papers.hand_in_a_stack, 1),
    (papers.hand_over, 7),
    (papers.write_receipts, 5),
    (papers.pay, 9),
    (endings.end_some, 1),
    (endings.end_at_once, 1),
    (endings.go_on_with_its_letter, 4),
    (endings.gnaw_at_what_ended, 6),
    (papers.import_mitra, 2),
    (papers.correct_mitra, 4),
    (papers.browse, 5),
    (papers.pry, 1),
)

# Only who heads an office may end a contract; the others are told so.
OF_HEADS: tuple[tuple[Act, int], ...] = (
    (endings.end_some, 35),
    (endings.end_at_once, 25),
    (endings.go_on_with_its_letter, 8),
)


def work(client: Client, until: float) -> None:
    acts, weights = zip(*ACTS, *(OF_HEADS if client.role == "kepala" else ()), strict=True)
    while time.monotonic() < until:
        (act,) = client.chance.choices(acts, weights)
        try:
            act(client)
        except Exception as error:  # noqa: BLE001  # an answer nobody expected ends no one's work
            client.fault(f"{act.__name__}: {error!r}")
        with client.tally.lock:
            client.tally.acts[act.__name__] += 1
