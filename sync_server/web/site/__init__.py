"""The public pages of a site: a day of all its resources, and one resource with its week."""
