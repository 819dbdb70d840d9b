"""How well AIDA answers: the setup that was used, what was expected, the measures over all."""
