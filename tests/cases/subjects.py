"""The rows the access matrix knocks on."""

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from halopst.cases.links import token_for
from halopst.cases.reference import load_follow_up_policy
from tests.access.people import subject
from tests.accounts.factories import UserFactory
from tests.cases.factories import AttachmentFactory, CaseFactory, MessageFactory
from tests.units.factories import ServiceKindFactory, StandardTemplateFactory


def case_at(world, place, who):
    """`own`: the visitor's own, or the officer's task; `other`: another visitor's in the same satker."""
    staff = who is not None and who.memberships.exists()
    visitor = who if who and not staff and place == "own" else UserFactory()
    officer = who if staff and place == "own" else None
    case = CaseFactory(unit=world.unit_at(place), visitor=visitor, officer=officer)
    MessageFactory(case=case)
    return case


@subject("case-office")
def an_office(world, place, who):
    load_follow_up_policy()
    return {"kwargs": {"slug": world.unit_at(place).slug}}


@subject("case")
def a_case(world, place, who):
    return {"kwargs": {"number": case_at(world, place, who).number}}


@subject("ended-case")
def an_ended_case(world, place, who):
    case = case_at(world, place, who)
    type(case).objects.filter(pk=case.pk).update(state="finished", finished_at=case.submitted_at)
    return {"kwargs": {"number": case.number}}


@subject("waiting-case")
def a_waiting_case(world, place, who):
    case = case_at(world, place, who)
    type(case).objects.filter(pk=case.pk).update(state="waiting_visitor")
    return {"kwargs": {"number": case.number}}


@subject("case-to-assign")
def a_case_to_assign(world, place, who):
    case = case_at(world, place, who)
    officer = world.colleague(case.unit).pk
    return {"kwargs": {"number": case.number}, "data": {"officer": officer, "officer_id": officer}}


@subject("case-link")
def a_case_by_its_link(world, place, who):
    return {"kwargs": {"token": token_for(case_at(world, place, who))}}


@subject("ended-case-link")
def an_ended_case_by_its_link(world, place, who):
    case = case_at(world, place, who)
    type(case).objects.filter(pk=case.pk).update(state="finished", finished_at=case.submitted_at)
    return {"kwargs": {"token": token_for(case)}}


def file_of(case):
    return AttachmentFactory(
        case=case, stored_as=default_storage.save("lampiran/uji", ContentFile(b"%PDF-1.7 uji"))
    )


@subject("attachment")
def an_attachment(world, place, who):
    return {"kwargs": {"pk": file_of(case_at(world, place, who)).pk}}


@subject("attachment-link")
def an_attachment_by_the_link(world, place, who):
    case = case_at(world, place, who)
    return {"kwargs": {"token": token_for(case), "pk": file_of(case).pk}}


@subject("desk")
def a_desk(world, place, who):
    kind = ServiceKindFactory(code="perpustakaan")
    StandardTemplateFactory(kind=kind)
    data = {"unit_code": world.unit_at(place).code, "service": kind.code, "subject": "Angka inflasi"}
    return {"data": data}


@subject("desk-page")
def the_page_of_a_desk(world, place, who):
    a_desk(world, place, who)
    return {"kwargs": {"slug": world.unit_at(place).slug}}
