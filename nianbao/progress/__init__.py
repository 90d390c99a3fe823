"""How far a run has come, told to whoever watches."""
