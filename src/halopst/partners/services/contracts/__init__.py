"""Contracts and addenda: made, composed, out of date."""
