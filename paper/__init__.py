"""What is printed or shown on paper: codes, and later receipts and labels."""
