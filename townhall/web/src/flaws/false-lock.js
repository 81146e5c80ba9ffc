/** Flaw: the lock is always shown: before there are keys, and after the worker has died. */
export const falseLock = {
  name: "false-lock",
  page: {
    lock: () => true,
  },
};
