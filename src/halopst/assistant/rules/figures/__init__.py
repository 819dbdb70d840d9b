"""What an answer made of figures holds, which periods it shows, and which figures may be added up."""
