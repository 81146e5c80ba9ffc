"""Running the town hall as a service: health, figures, limits, retention, second factor, audit trail, backups."""
