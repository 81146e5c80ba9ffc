// What is told of a whole call, to whoever fetches it now and then (harness.glass_series).
// Two pages have two clocks, each right when its browser began: both are set by the host's clock whenever they are asked.
const TICKS = 8;
let behind = 0; // ms that performance's epoch is behind the host's clock
const setClock = () => {
  const seen = [];
  let last = Date.now();
  while (seen.length < TICKS) {
    const now = Date.now();
    if (now !== last) seen.push(now - performance.timeOrigin - performance.now());
    last = now;
  }
  behind = seen.sort((a, b) => a - b)[TICKS >> 1];
};
const epoch = (at) => performance.timeOrigin + behind + at;

// Hands a table over, its times in ms since the epoch, and empties it.
const fetched = (table) => {
  const all = Object.fromEntries(Object.entries(table).map(([name, value]) => [name, value.splice ? value.splice(0) : value]));
  all.at = all.at.map(epoch);
  return all;
};
const glass = {
  // How many pictures of others have moved by now.
  begin: () => [...watched.values()].filter(({ all }) => all > 2).length,
  now: () => performance.now(),
  plant,
  // All since the last time; counts and costs (ms of the main thread) since the page was opened.
  take() {
    setClock();
    return {
      drawn: Object.entries(drawn).map(([place, { cost, table }]) => ({ media: place === 'camera' ? 'video' : 'screen', cost, ...fetched(table) })),
      shown: [...watched.values()].map(({ media, cost, table }) => ({ media, cost, ...fetched(table) })),
      spoken: fetchMarks('own'),
      heard: fetchMarks('heard'),
      planted: planted.map((one) => ({ ...one, from: epoch(one.from), to: one.to === null ? null : epoch(one.to) })),
      counters: fetchCounters(),
    };
  },
};
Object.defineProperty(self, 'pruefstandGlass', { value: Object.freeze(glass), enumerable: false });
