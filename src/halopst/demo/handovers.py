"""A month of the demonstration office that is behind: contracted, done, handed over, mostly signed."""

from datetime import date, datetime, timedelta
from random import Random

from halopst.core.actors import Actor
from halopst.demo.scans import sign_as_if_scanned
from halopst.letters.models import Batch, Letter
from halopst.letters.rules import State
from halopst.letters.services import run_batch_chunk
from halopst.partners.models import Approval, Termination
from halopst.partners.queries.handovers.endings import endable
from halopst.partners.queries.handovers.recorded import Plan, plans
from halopst.partners.services.contracts.contracting import write_contracts
from halopst.partners.services.handovers.handing_over import Done, record_all_as_planned, record_handover
from halopst.partners.services.handovers.receipting import bring_agreement_along, write_receipts
from halopst.partners.services.handovers.terminating import terminate
from halopst.units.models import Unit

SEED = 2404
HALF = 16
UNSIGNED = 5  # papers of the finished month that still wait for a signature


def contract_month(actor: Actor, office: Unit, month: date, *, now: datetime) -> None:
    """Everyone approved gets a contract, made here and now."""
    _make(write_contracts(actor, unit=office, month=month, now=now), now=now)


def end_one_early(actor: Actor, office: Unit, month: date, *, now: datetime) -> None:
    """One mitra could not go on after the middle of the month, with half of the work done."""
    rows = Approval.objects.in_force().filter(registration__unit=office, month=month).order_by("-pk")
    approval = rows.select_related("registration").first()
    if approval is None:
        return
    (contract,) = endable(approval)
    terminate(
        actor,
        approval=approval,
        reason=Termination.Reason.PREVENTED,
        explanation="Dirawat inap sejak pertengahan bulan.",
        effective_on=month.replace(day=HALF),
        realised={plan.assignment: plan.planned // 2 for plan in contract.works},
        training_cost=0,
        now=now,
    )


def hand_month_over(actor: Actor, office: Unit, month: date, *, now: datetime) -> None:
    """Everyone's work of that month is recorded, some of it not as planned, and the papers are made."""
    rows = Approval.objects.in_force().filter(registration__unit=office, month=month, handover__isnull=True)
    approvals = list(rows.select_related("registration").order_by("pk"))
    planned, chance = plans(approvals), Random(SEED)
    today = now.astimezone(office.tz).date()
    for approval in approvals[::2]:
        done = {plan.assignment: _done(plan, chance) for plan in planned[approval.pk]}
        record_handover(actor, approval=approval, done=done, handed_on=today, now=now)
    record_all_as_planned(actor, unit=office, month=month, now=now)
    _make(write_receipts(actor, unit=office, month=month, now=now), now=now)


def sign_month(actor: Actor, office: Unit, month: date, *, unsigned: int = UNSIGNED, now: datetime) -> None:
    """Both sides have signed contracts and papers, but for the last few."""
    about = f":{month:%Y-%m}"
    letters = Letter.objects.filter(unit=office, state=State.FINAL, about__endswith=about)
    contracts = letters.filter(about__startswith="partners.contract:").order_by("pk")
    receipts = letters.filter(about__startswith="partners.handover:").order_by("pk")
    for letter in [*contracts, *receipts[: receipts.count() - unsigned]]:
        signer = letter.data["petugas"]["nama"]
        sign_as_if_scanned(actor, letter, signer=signer, now=now)
        bring_agreement_along(letter.pk, now=now)


def _make(batch: Batch, *, now: datetime) -> None:
    while run_batch_chunk(batch.pk, now=now):
        pass


def _done(plan: Plan, chance: Random) -> Done:
    """Most is as planned and good; some falls short or late, some goes beyond."""
    kind = chance.choice(("as planned",) * 10 + ("short", "late", "beyond"))
    finished = plan.deadline - timedelta(days=chance.randint(0, 6))
    if kind == "short":
        return Done(plan.planned * 3 // 4, finished, 3, "Sisanya pindah ke luar wilayah.")
    if kind == "beyond":
        return Done(plan.planned + 1, finished, 5, "Satu blok sensus dipecah di lapangan.")
    if kind == "late":
        return Done(plan.planned, plan.deadline + timedelta(days=1), 3)
    return Done(plan.planned, finished, chance.randint(4, 5))
