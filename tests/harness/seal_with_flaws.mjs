/**
 * Seals frames as the client does with each of several flaws: node seal_with_flaws.mjs FLAW,FLAW BASEKEY KID SOURCE.
 * On stdin a frame a line (kind, type, hex); on stdout the same frames sealed with the first flaw, then with the next.
 */
import { readFileSync } from "node:fs";

const [flaws, baseKey, kid, source] = process.argv.slice(2);
const { workerSeams } = await import(`${source}/flaws/index.js`);
const { CALL_SUITE } = await import(`${source}/sframe/suite.js`);
const frames = readFileSync(0, "utf8").trimEnd().split("\n").map((line) => line.split(" "));

for (const flaw of flaws.split(",")) {
  const seams = workerSeams(flaw);
  const keys = seams.keyring();
  keys.parts = seams;
  const key = { suite: CALL_SUITE, kid: BigInt(kid), baseKey: Buffer.from(baseKey, "hex"), firstCounter: 0n };
  await keys.installSender(key);
  const transforms = { audio: { side: "send", kind: "audio" }, video: { side: "send", kind: "video" } };
  for (const [kind, type, frame] of frames) {
    const sealed = await seams.seal(keys, new Uint8Array(Buffer.from(frame, "hex")), transforms[kind], { type });
    console.log(Buffer.from(sealed).toString("hex"));
  }
}
