/** The call page's entry: click 2 checks camera and microphone, click 3 joins. */
import { Call } from "./call-session.js";
import { browserSuffices } from "./media/codecs.js";
import { DeviceError, openDevices } from "./media/devices.js";
import { Page } from "./page.js";

const page = new Page();
let stream = null;

async function checkDevices() {
  page.show("checking");
  try {
    stream = await openDevices();
  } catch (error) {
    if (!(error instanceof DeviceError)) throw error;
    page.show("denied", error.key);
    return;
  }
  page.showSelf(stream);
  page.show("checked");
}

function join() {
  const call = new Call(page, stream);
  page.onClick("#auflegen", () => call.hangUp());
  window.addEventListener("pagehide", () => call.hangUp());
  void call.join();
}

page.showLock(false);
if (browserSuffices()) {
  page.show("idle");
  page.onClick("#geraete-pruefen", () => void checkDevices());
  page.onClick("#beitreten", join);
} else {
  page.show("failed", "unsupported");
}
