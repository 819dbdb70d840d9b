"""The figures and positions money rests on."""
