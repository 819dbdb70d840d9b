from tests.access.people import subject
from tests.partners.factories import PaymentLineFactory, TaxPolicyFactory, TerminationFactory, pay


@subject("payment_list")
def payment_list(world, place, _who):
    row = PaymentLineFactory(payment_list__unit=world.unit_at(place)).payment_list
    return {"kwargs": {"slug": row.unit.slug, "pk": row.pk}}


@subject("payment_list_by_id")
def payment_list_by_id(world, place, _who):
    return {"kwargs": {"pk": PaymentLineFactory(payment_list__unit=world.unit_at(place)).payment_list_id}}


@subject("payment_transfer")
def payment_transfer(world, place, who):
    made = payment_list(world, place, who)
    made["kwargs"]["kind"] = "csv"
    return made


@subject("payment_file")
def payment_file(world, place, _who):
    return {"kwargs": {"slug": world.unit_at(place).slug, "kind": "xlsx"}}


@subject("taxed_office")
def taxed_office(world, place, _who):
    unit = world.unit_at(place)
    TaxPolicyFactory(unit=unit, parameters={"ptkp_month": 0, "brackets": [{"up_to": None, "rate": "5"}]})
    return {"kwargs": {"slug": unit.slug}}


@subject("paid_line")
def paid_line(world, place, _who):
    line = PaymentLineFactory(payment_list__unit=world.unit_at(place))
    pay(line.payment_list)
    return {"kwargs": {"slug": line.payment_list.unit.slug, "pk": line.payment_list_id, "line": line.pk}}


@subject("paid_line_by_id")
def paid_line_by_id(world, place, who):
    made = paid_line(world, place, who)
    del made["kwargs"]["slug"]
    return made


@subject("termination")
def termination(world, place, _who):
    row = TerminationFactory(registration__unit=world.unit_at(place))
    return {"kwargs": {"slug": row.registration.unit.slug, "pk": row.pk}}
