// The bench's own pass-through, set only on senders for which the application has set no transform: it changes nothing
// and lets the tap see what the encoder made.
self.onrtctransform = (event) => {
  event.transformer.readable.pipeTo(event.transformer.writable).catch(() => {});
};
