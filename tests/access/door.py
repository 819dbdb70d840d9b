"""One route as the person who may use it meets it: its rows are made once, each answer undone."""

from contextlib import contextmanager

from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.access.matrix import expectations, signed_in
from tests.access.people import PEOPLE, SUBJECTS, World


def who_may(row, method):
    """The first person of the matrix for whom this door opens; strangers before staff."""
    for person in PEOPLE:
        if next(expectations(row, method, person))[1] == "ok":
            return person
    return "anonymous"


class Door:
    """`kwargs` are those of the address, `data` what the matrix sends there; `ask` leaves no trace."""

    def __init__(self, name, row, method):
        world, person = World.build(), who_may(row, method)
        self.name = name
        self.session = signed_in(world, person)
        made = {}
        if subject := row.get("subject"):
            made = SUBJECTS[subject](world, "own", world.person(person))
        self.kwargs = made.get("kwargs", {})
        self.data = {**row.get("data", {}), **made.get("data", {})}

    def url(self, **other):
        return reverse(self.name, kwargs={**self.kwargs, **other})

    def ask(self, send):
        """The answer, or the name of what was raised: what a visitor would see as a 500."""
        with self.client() as client:
            try:
                return send(client)
            except Exception as error:  # noqa: BLE001  # whatever it is, no visitor may meet it
                return f"{type(error).__name__}: {error}"[:200]

    @contextmanager
    def client(self):
        client = Client()
        client.cookies = self.session
        with transaction.atomic():
            yield client
            transaction.set_rollback(True)
