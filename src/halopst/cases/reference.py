from datetime import date

from halopst.cases.models import FollowUpPolicy
from halopst.core.reference import reference_data


@reference_data("Aturan tindak lanjut permintaan")
def load_follow_up_policy() -> None:
    """Closing after seven silent days is the published standard of an office; the warnings are ours."""
    FollowUpPolicy.objects.get_or_create(
        unit=None,
        valid_from=date(2024, 1, 1),
        defaults={
            "silence_warn_days": 5,
            "silence_close_days": 7,
            "late_warning_hours": 8,
            "basis": "Standar pelayanan BPS: percakapan ditutup bila pemohon tidak membalas tujuh hari.",
        },
    )
