"""One file describes the house: read, checked, compared with what stands, and carried out."""
