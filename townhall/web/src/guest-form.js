/** The clerk invites a third person without leaving the call's page; without a script the form works by itself. */

/** Takes over the form's sending, where the page has one. */
export function inviteGuests() {
  const form = document.querySelector("#gast-einladen");
  const answer = document.querySelector("#gast-antwort");
  form?.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = form.querySelector("button");
    button.disabled = true;
    try {
      const body = new URLSearchParams(new FormData(form));
      const response = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } });
      const { done, sentence } = await response.json();
      answer.textContent = sentence;
      if (done) form.reset();
    } catch {
      answer.textContent = answer.dataset.problem;
    } finally {
      button.disabled = false;
    }
  });
}
