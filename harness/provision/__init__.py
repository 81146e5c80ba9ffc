"""What the launcher does before there is an environment: find what is missing, install it. Standard library only."""
