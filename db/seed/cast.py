def play(makers):
    pass
