/** The strip under the header: no network, or the server could not answer. The page and its typing stay as they are. */
export function offline(): void {
  const strip = document.querySelector<HTMLElement>('[data-net]');
  if (!strip) return;
  const words = strip.querySelector<HTMLElement>('[data-words]');
  const tell = (what: 'offline' | 'failed' | null): void => {
    // A page of the afternoon works on and says so itself.
    if (what === 'offline' && document.querySelector('[data-queue]')) return;
    strip.hidden = what === null;
    if (what && words) words.textContent = strip.dataset[what] ?? '';
  };
  window.addEventListener('offline', () => tell('offline'));
  window.addEventListener('online', () => tell(null));
  if (navigator.onLine === false) tell('offline');
  document.body.addEventListener('htmx:sendError', () => tell('offline'));
  document.body.addEventListener('htmx:timeout', () => tell('offline'));
  document.body.addEventListener('htmx:responseError', (event) => {
    const status = (event as CustomEvent<{ xhr: XMLHttpRequest }>).detail.xhr.status;
    if (status >= 500) tell('failed');
    else if (status === 401) location.reload();
  });
  document.body.addEventListener('htmx:afterOnLoad', () => tell(null));
}
