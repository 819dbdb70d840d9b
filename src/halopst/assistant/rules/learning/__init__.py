"""Which questions are alike and want a remedy, and how much of a proposal was used."""
