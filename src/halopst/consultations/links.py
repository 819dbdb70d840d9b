"""Addresses of a consultation: the visitor's signed ticket and the officer's page."""

from datetime import timedelta

from django.conf import settings
from django.urls import reverse

from halopst.consultations.models import Consultation
from halopst.core.links import sign

PURPOSE = "consultation"
VALID_FOR = timedelta(days=180)


def ticket_token(consultation: Consultation) -> str:
    return sign(PURPOSE, {"id": consultation.pk})


def ticket_path(consultation: Consultation) -> str:
    """The visitor's page; whoever holds this address acts for the visitor in this one consultation."""
    return reverse("consultations:ticket", kwargs={"token": ticket_token(consultation)})


def case_path(consultation: Consultation) -> str:
    """The case as officers see it."""
    return reverse("cases:case-detail", kwargs={"number": consultation.case.number})


def absolute(path: str) -> str:
    return f"{settings.PUBLIC_URL}{path}"
