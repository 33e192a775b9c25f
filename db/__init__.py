"""The database: cluster roles, tables, and who sees what. Imported by local, cli and tests only."""
