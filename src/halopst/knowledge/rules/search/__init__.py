"""What is found, put in order: what the index holds, how sure the best is, which part of it to show."""
