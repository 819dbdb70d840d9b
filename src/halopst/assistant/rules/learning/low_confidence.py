"""Which answers were given with so little confidence that a person should look at them."""

LOW = 0.7
"""A person looks at an answer below this confidence, though it was given."""
