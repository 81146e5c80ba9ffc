/** The call page's entry: click 2 checks camera and microphone, click 3 joins. */
import { Call } from "./call-session.js";
import { pageSeams } from "./flaws/index.js";
import { inviteGuests } from "./guest-form.js";
import { browserSuffices } from "./media/codecs.js";
import { DeviceError, openDevices } from "./media/devices.js";
import { watchLevel } from "./media/level.js";
import { Page } from "./page.js";

const page = new Page();
let stream = null;
let call = null;
let stopLevel = () => {};

async function checkDevices() {
  page.show("checking");
  try {
    stream = await openDevices();
  } catch (error) {
    if (!(error instanceof DeviceError)) throw error;
    page.show("denied", error.key);
    return false;
  }
  page.showSelf(stream);
  page.showLevel(0);
  stopLevel = watchLevel(stream, (level) => page.showLevel(level));
  page.show("checked");
  return true;
}

function join(options) {
  stopLevel();
  page.showLevel(null);
  call = new Call(page, stream);
  void call.join(options);
}

/** The call goes on here; on the other device it ends. */
async function takeOver() {
  if (await checkDevices()) join({ takeover: true });
}

async function toggle(kind) {
  try {
    await call?.toggle(kind);
  } catch (error) {
    if (!(error instanceof DeviceError)) throw error;
    page.tell(error.key);
  }
}

page.showLock(pageSeams(page.settings.flaw).lock(false));
if (browserSuffices(pageSeams(page.settings.flaw).furtherCodecs("video"))) {
  page.show("idle");
  page.onClick("#geraete-pruefen", () => void checkDevices());
  page.onClick("#beitreten", () => join());
  page.onClick("#uebernehmen", () => void takeOver());
  page.onClick("#mikrofon", () => void toggle("audio"));
  page.onClick("#kamera", () => void toggle("video"));
  page.onClick("#bildschirm", () => void call?.toggleScreen());
  page.onClick("#auflegen", () => call?.hangUp());
  window.addEventListener("pagehide", () => call?.hangUp());
  inviteGuests();
  pageSeams(page.settings.flaw).opened();
} else {
  page.show("failed", "unsupported");
}
