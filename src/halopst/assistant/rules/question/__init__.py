"""How a question is read: what it wants, of which indicator, where and when; and what is no question."""
