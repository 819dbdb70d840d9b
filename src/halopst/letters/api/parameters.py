"""What the operations of this domain are asked with, and what an address in them leads to."""

from datetime import date
from typing import Annotated

from django.utils.translation import gettext as _
from ninja import FileEx, FormEx, P, UploadedFile
from pydantic import AfterValidator, Field

from halopst.core.forms import EARLIEST, LATEST

MOST = 200


def _in_our_time(day: date) -> date:
    if not EARLIEST <= day <= LATEST:
        raise ValueError(_("Tanggal di luar jangkauan. Periksa tahunnya."))
    return day


Id = Annotated[int, Field(ge=1, lt=2**63)]
After = Annotated[int, Field(ge=0, lt=2**31)]
Code = Annotated[str, Field(min_length=1, max_length=80, examples=["partners.contract"])]
Slug = Annotated[str, Field(min_length=1, max_length=60, examples=["jatim"])]
Pdf = FileEx[UploadedFile | None, P(example="pindaian.pdf")]
Docx = FileEx[UploadedFile | None, P(example="naskah.docx")]
Signer = FormEx[str, P(example="Budi Contoh, S.ST.")]
Day = Annotated[date, AfterValidator(_in_our_time), Field(examples=["2026-11-20"])]
