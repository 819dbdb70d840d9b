"""Puts a letter under the office's seal, in a process of its own: its id, the gateway's address."""

import sys

import django

if __name__ == "__main__":
    django.setup()

    from halopst.core.actors import Actor
    from halopst.letters import permissions
    from halopst.letters.models import Letter
    from tests.letters.factories import NOW
    from tests.letters.test_seals import client_at, seal

    letter = Letter.objects.get(pk=int(sys.argv[1]))
    clerk = Actor(grants={permissions.ISSUE: frozenset({letter.unit_id})})
    seal(clerk, letter, client_at(sys.argv[2]), now=NOW)
