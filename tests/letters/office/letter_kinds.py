"""An installed app of the tests' worker processes: it brings the kind the tests make."""

from importlib import import_module

import_module("tests.letters.kinds")
