"""Series in the browser: a rhythm chosen, its dates looked at, booked, and kept in order."""
