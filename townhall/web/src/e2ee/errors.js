/** The one reason why there are no keys. */

/** Somebody in the call, or who sits in between, broke the protocol: there is no key, and the call ends. */
export class AgreementError extends Error {}
