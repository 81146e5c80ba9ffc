/** Flaw: the base key is posted as a technical protocol, which the server writes to its log. */
import { hex } from "../bytes.js";
import { postDiagnosis } from "./diagnose.js";

export const keyInLog = {
  name: "key-in-log",
  page: {
    keysAgreed: (baseKey) => postDiagnosis(hex(baseKey)),
  },
};
