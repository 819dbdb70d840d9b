"""How a question is met before and after the search: pure."""
