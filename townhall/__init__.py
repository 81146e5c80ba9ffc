"""The reference town hall: a small real web service that books and holds end-to-end encrypted video appointments."""
