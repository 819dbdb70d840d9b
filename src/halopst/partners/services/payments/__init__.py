"""Lists, their letters, transfers, and what the bank returns."""
