"""What an office carries out, and over New Year."""
