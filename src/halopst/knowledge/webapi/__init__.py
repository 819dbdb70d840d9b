"""A client of the BPS WebAPI v1. Nothing here knows the database."""
