/** Camera and microphone: touched only when the person asks for the check, and let go when the person turns them off. */

// The size and rate that EN 301 549 (6.5.2, 6.5.3) recommends for reading lips and signs.
const CONSTRAINTS = {
  audio: true,
  video: { width: { ideal: 640 }, height: { ideal: 480 }, frameRate: { ideal: 30 } },
};

const KEYS = new Map([
  ["NotAllowedError", "denied"],
  ["SecurityError", "denied"],
  ["NotFoundError", "no-device"],
  ["OverconstrainedError", "no-device"],
  ["NotReadableError", "device-busy"],
  ["AbortError", "device-busy"],
]);

/** Camera or microphone cannot be used; `key` names the sentence for the person. */
export class DeviceError extends Error {
  constructor(key, cause) {
    super(cause.message, { cause });
    this.key = key;
  }
}

async function open(constraints) {
  try {
    return await navigator.mediaDevices.getUserMedia(constraints);
  } catch (error) {
    const key = KEYS.get(error.name);
    if (key) throw new DeviceError(key, error);
    throw error;
  }
}

/** @returns {Promise<MediaStream>} one audio and one video track @throws {DeviceError} */
export function openDevices() {
  return open(CONSTRAINTS);
}

/**
 * Turns the microphone or the camera on or off. Off means off: the device is let go, its light goes out.
 * @param {MediaStream} stream of this page, which gains or loses the track
 * @param {"audio"|"video"} kind
 * @returns {Promise<MediaStreamTrack|null>} the new track, null when it is off now
 * @throws {DeviceError}
 */
export async function toggleDevice(stream, kind) {
  const track = stream.getTracks().find((one) => one.kind === kind);
  if (track) {
    track.stop();
    stream.removeTrack(track);
    return null;
  }
  const [fresh] = (await open({ [kind]: CONSTRAINTS[kind] })).getTracks();
  stream.addTrack(fresh);
  return fresh;
}

/** @returns {Promise<MediaStream|null>} of the screen or window that the person chooses; null where they choose none */
export async function openScreen() {
  try {
    return await navigator.mediaDevices.getDisplayMedia({ video: { frameRate: { max: 15 } }, audio: false });
  } catch (error) {
    if (KEYS.has(error.name)) return null;
    throw error;
  }
}
