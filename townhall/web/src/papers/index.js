/**
 * The papers of a call: the form that is filled in together, chat, captions and files. All of it travels sealed over one
 * channel and lives in the pages' memory only (ADR 0005).
 */
import { honestPage } from "../seams.js";
import { Captions } from "./captions.js";
import { Channel, KIND } from "./channel.js";
import { Chat } from "./chat.js";
import { Files } from "./files.js";
import { FormView } from "./form-view.js";
import { Lines } from "./lines.js";
import { PaperButtons } from "./paper-buttons.js";
import { People } from "./people.js";
import { Presence } from "./presence.js";
import { translator } from "./texts.js";

/**
 * Opens the papers of this page.
 * @param {{data: object}} session `data` is the transport of `channel.js`
 * @param {{seams?: typeof honestPage}} [page] with the seams in use
 * @returns {{close: () => void}}
 */
export function openPapers({ data }, { seams = honestPage } = {}) {
  const papers = JSON.parse(document.querySelector("#papers-data").textContent);
  const t = translator(papers.texts);
  const tell = (sentence) => {
    document.querySelector("#papiere-meldung").textContent = sentence;
  };
  const channel = new Channel(data);
  const people = new People(t);
  const self = () => data.pid;
  const present = () => channel.peers.map(({ pid }) => pid);

  const lines = new Lines({ self, send: (message) => channel.send(KIND.lines, message), onLine });
  const say = (line) => {
    if (channel.peers.length > 0) return lines.say(present(), line);
    tell(t("nobody"));
    return 0;
  };
  const chat = new Chat({ say, you: t("you") });
  const captions = new Captions({ say, you: t("you"), sendLive: (message) => channel.send(KIND.caption, message) });
  const files = new Files({
    self, say, t, tell, lang: papers.lang,
    send: (message) => channel.send(KIND.file, message),
    onShare: (file) => seams.fileShared(file),
  });
  const presence = new Presence(
    (message) => channel.send(KIND.presence, message),
    (fields) => view?.showWho(new Map([...fields].map(([field, pids]) => [field, pids.map((pid) => people.name(pid))]))),
  );
  const view = papers.form && new FormView({
    form: papers.form, lang: papers.lang, t, tell,
    send: (message) => channel.send(KIND.document, message),
    onEdit: (name, value) => seams.fieldEdited(name, value),
    onFocus: (name) => presence.move(name),
  });
  if (view) new PaperButtons({ papers, view, t, tell });

  function onLine(from, n, line) {
    const name = people.name(from);
    if (line.kind === "chat") chat.show(name, line);
    else if (line.kind === "caption") captions.show(from, name, line);
    else if (line.kind === "file") files.show(from, name, n, line);
  }

  const compare = () => {
    view?.hello();
    lines.hello();
  };
  channel.read(KIND.document, (_, message) => view?.receive(message));
  channel.read(KIND.lines, (from, message) => lines.receive(from, message));
  channel.read(KIND.presence, (from, message) => presence.receive(from, message));
  channel.read(KIND.caption, (from, message) => captions.showLive(from, people.name(from), message));
  channel.read(KIND.file, (from, message) => files.receive(from, message));
  channel.onMissed(compare);
  channel.onPeers((peers) => {
    people.note(peers);
    presence.keep(present());
    captions.keep(present());
    files.keep(present());
    if (peers.length === 0) return;
    document.querySelector("#papiere").hidden = false;
    compare();
    presence.tell();
  });

  return {
    close() {
      channel.close();
      captions.close();
      files.close();
    },
  };
}
