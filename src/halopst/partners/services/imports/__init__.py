"""Files of mitra, taken in and taken out."""
