"""What the operations of this domain are asked with."""

from typing import Annotated, Literal

from ninja import FileEx, P, UploadedFile
from pydantic import BeforeValidator, Field, WithJsonSchema

from halopst.knowledge.rules.figures.periods import FIRST_YEAR, LAST_YEAR, of_label
from halopst.knowledge.wording import row_sentence


def _period(text: object) -> int:
    known = of_label(str(text))
    if known is None:
        raise ValueError(row_sentence("period"))
    return known.code


MOST = 200
Id = Annotated[int, Field(ge=1, lt=2**63)]
Number = Annotated[int, Field(ge=1, lt=2**31)]
Words = Annotated[str, Field(max_length=100)]
Owner = Annotated[str, Field(max_length=60, examples=["3578"])]
"""An office's BPS code or slug, or `semua` for what is of all offices."""
TextFile = FileEx[UploadedFile | None, P(example="panduan.pdf")]
Table = FileEx[UploadedFile | None, P(example="angka.xlsx")]
After = Annotated[int, Field(ge=0, lt=2**63)]
Year = Annotated[int, Field(ge=FIRST_YEAR, le=LAST_YEAR, examples=[2024])]
RegionCode = Annotated[str, Field(max_length=10, examples=["3578"])]
PeriodCode = Annotated[
    int, BeforeValidator(_period), WithJsonSchema({"type": "string", "examples": ["Triwulan II 2025"]})
]
"""A period in words, such as 2024 or Maret 2025; the door is given its code."""
Kind = Literal["article", "concept", "procedure", "faq", "publication", "press_release", "case_answer"]
Audience = Literal["everyone", "staff"]
"""As the models have them, whose own name, `Kind`, the API's description would hold for that of others."""
