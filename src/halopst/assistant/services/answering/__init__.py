"""Answers without a model: from the desk, from figures, from texts, and what to do next."""
