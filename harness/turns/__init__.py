"""Two releases played by turns, so that what the machine does meanwhile happens to both."""
