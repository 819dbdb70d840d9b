"""What the operations of this domain are asked with."""

from typing import Annotated, Literal

from pydantic import Field

MOST = 200
Id = Annotated[int, Field(ge=1, lt=2**63)]
Number = Annotated[int, Field(ge=1, lt=2**31)]
Words = Annotated[str, Field(max_length=100)]
Owner = Annotated[str, Field(max_length=60, examples=["3578"])]
"""An office's BPS code or slug, or `semua` for what is of all offices."""
Kind = Literal["article", "concept", "procedure", "faq", "publication", "press_release", "case_answer"]
Audience = Literal["everyone", "staff"]
"""As the models have them, whose own name, `Kind`, the API's description would hold for that of others."""
