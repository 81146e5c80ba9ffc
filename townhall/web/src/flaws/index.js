/** The client's built-in flaws by name. Only the server switches one on: it writes the name into the page. */
import { honestPage, honestWorker } from "../seams.js";
import { blurredShare } from "./blurred-share.js";
import { cameraAtLoad } from "./camera-at-load.js";
import { clearAfterUnmute } from "./clear-after-unmute.js";
import { counterReset } from "./counter-reset.js";
import { failsOpen } from "./fails-open.js";
import { forwardWithoutKey } from "./forward-without-key.js";
import { keyInLog } from "./key-in-log.js";
import { keyInMail } from "./key-in-mail.js";
import { keyInQuery } from "./key-in-query.js";
import { keyInSignalling } from "./key-in-signalling.js";
import { lateAudio, lipSyncOff } from "./late-sound.js";
import { lateTransform } from "./late-transform.js";
import { peerPathPlain } from "./peer-path-plain.js";
import { plainAudio } from "./plain-audio.js";
import { plainDocument } from "./plain-document.js";
import { plainForm } from "./plain-form.js";
import { plainMedia } from "./plain-media.js";
import { plainScreen } from "./plain-screen.js";
import { recorderHasKey } from "./recorder-has-key.js";
import { silentChat } from "./silent-chat.js";
import { slowFrames } from "./slow-frames.js";
import { staticKey } from "./static-key.js";
import { thumbnailUpload } from "./thumbnail-upload.js";

/** @type {Map<string, import("../seams.js").Flaw>} */
export const FLAWS = new Map(
  [
    plainMedia,
    plainAudio,
    lateTransform,
    forwardWithoutKey,
    keyInQuery,
    keyInSignalling,
    keyInLog,
    keyInMail,
    staticKey,
    counterReset,
    failsOpen,
    plainScreen,
    clearAfterUnmute,
    plainForm,
    plainDocument,
    thumbnailUpload,
    recorderHasKey,
    silentChat,
    cameraAtLoad,
    slowFrames,
    lipSyncOff,
    lateAudio,
    blurredShare,
    peerPathPlain,
  ].map((flaw) => [flaw.name, flaw]),
);

// Flaws of the server or the operator are none of the client's business: an unknown name changes nothing here.

/** @param {string} flaw name or "" @returns {import("../seams.js").PageSeams} */
export function pageSeams(flaw) {
  return { ...honestPage, ...FLAWS.get(flaw)?.page };
}

/** @param {string} flaw name or "" @returns {import("../seams.js").WorkerSeams} */
export function workerSeams(flaw) {
  return { ...honestWorker, ...FLAWS.get(flaw)?.worker };
}
