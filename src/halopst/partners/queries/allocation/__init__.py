"""The sheet, what is pasted on it, what does not fit, and what waits for approval."""
