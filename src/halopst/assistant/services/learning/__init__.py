"""From questions that want a remedy to one: gathered, drafted for, closed, told."""
