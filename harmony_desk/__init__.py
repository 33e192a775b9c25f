"""Harmony Desk: the call-centre desktop of a Dutch gadget-insurance intermediary."""

__version__ = "0.1.0"
