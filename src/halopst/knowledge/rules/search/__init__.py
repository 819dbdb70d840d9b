"""The order of what is found: what the index holds, how sure the best is, which part of it to show."""
