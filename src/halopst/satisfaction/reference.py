from datetime import date

from halopst.core.reference import reference_data
from halopst.satisfaction.models import Instrument


@reference_data("instrumen penilaian petugas")
def load_instrument() -> None:
    Instrument.objects.get_or_create(
        code="penilaian-petugas",
        version=1,
        defaults={
            "scale": 5,
            "minimum_published": 5,
            "legal_basis": "Kebijakan satker; skala dan ambang dapat diganti dengan versi baru.",
            "valid_from": date(2026, 1, 1),
        },
    )
