"""In what AIDA says, the figures shown below stand in bold; nothing else does, and nothing becomes markup."""

import pytest

from halopst.assistant.templatetags.aida import with_bold_figures


def answer(*figures):
    return {"figures": [{"value": value, "measure": measure} for value, measure in figures]}


@pytest.mark.parametrize(
    ("said", "figures", "shown"),
    [
        ("IPM pada 2024: 69,78 poin.", [("69,78", "Poin")], "IPM pada 2024: <b>69,78 poin</b>."),
        (
            "Turun dari 4,57 persen menjadi 3,73 persen.",
            [("4,57", "Persen"), ("3,73", "Persen")],
            "Turun dari <b>4,57 persen</b> menjadi <b>3,73 persen</b>.",
        ),
        (
            "Harga 14,57 persen, bukan 4,57 persennya.",
            [("4,57", "Persen")],
            "Harga 14,57 persen, bukan 4,57 persennya.",
        ),
        ("PDRB 7 US$ & <i>lain</i>", [("7", "US$")], "PDRB <b>7 US$</b> &amp; &lt;i&gt;lain&lt;/i&gt;"),
        ("Inflasi <b>adalah</b> kenaikan.", [], "Inflasi &lt;b&gt;adalah&lt;/b&gt; kenaikan."),
        ("Ada 12 dari 1.012 ribu.", [("12", "")], "Ada <b>12</b> dari 1.012 ribu."),
    ],
)
def test_only_the_figures_shown_are_bold(said, figures, shown):
    assert with_bold_figures(said, answer(*figures)) == shown
