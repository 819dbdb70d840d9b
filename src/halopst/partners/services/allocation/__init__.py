"""Volumes, what does not fit, exceptions to the cap, and the approval of a month."""
