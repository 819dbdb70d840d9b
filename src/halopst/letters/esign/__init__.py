"""The network's edge of electronic signing: BSrE's eSign Client Service, version 2.

The office's gateway is asked over Basic authentication. Neither passphrase nor code nor file is ever logged,
and what the gateway says of a person goes no further than a sentence.
"""

from halopst.letters.esign.client import EsignClient, Person, Stamp, Terms, configured
from halopst.letters.esign.refusals import (
    CodeWrong,
    EsignBarsUs,
    EsignBusy,
    EsignElsewhere,
    EsignRefused,
    EsignSilent,
    EsignUnreachable,
    NotCertified,
    PassphraseWrong,
    SealCodeMissing,
    SealCodeWrong,
    SignerUnknown,
    SubscriberUnknown,
    status_in_words,
)
from halopst.letters.esign.reports import Report, SignedBy

__all__ = [
    "CodeWrong",
    "EsignBarsUs",
    "EsignBusy",
    "EsignClient",
    "EsignElsewhere",
    "EsignRefused",
    "EsignSilent",
    "EsignUnreachable",
    "NotCertified",
    "PassphraseWrong",
    "Person",
    "Report",
    "SealCodeMissing",
    "SealCodeWrong",
    "SignedBy",
    "SignerUnknown",
    "Stamp",
    "SubscriberUnknown",
    "Terms",
    "configured",
    "status_in_words",
]
