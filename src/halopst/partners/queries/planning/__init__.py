"""What is done in a month or over several, at which year's price."""
