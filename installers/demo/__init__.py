"""The demo: all parts of Foyer on one machine, a control page, and a scripted visit."""
