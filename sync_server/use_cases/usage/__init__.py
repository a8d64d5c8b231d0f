"""How the house is used: figures by resource and day, and the events behind each."""
