"""What the demonstration's AIDA is asked, and how she answers without a model.

python -m bench.exam [--missed]
"""

# ruff: noqa: PLC0415  # Django is imported after its settings are named

import argparse
import resource
import secrets
import sys
from datetime import UTC, datetime

from bench.scene import database, machine, table

NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)
OFFICE = "3578"
LEAST = {
    "grounded": 1.0,
    "refusal_recall": 0.9,
    "refusal_precision": 0.9,
    "right_of_answers": 0.95,
    "right": 0.6,
}


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--missed", action="store_true", help="show what did not go as expected")
    return parser.parse_args()


def main() -> int:
    options = arguments()
    with database():
        from halopst.assistant.rules.evaluation.measures import names
        from halopst.assistant.rules.evaluation.setups import NO_MODEL
        from halopst.assistant.services.evaluation.evaluating import evaluate_now
        from halopst.core.actors import SYSTEM
        from halopst.core.reference import load_all
        from halopst.demo.exam import take_questions
        from halopst.demo.figures import build_figures
        from halopst.demo.offices import build_offices
        from halopst.demo.texts import build_texts
        from halopst.units.models import Unit

        load_all(lambda _line: None)
        build_offices(password=secrets.token_urlsafe(9), now=NOW)
        build_figures(now=NOW)
        build_texts(now=NOW)
        unit = Unit.objects.get(code=OFFICE)
        take_questions(unit)
        before = resource.getrusage(resource.RUSAGE_SELF)
        run = evaluate_now(SYSTEM, unit=unit, using=NO_MODEL, now=NOW)
        after = resource.getrusage(resource.RUSAGE_SELF)
        measures = {name: getattr(run, name) for name in names()}
        for one in run.missed if options.missed else []:
            sys.stdout.write(f"{one['expects']}: {one['question']}\n    {one['answer'][:110]}\n")
    met = all(measures[name] >= least for name, least in LEAST.items())
    seconds = after.ru_utime - before.ru_utime
    table(
        [
            ("machine", machine()),
            ("questions, not as expected", f"{run.asked}, {len(run.missed)}"),
            *((name, f"{value:.3f}" if value is not None else "-") for name, value in measures.items()),
            ("our processor time a question", f"{1000 * seconds / run.asked:.1f} ms"),
            ("verdict", "kept" if met else "MISSED"),
        ]
    )
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
