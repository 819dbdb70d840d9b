"""How well AIDA answers: the setup used, what was expected, and the measures over all questions."""
