/** The client's built-in flaws by name. Only the server switches one on: it writes the name into the page. */
import { honestPage, honestWorker } from "../seams.js";
import { acceptsDowngrade } from "./accepts-downgrade.js";
import { blockMode } from "./block-mode.js";
import { blurredShare } from "./blurred-share.js";
import { cameraAtLoad } from "./camera-at-load.js";
import { clearAfterUnmute } from "./clear-after-unmute.js";
import { clearKeyFrames } from "./clear-key-frames.js";
import { clearSilence } from "./clear-silence.js";
import { codecBypass } from "./codec-bypass.js";
import { constantCode } from "./constant-code.js";
import { counterReset } from "./counter-reset.js";
import { failsOpen } from "./fails-open.js";
import { falseLock } from "./false-lock.js";
import { fixedIv } from "./fixed-iv.js";
import { forwardWithoutKey } from "./forward-without-key.js";
import { serverMadeKey, weakKey } from "./given-keys.js";
import { headerNotAuthenticated } from "./header-not-authenticated.js";
import { longHeader } from "./long-header.js";
import { noTag } from "./no-tag.js";
import { oneKeyBothWays } from "./one-key-both-ways.js";
import { ownSuite } from "./own-suite.js";
import { plainAccepted } from "./plain-accepted.js";
import { replayAccepted } from "./replay-accepted.js";
import { sharedNonce } from "./shared-nonce.js";
import { shortTag } from "./short-tag.js";
import { tagNotChecked } from "./tag-not-checked.js";
import { tryAllKeys } from "./try-all-keys.js";
import { keyInLog } from "./key-in-log.js";
import { keyInMail } from "./key-in-mail.js";
import { keyInQuery } from "./key-in-query.js";
import { keyInSignalling } from "./key-in-signalling.js";
import { lateAudio, lipSyncOff } from "./late-sound.js";
import { noRotationOnLeave, slowRotation } from "./late-rotation.js";
import { lateTransform } from "./late-transform.js";
import { noRotationOnJoin } from "./no-rotation-on-join.js";
import { peerPathPlain } from "./peer-path-plain.js";
import { plainAudio } from "./plain-audio.js";
import { plainDocument } from "./plain-document.js";
import { plainForm } from "./plain-form.js";
import { plainMedia } from "./plain-media.js";
import { plainScreen } from "./plain-screen.js";
import { recorderHasKey } from "./recorder-has-key.js";
import { reusedCertificate } from "./reused-certificate.js";
import { silentChat } from "./silent-chat.js";
import { slowFrames } from "./slow-frames.js";
import { staticKey } from "./static-key.js";
import { thumbnailUpload } from "./thumbnail-upload.js";
import { uncheckedCode } from "./unchecked-code.js";
import { wideClearHeader } from "./wide-clear-header.js";

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
    serverMadeKey,
    weakKey,
    noRotationOnLeave,
    slowRotation,
    noRotationOnJoin,
    uncheckedCode,
    falseLock,
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
    constantCode,
    acceptsDowngrade,
    tagNotChecked,
    headerNotAuthenticated,
    replayAccepted,
    plainAccepted,
    tryAllKeys,
    reusedCertificate,
    codecBypass,
    wideClearHeader,
    clearKeyFrames,
    clearSilence,
    sharedNonce,
    oneKeyBothWays,
    fixedIv,
    noTag,
    shortTag,
    blockMode,
    longHeader,
    ownSuite,
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
