"""Payment providers behind one port; the only part of the server that speaks to them."""
