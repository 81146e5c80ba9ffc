/**
 * Flaw: the safety code has 8 bits, and keys are revealed before everybody has committed to theirs: a server in between
 * can try keys until its codes match.
 */
import { safetyCode } from "../e2ee/safety-code.js";

const CODES = 256;

export const uncheckedCode = {
  name: "unchecked-code",
  page: {
    agreement: () => ({
      waits: false,
      async codeOf(reveals, groupId) {
        const digits = Number((await safetyCode(reveals, groupId)).replace(" ", ""));
        return String(digits % CODES).padStart(3, "0");
      },
    }),
  },
};
