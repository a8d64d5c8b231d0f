"""What happened and what follows from it: log, states, holdings, in one unit of work."""
