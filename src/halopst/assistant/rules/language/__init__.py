"""How words and numbers are written: tables of words, phrases, digits, numbers as words, names in English."""
