/** Flaw: every edit of a field is saved at the server as a draft, as text. */
export const plainForm = {
  name: "plain-form",
  page: {
    fieldEdited(name, value) {
      void fetch("/api/entwurf", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ name, value }),
      });
    },
  },
};
