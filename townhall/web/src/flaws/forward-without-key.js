/** Flaw: until the first key is there, the worker sends frames as they are. The key comes a second late, so that some do pass. */
const DELAY_MS = 1000;

let waiting = true;

export const forwardWithoutKey = {
  name: "forward-without-key",
  worker: {
    forwardsWithoutKey: () => waiting,
    beforeSenderKey: async () => {
      await new Promise((resolve) => setTimeout(resolve, DELAY_MS));
      waiting = false;
    },
  },
};
