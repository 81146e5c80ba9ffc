/** A town hall's relay for the tests of the key agreement: it knows who is present, and passes messages on as `relay` says. */
import { KeyAgreement } from "../src/e2ee/agreement.js";

export const APPOINTMENT = "a-7f31";

/** One page: what it was told so far. */
class Person {
  epochs = []; // {baseKey, ownKid, peers}
  codes = [];
  error = null;

  constructor(room, pid, role, appointment, options) {
    Object.assign(this, { room, pid, role });
    this.agreement = new KeyAgreement({
      appointment,
      keyBytes: 32,
      send: (body) => room.send(this, body),
      onKeys: (keys) => this.epochs.push(keys),
      onCode: (code) => this.codes.push(code),
      onFailed: (error) => (this.error = error),
      ...(typeof options === "function" ? options(this) : options),
    });
  }

  get keys() {
    return this.epochs.at(-1);
  }

  get code() {
    return this.codes.at(-1) ?? null;
  }
}

/**
 * Everybody present, in the order in which they came. `relay(from, to, body)` gives back the bodies that arrive; `options`
 * are further ones of everybody's key agreement, or a function that gives them for a person.
 */
export class Room {
  people = [];
  sent = [];
  #number = 0;
  #pids = 0;

  constructor(relay = (from, to, body) => [body], options = {}) {
    this.relay = relay;
    this.options = options;
  }

  join(role, appointment = APPOINTMENT) {
    this.#pids += 1;
    const person = new Person(this, `p-${this.#pids}`, role, appointment, this.options);
    this.people.push(person);
    this.tell();
    return person;
  }

  leave(person) {
    this.people = this.people.filter((one) => one !== person);
    this.tell();
  }

  /** Tells everybody who is present now. */
  tell() {
    this.#number += 1;
    for (const one of this.people) this.tellOne(one);
  }

  tellOne(one, number = this.#number) {
    const others = this.people.filter((other) => other !== one);
    one.agreement.present(number, { pid: one.pid, role: one.role }, others.map(({ pid, role }) => ({ pid, role })));
  }

  send(from, body) {
    this.sent.push({ from: from.role, t: body.t });
    if (!this.people.includes(from)) return; // who has left is heard no more
    for (const to of this.people) {
      if (to !== from) this.relay(from, to, body).forEach((one) => to.agreement.receive(from.pid, structuredClone(one)));
    }
  }

  /** Resolves once nobody has anything to do any more. */
  async settled() {
    let before = -1;
    while (this.sent.length !== before) {
      before = this.sent.length;
      for (let turn = 0; turn < 3; turn += 1) {
        await Promise.all(this.people.map((one) => new Promise((resolve) => this.#idle(one, resolve))));
      }
    }
  }

  #idle(one, resolve) {
    if (one.error) resolve();
    else one.agreement.after(resolve);
    if (one.error === null) setTimeout(resolve, 400); // a page that has failed meanwhile works on nothing any more
  }
}
