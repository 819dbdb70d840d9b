"""How often anybody may ask, and how much may be asked of models in a day."""
