/** Flaw: when the worker dies or cannot be loaded, the call goes on without it, in the clear. The lock is shown open. */

/** Stands where the frame guard stood, and guards nothing. */
const noGuard = {
  alive: false,
  proven: false,
  protectSender() {},
  protectReceiver() {},
  install() {},
  forget() {},
  post() {},
  close() {},
};

export const failsOpen = {
  name: "fails-open",
  page: {
    withoutWorker: () => noGuard,
  },
};
