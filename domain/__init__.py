"""The rules both halves share: pure, standard library only."""
