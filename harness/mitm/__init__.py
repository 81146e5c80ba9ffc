"""A malicious server between a target's pages and its servers, in the hands of the bench."""
