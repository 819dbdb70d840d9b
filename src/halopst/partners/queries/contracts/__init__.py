"""Which letters cover a mitra's month, and hold."""
