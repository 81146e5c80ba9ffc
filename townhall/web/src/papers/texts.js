/** The page's sentences with their words filled in. */

/**
 * @param {Record<string, string>} sentences
 * @returns {(key: string, words?: Record<string, unknown>) => string}
 */
export function translator(sentences) {
  return (key, words = {}) => sentences[key].replace(/\{(\w+)\}/g, (_, name) => String(words[name]));
}

/**
 * What others call themselves or their files, fit to be shown: one line, no characters that turn the reading direction
 * or hide something.
 * @param {unknown} text @param {number} most characters @returns {string}
 */
export function harmless(text, most) {
  return String(text).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, " ").trim().slice(0, most);
}
