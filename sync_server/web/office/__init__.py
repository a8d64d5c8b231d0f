"""Pages for those who run a site."""
