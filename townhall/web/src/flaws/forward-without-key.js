/** Flaw: while there is no key, the worker sends frames as they are. The key comes a second late, so that some do pass. */
const DELAY_MS = 1000;

export const forwardWithoutKey = {
  name: "forward-without-key",
  worker: {
    forwardsWithoutKey: true,
    beforeSenderKey: () => new Promise((resolve) => setTimeout(resolve, DELAY_MS)),
  },
};
