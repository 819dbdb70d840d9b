"""Questions to a real server of language models, through the whole of AIDA; nothing of it runs in the tests.

    python -m bench.model --url http://127.0.0.1:8000/v1 --id MODEL [--key KEY] [--kind openai] [--shape tool]

Says for each question what became of the model's draft, how long that took, the tokens, and what a visitor
reads. Questions come from the demonstration's figures and texts; `--ask` adds one.
"""

# ruff: noqa: PLC0415  # Django is imported after its settings are named

import argparse
import sys
import time
from datetime import UTC, datetime

from bench.scene import database, machine, table

NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)
QUESTIONS = ("IPM Surabaya 2024", "tren IPM Surabaya lima tahun terakhir", "Apa itu inflasi?")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--url", default="")
    parser.add_argument("--id", required=True)
    parser.add_argument("--key", default="")
    parser.add_argument("--kind", default="openai")
    parser.add_argument("--shape", default="tool")
    parser.add_argument("--seconds", type=float, default=15.0)
    parser.add_argument("--ask", action="append", default=[])
    return parser.parse_args()


def scene() -> None:
    from halopst.demo.figures import build_figures
    from halopst.knowledge.models import Document
    from halopst.knowledge.reference import load_regions
    from halopst.knowledge.services import reindex
    from halopst.units.reference import load_units

    load_units()
    load_regions()
    build_figures(now=NOW)
    text = (
        "Inflasi adalah kenaikan harga barang dan jasa secara umum dan terus-menerus. Kebalikannya deflasi."
    )
    document = Document.objects.create(
        external_id="inflasi", title="Inflasi", text=text, state="published", edited_at=NOW
    )
    reindex([document])


def asked(question: str) -> tuple[str, str]:
    """What became of it, and what the visitor reads."""
    from halopst.assistant import services
    from halopst.assistant.models import Wording
    from halopst.assistant.queries.setups import configured
    from halopst.core.actors import ANONYMOUS
    from halopst.units.models import Unit

    unit = Unit.objects.get(code="3578")
    began = time.perf_counter()
    conversation = services.begin(unit, now=NOW)
    turn = services.say(
        ANONYMOUS, conversation, question=question, client="ukur", now=NOW, using=configured()
    )
    seconds = time.perf_counter() - began
    row = Wording.objects.filter(turn=turn).first()
    if row is None:
        return f"no model asked, {seconds:.2f} s", turn.answer["text"]
    tokens = f"{row.tokens_in} + {row.tokens_out} tokens"
    return f"{row.verdict} {row.reason or ''} {row.offences}, {seconds:.2f} s, {tokens}", turn.answer["text"]


def main() -> int:
    options = arguments()
    given = {"name": "HALOPST_MODEL", "model": options.id, "address": options.url, "key": options.key}
    with database():
        from django.conf import settings

        from halopst.assistant.language_models import flaw_of, provided, unreached

        settings.MODELS = [{**given, "kind": options.kind, "shape": options.shape}]
        settings.MODEL_SECONDS = options.seconds
        if problem := flaw_of(settings.MODELS[0]) or unreached(provided(settings.MODELS)[0], 10):
            print(problem)
            return 1
        scene()
        print(machine())
        for question in (*QUESTIONS, *options.ask):
            verdict, read = asked(question)
            table([("asked", question), ("verdict", verdict), ("reads", read)])
    return 0


if __name__ == "__main__":
    sys.exit(main())
