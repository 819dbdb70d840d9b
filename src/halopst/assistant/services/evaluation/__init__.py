"""AIDA is tested with questions, and only a setup that answers no worse is put to use."""
