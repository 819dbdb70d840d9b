"""What the operations of this domain are asked with, and what an address in them leads to."""

import re
from datetime import date
from typing import Annotated, Literal

from django.utils.translation import gettext as _
from ninja import FileEx, P, UploadedFile
from pydantic import AfterValidator, ConfigDict, Field

MOST = 500
NOTHING_ELSE = ConfigDict(extra="forbid")


def _month(text: str) -> str:
    if not re.fullmatch(r"20\d\d-(0[1-9]|1[0-2])", text):
        raise ValueError(_("Tulis tahun dan bulan seperti 2026-11."))
    return text


Id = Annotated[int, Field(ge=1, lt=2**63)]
After = Annotated[int, Field(ge=0, lt=2**63)]
Volume = Annotated[int, Field(ge=0, le=1_000_000)]
Year = Annotated[int, Field(ge=2000, le=2100, examples=[2026])]
Month = Annotated[str, AfterValidator(_month), Field(examples=["2026-11"])]
Basis = Annotated[str, Field(max_length=200, examples=["Contoh, bukan tarif resmi"])]
Proof = FileEx[UploadedFile | None, P(example="surat-permohonan.pdf")]
Table = FileEx[UploadedFile | None, P(example="mitra.xlsx")]
Format = Literal["csv", "xlsx"]


def day_of(month: str) -> date:
    return date.fromisoformat(f"{month}-01")
