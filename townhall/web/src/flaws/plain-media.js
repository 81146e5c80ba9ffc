/** Flaw: the transform is never set, neither for sending nor for receiving. The lock is shown all the same. */
export const plainMedia = {
  name: "plain-media",
  page: {
    protect() {},
    lock: () => true,
  },
};
