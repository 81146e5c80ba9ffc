// A stranger who speaks the town hall's key agreement, with the very code of its pages. One JSON object a line:
// in   {"to": name, "appointment"} · {"to", "present": [roster, self, others]} · {"to", "from": pid, "body"}
// out  {"of": name, "say": body} · {"of", "code"} · {"of", "failed"}
import { createInterface } from "node:readline";
import { KeyAgreement } from "../../townhall/web/src/e2ee/agreement.js";

const tell = (line) => process.stdout.write(JSON.stringify(line) + "\n");
const impostors = new Map();

function impostor(name, appointment) {
  return new KeyAgreement({
    appointment,
    keyBytes: 32,
    send: (body) => tell({ of: name, say: body }),
    onKeys() {},
    onCode: (code) => tell({ of: name, code }),
    onFailed: (error) => tell({ of: name, failed: error.message }),
  });
}

createInterface({ input: process.stdin }).on("line", (line) => {
  const { to, appointment, present, from, body } = JSON.parse(line);
  if (appointment) impostors.set(to, impostor(to, appointment));
  else if (present) impostors.get(to).present(...present);
  else impostors.get(to).receive(from, body);
});
