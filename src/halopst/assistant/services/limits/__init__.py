"""How often may be asked, and how much models may be asked a day."""
