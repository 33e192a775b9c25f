"""The window. Imports Qt and core's subject modules, never the database."""
