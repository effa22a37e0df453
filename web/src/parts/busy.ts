/** A form sent twice by an impatient thumb is sent once; the pressed button says that it works. */
export function busy(): void {
  document.addEventListener('submit', (event) => {
    const form = event.target as HTMLFormElement;
    if (form.hasAttribute('data-save') || form.target === '_blank' || form.hasAttribute('data-download')) return;
    if (form.hasAttribute('data-sent')) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    const button = (event as SubmitEvent).submitter;
    // After the browser has read the form, so that the button's own name and value are sent.
    window.setTimeout(() => {
      if (event.defaultPrevented && !usesHtmx(form)) return;
      form.setAttribute('data-sent', '');
      button?.setAttribute('aria-busy', 'true');
    });
  });
  const free = (root: ParentNode): void => {
    root.querySelectorAll('form[data-sent]').forEach((it) => it.removeAttribute('data-sent'));
    root.querySelectorAll('.btn[aria-busy="true"]:not([data-busy-fixed])').forEach((it) => it.removeAttribute('aria-busy'));
  };
  document.body.addEventListener('htmx:afterRequest', () => free(document));
  window.addEventListener('pageshow', (event) => {
    if (event.persisted) free(document);
  });
}

function usesHtmx(form: HTMLFormElement): boolean {
  return form.hasAttribute('hx-post') || form.hasAttribute('hx-get');
}
