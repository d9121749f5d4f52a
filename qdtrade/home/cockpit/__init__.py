"""What the cockpit shows: every panel counts in SQL over what the person sees, and leads to exactly those rows."""
