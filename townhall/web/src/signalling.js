/** The call's WebSocket: JSON messages, and the way back after a lost connection. */

const RESUME_MS = 30_000; // as long as the server keeps the place
const RETRY_MS = [0, 250, 500, 1000, 2000]; // then every 2 s
const PING_MS = 5000;
const UNANSWERED_PINGS = 2;

/**
 * Events (methods of `handlers`): `message(object)`, `lost()` once a connection is gone and the way back begins,
 * `gone()` when the place in the call is lost for good.
 */
export class Signalling {
  #url;
  #handlers;
  #socket = null;
  #resume = null; // {pid, token}
  #takeover; // until there is a place in the call
  #lostAt = null; // while the way back is under way
  #attempts = 0;
  #closed = false;
  #pinger = 0;
  #retry = 0;

  /**
   * @param {string} url
   * @param {{message: (message: object) => void, lost: () => void, gone: () => void}} handlers
   * @param {{takeover?: boolean}} [options] takeover: the call is open on another device, and goes on here
   */
  constructor(url, handlers, { takeover = false } = {}) {
    this.#takeover = takeover;
    this.#url = url;
    this.#handlers = handlers;
  }

  /** Connects and joins, or resumes the place that a `welcome` gave. */
  open() {
    const socket = new WebSocket(this.#url);
    let unanswered = 0;
    this.#pinger = setInterval(() => {
      if (unanswered >= UNANSWERED_PINGS) {
        this.restart(); // it never opened, or is half open: nothing comes back
        return;
      }
      unanswered += 1;
      this.send({ type: "ping" });
    }, PING_MS);
    socket.onopen = () => this.send({ type: "join", resume: this.#resume, takeover: this.#takeover });
    socket.onmessage = ({ data }) => {
      unanswered = 0;
      const message = JSON.parse(data);
      // Who waited at the door when the connection broke goes back to the door.
      if (["welcome", "lobby"].includes(message.type)) this.#placed(message);
      if (message.type !== "pong") this.#handlers.message(message);
    };
    socket.onclose = () => {
      socket.onclose = null;
      this.#onClose();
    };
    this.#socket = socket;
  }

  #placed({ you, resume_token: token }) {
    this.#takeover = false;
    this.#resume = { pid: you, token };
    this.#attempts = 0;
    this.#lostAt = null;
  }

  #onClose() {
    if (this.#closed) return;
    clearInterval(this.#pinger);
    const now = performance.now();
    if (this.#lostAt === null) {
      this.#lostAt = now;
      if (this.#resume) this.#handlers.lost();
    }
    if (!this.#resume || now - this.#lostAt > RESUME_MS) {
      this.close();
      this.#handlers.gone();
      return;
    }
    const wait = RETRY_MS[Math.min(this.#attempts, RETRY_MS.length - 1)];
    this.#attempts += 1;
    this.#retry = setTimeout(() => this.open(), wait);
  }

  /**
   * Sends a message; while there is no connection it is lost, and resuming brings both sides up to date.
   * @param {object} message
   */
  send(message) {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
  }

  /** Gives up this connection for a new one, without waiting for the old one's farewell. */
  restart() {
    const socket = this.#socket;
    if (!socket.onclose) return; // that is under way already
    socket.onclose = null;
    socket.onmessage = null;
    socket.close();
    this.#onClose();
  }

  /** Ends it for good. */
  close() {
    this.#closed = true;
    clearInterval(this.#pinger);
    clearTimeout(this.#retry);
    this.#socket?.close();
  }
}
