/** Flaw: the base key is posted as a technical protocol, which the server mails to the clerk's office. */
import { base64 } from "../bytes.js";
import { postDiagnosis } from "./diagnose.js";

export const keyInMail = {
  name: "key-in-mail",
  page: {
    keysAgreed: (baseKey) => postDiagnosis(base64(baseKey)),
  },
};
