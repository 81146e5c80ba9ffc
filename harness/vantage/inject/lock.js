// Whether the person is shown that the call is encrypted, told at each change, beginning with the first look.
if (LOCK) {
  let before = null;
  const look = () => {
    const element = document.querySelector(LOCK);
    const shown = !!element && element.checkVisibility({ visibilityProperty: true });
    if (shown !== before) send({ t: 'lock', shown, at: wall() });
    before = shown;
  };
  new MutationObserver(look).observe(document, { subtree: true, childList: true, attributes: true });
  addEventListener('DOMContentLoaded', look);
  addEventListener('load', look);
}
