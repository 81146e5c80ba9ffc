/** The chat on the page. Enter sends; what others wrote is text, never markup. */

const MAX_LENGTH = 2000;

/** Calls `onEnter(value)` when Enter is pressed in a field, except while characters are being composed. */
export function onEnter(input, action) {
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    action();
  });
}

/** The list of messages and the field to write in. */
export class Chat {
  #list = document.querySelector("#chat-log ul");
  #log = document.querySelector("#chat-log");
  #input = document.querySelector("#chat-text");

  /** @param {{say: (line: object) => boolean, you: string}} side `say` returns whether anybody was there to hear it */
  constructor({ say, you }) {
    const send = () => {
      const text = this.#input.value.trim().slice(0, MAX_LENGTH);
      if (!text || !say({ kind: "chat", text })) return;
      this.#input.value = "";
      this.#add(you, text, "own");
    };
    document.querySelector("#chat-senden").addEventListener("click", () => {
      send();
      this.#input.focus();
    });
    onEnter(this.#input, send);
  }

  /** @param {string} name of the sender @param {{text?: unknown}} line */
  show(name, { text }) {
    this.#add(name, String(text).slice(0, MAX_LENGTH), "other");
  }

  #add(name, text, side) {
    const item = document.createElement("li");
    const who = document.createElement("b");
    item.dataset.side = side;
    who.textContent = `${name}: `;
    item.append(who, text);
    this.#list.append(item);
    this.#log.scrollTop = this.#log.scrollHeight;
  }
}
