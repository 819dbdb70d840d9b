"""Which answers leave something to be done about."""

LOW = 0.7
"""An answer below this confidence is looked at by a person, though it was given."""
