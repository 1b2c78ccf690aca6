"""What dev.py does: it prepares a checkout, checks it and runs it, with nothing but the standard library."""
