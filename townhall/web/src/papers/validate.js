/** What is missing in a form or does not fit, as keys of sentences. It never stops anybody: paper can be completed by hand. */

const DATE = /^(\d{4})-(\d\d)-(\d\d)$/;

/** Checks of a value that is not empty, by kind of field and by rule; each gives the key of its sentence or "". */
const KINDS = {
  date: (value) => (isDate(value) ? "" : "bad-date"),
  email: (value) => (/^[^\s@]+@[^\s@]+\.[^\s@.]{2,}$/.test(value) ? "" : "bad-email"),
  tel: (value) => (/^\+?[\d\s/().-]{4,}$/.test(value) ? "" : "bad-phone"),
};
const RULES = {
  past: (value, today) => (value > today ? "not-past" : ""),
  coming: (value, today) => (value < today ? "not-coming" : ""),
  postcode: (value) => (/^\d{5}$/.test(value) ? "" : "bad-postcode"),
};

function isDate(value) {
  const [, year, month, day] = DATE.exec(value)?.map(Number) ?? [];
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/**
 * @param {{kind: string, required: boolean, rule: string, length: number}} field
 * @param {string|boolean} value
 * @param {string} today as YYYY-MM-DD
 * @returns {string} key of the sentence, "" where all is well
 */
export function problem(field, value, today) {
  if (field.kind === "tick") return field.required && value !== true ? "missing-tick" : "";
  const text = value.trim();
  if (!text) return field.required ? (field.kind === "choice" ? "missing-choice" : "missing") : "";
  if (field.length && text.length > field.length) return "too-long";
  return KINDS[field.kind]?.(text) || RULES[field.rule]?.(text, today) || "";
}

/** @param {Date} now @returns {string} the local day as YYYY-MM-DD */
export function dayOf(now) {
  const two = (number) => String(number).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}
