"""Where the tests find PostgreSQL: DATABASE_URL."""
