/** What some flaws have in common: a "technical protocol" that the page posts to the town hall. */

/** @param {string} key the base key as text */
export function postDiagnosis(key) {
  void fetch("/api/diagnose", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ event: "e2ee-ready", key }),
  });
}
