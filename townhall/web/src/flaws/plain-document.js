/** Flaw: a file that is shared is uploaded as well, as it is. */
export const plainDocument = {
  name: "plain-document",
  page: {
    fileShared: (file) => void fetch("/api/ablage", { method: "POST", body: file }),
  },
};
