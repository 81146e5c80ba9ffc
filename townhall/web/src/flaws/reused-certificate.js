/** Flaw: the browser's DTLS certificate is kept in the browser, and shown again in every later call. */
const NAME = "dtls-certificate";

const done = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

async function kept() {
  const opening = indexedDB.open(NAME);
  opening.onupgradeneeded = () => opening.result.createObjectStore(NAME);
  const database = await done(opening);
  const store = () => database.transaction(NAME, "readwrite").objectStore(NAME);
  const former = await done(store().get(NAME));
  if (former) return former;
  const certificate = await RTCPeerConnection.generateCertificate({ name: "ECDSA", namedCurve: "P-256" });
  await done(store().put(certificate, NAME));
  return certificate;
}

export const reusedCertificate = {
  name: "reused-certificate",
  page: {
    certificates: async () => [await kept()],
  },
};
