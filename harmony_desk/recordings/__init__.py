"""Recordings: from what the telephone system left in a folder to what a person with a purpose hears.

Plain audio is in memory only, here and everywhere.
"""
