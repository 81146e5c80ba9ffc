"""Canary picture and sound: made, decoded and recognised."""
