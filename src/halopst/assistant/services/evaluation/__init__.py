"""AIDA tested with questions, and the setup put to use that answers no worse."""
