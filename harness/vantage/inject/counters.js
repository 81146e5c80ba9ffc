// What the browser itself counts of its connections, about every second: webrtc-stats, in numbers.
const OF = new Set(['inbound-rtp', 'outbound-rtp', 'remote-inbound-rtp', 'candidate-pair']);
const SAMPLES = 4000; // kept of a stream that nobody fetches: an hour
const counted = new Map(); // stream -> of, media, samples
let counting = false;
setInterval(async () => {
  if (counting) return;
  counting = true;
  try {
    await Promise.all(connections.map(async (pc, place) => {
      if (pc.connectionState === 'closed') return;
      for (const one of (await pc.getStats()).values()) {
        if (!OF.has(one.type) || (one.type === 'candidate-pair' && !one.nominated)) continue;
        const stream = `${place}/${one.id}`;
        if (!counted.has(stream)) counted.set(stream, { of: one.type, media: one.kind || '', samples: [] });
        const { samples } = counted.get(stream);
        const numbers = Object.entries(one).filter(([name, value]) => typeof value === 'number' && !name.startsWith('goog'));
        const sample = Object.fromEntries(numbers);
        // A report of the other side stays the same until the next one comes.
        if (one.type.startsWith('remote') && counted.get(stream).last === sample.timestamp) continue;
        counted.get(stream).last = sample.timestamp;
        samples.push(sample);
        if (samples.length > SAMPLES) samples.shift();
      }
    }));
  } finally {
    counting = false;
  }
}, 1000);
const fetchCounters = () => [...counted].map(([stream, one]) => ({ stream, of: one.of, media: one.media, samples: one.samples.splice(0) }));
