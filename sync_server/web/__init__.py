"""The pages: rendered here, enhanced by a little script, whole without it."""
