from halopst.letters.models.batches import Batch, BatchItem
from halopst.letters.models.classifications import Classification
from halopst.letters.models.letters import Letter, Signing
from halopst.letters.models.numbers import LetterNumber, NumberPattern, NumberSeries
from halopst.letters.models.scans import ScanFinding, ScanStack
from halopst.letters.models.signatories import Signatory
from halopst.letters.models.templates import Template

__all__ = [
    "Batch",
    "BatchItem",
    "Classification",
    "Letter",
    "LetterNumber",
    "NumberPattern",
    "NumberSeries",
    "ScanFinding",
    "ScanStack",
    "Signatory",
    "Signing",
    "Template",
]
