"""Who is asking: browsers with their sessions, programs with their tokens, and what they prove."""
