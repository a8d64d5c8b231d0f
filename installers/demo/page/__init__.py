"""The control page of the demo: the inbox, the doors, and what can be taken away."""
