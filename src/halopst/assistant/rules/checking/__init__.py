"""The lock on figures: what a model wrote is held against its sources, or not shown."""
