"""Checks P: personal data go no further than an appointment needs."""
