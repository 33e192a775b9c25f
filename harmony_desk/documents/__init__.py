"""Papers and files that leave the company, made only from what the database stored as sent."""
