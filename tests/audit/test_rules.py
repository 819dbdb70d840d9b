from datetime import date

from halopst.audit.rules import changes


def test_only_what_differs_is_written_down():
    before = {"name": "A", "day": date(2026, 1, 1), "note": None, "gone": "x"}
    after = {"name": "A", "day": date(2026, 1, 2), "note": "", "new": 3}

    assert changes(before, after) == {
        "day": ["2026-01-01", "2026-01-02"],
        "gone": ["x", ""],
        "new": ["", "3"],
    }
