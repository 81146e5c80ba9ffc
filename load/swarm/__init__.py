"""Locust's side of the load: people who book, open links, join, talk and leave, as requests that Locust counts."""
