/** Flaws: who has left can read on, because the keys stay as they are, or for another minute. */
const SLOW_MS = 60_000;

export const noRotationOnLeave = {
  name: "no-rotation-on-leave",
  page: {
    left() {},
  },
};

export const slowRotation = {
  name: "slow-rotation",
  page: {
    left: (lockOut) => setTimeout(lockOut, SLOW_MS),
  },
};
