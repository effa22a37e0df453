/**
 * A piece of a page that renews itself: data-stream names the stream of its later states. Where no stream comes (an old browser, a proxy that holds it back, a
 * full server) the page is asked every few seconds, and the stream tried again now and then. A hidden page asks for nothing.
 */
import { Idiomorph } from 'idiomorph';

const ASK = 5_000;
/** The stream says every four seconds that it lives. */
const SILENT = 12_000;
const TRY_AGAIN = 30_000;

type State = 'live' | 'asks' | 'lost';

export function put(piece: Element, html: string): void {
  const spot = document.activeElement;
  const within = spot !== null && piece.contains(spot);
  Idiomorph.morph(piece, html, { morphStyle: 'innerHTML' });
  if (within && !document.activeElement?.isConnected) piece.querySelector('a')?.focus();
}

export function live(): void {
  const piece = document.querySelector<HTMLElement>('[data-stream]');
  if (!piece) return;
  const words = document.querySelector<HTMLElement>('[data-live-state]');
  let stream: EventSource | null = null;
  let asking = 0;
  let heard = 0;
  let again = 0;

  const tell = (state: State): void => {
    if (!words || words.dataset['state'] === state) return;
    words.dataset['state'] = state;
    words.textContent = words.dataset[state] ?? '';
  };

  const ask = async (): Promise<void> => {
    try {
      const answer = await fetch(location.pathname, { headers: { Accept: 'text/html' }, credentials: 'same-origin' });
      if (answer.redirected || answer.status === 401 || answer.status === 403 || answer.status === 404) return location.reload();
      const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById(piece.id);
      if (!answer.ok || !fresh) return tell('lost');
      put(piece, fresh.innerHTML);
      if (!stream) tell('asks');
    } catch {
      tell('lost');
    }
  };

  const stopAsking = (): void => {
    window.clearInterval(asking);
    asking = 0;
  };

  const startAsking = (): void => {
    if (asking) return;
    again = Date.now() + TRY_AGAIN;
    void ask();
    asking = window.setInterval(() => {
      if (Date.now() > again) {
        again = Date.now() + TRY_AGAIN;
        start();
      }
      void ask();
    }, ASK);
  };

  const stop = (): void => {
    stream?.close();
    stream = null;
  };

  const start = (): void => {
    stop();
    if (typeof EventSource === 'undefined') return startAsking();
    heard = Date.now();
    const fresh = new EventSource(piece.dataset['stream'] ?? '');
    stream = fresh;
    const alive = (): void => {
      heard = Date.now();
      stopAsking();
      tell('live');
    };
    fresh.addEventListener('board', (event) => {
      put(piece, (event as MessageEvent<string>).data);
      alive();
    });
    fresh.addEventListener('beat', alive);
    fresh.addEventListener('end', () => {
      stop();
      location.reload();
    });
    fresh.addEventListener('error', () => {
      if (fresh.readyState !== EventSource.CLOSED) return;
      stop();
      startAsking();
    });
  };

  window.setInterval(() => {
    if (stream && Date.now() - heard > SILENT) {
      stop();
      startAsking();
    }
  }, 2_000);
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) {
      stop();
      stopAsking();
    } else if (!stream && !asking) start();
  });
  window.addEventListener('pagehide', stop);
  if (!document.hidden) start();
}
