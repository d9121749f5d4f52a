"""What people do to breakthroughs beside their moves."""
