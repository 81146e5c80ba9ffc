"""The media pump: the packets of many bots from one clock, in batches, over transports that aiortc has connected."""
