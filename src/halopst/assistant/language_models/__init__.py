"""Language models on servers that an administrator named: how they are asked, and what comes back.

Knows no database and no page. `protocol` is our own; only `chat_completions` knows the library that speaks to
servers.
"""

from halopst.assistant.language_models.asking import draft, writer
from halopst.assistant.language_models.protocol import Brief, NotWritten, Search, Written
from halopst.assistant.language_models.providers import flaw_of, provided
from halopst.assistant.language_models.server_check import unreached

__all__ = [
    "Brief",
    "NotWritten",
    "Search",
    "Written",
    "draft",
    "flaw_of",
    "provided",
    "unreached",
    "writer",
]
