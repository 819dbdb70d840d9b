"""What an answer made of figures holds, of which periods, and what may be added up."""
