from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from halopst.core.links import sign
from halopst.partners.own_links import PURPOSE
from halopst.partners.secrecy import seal_bytes
from tests.access.people import subject
from tests.partners.factories import AssignmentFactory, BlacklistingFactory, OwnLinkFactory, SentScanFactory


@subject("own_link")
def own_link(world, place, _who):
    link = OwnLinkFactory(unit=world.unit_at(place))
    return {"kwargs": {"token": sign(PURPOSE, {"link": link.pk})}}


@subject("own_offer")
def own_offer(world, place, _who):
    row = AssignmentFactory(registration__unit=world.unit_at(place))
    return {"kwargs": {"pk": row.pk}, "data": {"jawab": "ya", "volume": "0"}}


@subject("own_blacklisting")
def own_blacklisting(world, place, _who):
    row = BlacklistingFactory(unit=world.unit_at(place))
    return {"kwargs": {"pk": row.pk}, "data": {"keberatan": "Saya hadir."}}


@subject("own_letter")
def own_letter(world, place, _who):
    return {"kwargs": {"pk": SentScanFactory(letter__unit=world.unit_at(place)).letter_id}}


@subject("sent_scan")
def sent_scan(world, place, _who):
    stored = default_storage.save("mitra/pindaian/uji", ContentFile(seal_bytes(b"%PDF-1.7 contoh")))
    row = SentScanFactory(letter__unit=world.unit_at(place), stored_as=stored)
    return {"kwargs": {"slug": row.letter.unit.slug, "pk": row.pk}}
