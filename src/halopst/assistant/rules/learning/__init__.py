"""Which questions are alike and need a remedy, and how much of a proposal was used."""
