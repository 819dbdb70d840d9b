"""The mitra's own page, and the office's side of it."""
