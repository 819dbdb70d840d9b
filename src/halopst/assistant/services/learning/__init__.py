"""Questions that need a remedy: gathered, drafted for, closed, and their askers told."""
