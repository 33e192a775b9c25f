"""Hand-written pools: names, places, banks, devices, sentences. Data only, most frequent first.

Nothing here was copied from a data set; a name or street is ordinary, a person made of them does not exist.
"""
