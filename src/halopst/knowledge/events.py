from dataclasses import dataclass

from halopst.core.events import Event


@dataclass(frozen=True, kw_only=True, slots=True)
class DocumentPublished(Event):
    """A text was published, or a published one now says something else."""

    document_id: int


@dataclass(frozen=True, kw_only=True, slots=True)
class SynonymApproved(Event):
    synonym_id: int


@dataclass(frozen=True, kw_only=True, slots=True)
class DataRequestClosed(Event):
    """The figures asked for are there, or never will be."""

    request_id: int
