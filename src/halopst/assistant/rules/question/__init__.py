"""How a question is read: what it asks, of which indicator, where and when; and what is no question."""
