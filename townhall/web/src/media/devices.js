/** Camera and microphone: touched only when the person asks for the check. */

const CONSTRAINTS = {
  audio: true,
  video: { width: { ideal: 640 }, height: { ideal: 360 }, frameRate: { ideal: 30 } },
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

/**
 * @returns {Promise<MediaStream>} one audio and one video track
 * @throws {DeviceError}
 */
export async function openDevices() {
  try {
    return await navigator.mediaDevices.getUserMedia(CONSTRAINTS);
  } catch (error) {
    const key = KEYS.get(error.name);
    if (key) throw new DeviceError(key, error);
    throw error;
  }
}
