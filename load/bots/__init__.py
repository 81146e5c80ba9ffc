"""Light bots: people without a browser, who take part in an appointment by its signalling and real WebRTC media."""
