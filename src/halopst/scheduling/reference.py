import json
from pathlib import Path

from halopst.core.reference import reference_data
from halopst.scheduling.services import open_scheduling
from halopst.units.models import Unit

FIELDS = json.loads((Path(__file__).parent / "data" / "fields.json").read_text())


@reference_data("bidang keahlian")
def load_fields() -> None:
    """An office that has none yet gets the twelve usual fields and a booking policy, to edit as it likes."""
    open_scheduling(Unit.objects.all(), fields=FIELDS)
