"""Collectors: the places where the bench looks. They do I/O and write evidence; they judge nothing."""
