"""Who can be paid, and the lists."""
