"""What people type, made into what we keep: one module a kind of value.

Each function returns the normalised value or raises `InvalidInput` with a sentence that names the
field and says what to do. No exception text ever holds the value itself: it may be personal data.
"""
