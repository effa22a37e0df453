/**
 * Save as you go. A form with data-save posts itself through htmx after each change; a [data-save-state] tells where it stands:
 * saving, saved at a time, offline (kept on this phone, sent when the network is back) or failed (a tap tries again).
 * The same content always carries the same idempotency key, new content a new one, so a retry after a lost answer changes nothing.
 */
const PAUSES = [3, 6, 12, 30, 60];

interface Attempt {
  content: string;
  key: string;
}

const attempts = new WeakMap<HTMLFormElement, Attempt>();
const waiting = new Map<HTMLFormElement, { tries: number; timer: number }>();

export function save(): void {
  const body = document.body;
  const formOf = (event: Event): HTMLFormElement | null => {
    const element = (event as CustomEvent<{ elt: Element }>).detail.elt;
    return element?.closest<HTMLFormElement>('form[data-save]') ?? null;
  };
  body.addEventListener('htmx:configRequest', (event) => {
    const form = formOf(event);
    if (!form) return;
    const { parameters } = (event as CustomEvent<{ parameters: FormData | Record<string, string> }>).detail;
    const key = keyFor(form);
    if (typeof (parameters as FormData).set === 'function') (parameters as FormData).set('_key', key);
    else (parameters as Record<string, string>)['_key'] = key;
  });
  body.addEventListener('htmx:beforeRequest', (event) => {
    const form = formOf(event);
    if (form) show(form, 'saving');
  });
  body.addEventListener('htmx:afterRequest', (event) => {
    const form = formOf(event);
    if (!form) return;
    const { successful, xhr } = (event as CustomEvent<{ successful: boolean; xhr: XMLHttpRequest }>).detail;
    if (xhr.status === 422) {
      settle(form);
      show(form, 'refused');
    } else if (successful) {
      settle(form);
      show(form, 'saved');
    } else {
      show(form, navigator.onLine && xhr.status > 0 ? 'failed' : 'offline');
      later(form);
    }
  });
  // Refused: the form comes back with the faults at their fields. Saved: the fields stay as they are, the person may be typing on.
  body.addEventListener('htmx:beforeSwap', (event) => {
    const form = formOf(event);
    const { detail } = event as CustomEvent<Record<string, unknown> & { xhr: XMLHttpRequest }>;
    if (!form?.id || detail.xhr.status !== 422) return;
    detail['swapOverride'] = 'morph';
    detail['selectOverride'] = `#${form.id}`;
    detail['target'] = form;
    detail['shouldSwap'] = true;
  });
  window.addEventListener('online', retryAll);
  document.addEventListener('click', (event) => {
    if ((event.target as Element).closest('[data-retry]')) retryAll();
  });
  window.addEventListener('beforeunload', (event) => {
    if (waiting.size > 0) event.preventDefault();
  });
}

/** The key for what the form says now: unchanged content keeps its key. */
export function keyFor(form: HTMLFormElement): string {
  const content = new URLSearchParams(
    Array.from(new FormData(form).entries())
      .filter(([name]) => name !== '_key' && name !== '_csrf')
      .map(([name, value]) => [name, String(value)]),
  ).toString();
  const last = attempts.get(form);
  if (last?.content === content) return last.key;
  const key = freshKey();
  attempts.set(form, { content, key });
  return key;
}

/** A random version-4 UUID; crypto.randomUUID is missing on plain-HTTP school networks and on old phones. */
export function freshKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = Array.from(bytes, (it) => it.toString(16).padStart(2, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

export type SaveState = 'saving' | 'saved' | 'offline' | 'failed' | 'refused';

/** Words come from the template (data-saving, data-saved, ...); {0} is the time on this device. */
export function show(form: HTMLFormElement, state: SaveState, at: Date = new Date()): void {
  const marks = form.id
    ? document.querySelectorAll<HTMLElement>(`[data-save-state="${form.id}"]`)
    : form.querySelectorAll<HTMLElement>('[data-save-state]');
  const time = `${String(at.getHours()).padStart(2, '0')}:${String(at.getMinutes()).padStart(2, '0')}`;
  marks.forEach((mark) => {
    mark.dataset['state'] = state;
    const words = mark.querySelector('[data-words]');
    if (words) words.textContent = (mark.dataset[state] ?? '').replace('{0}', time);
    const retry = mark.querySelector<HTMLElement>('[data-retry]');
    if (retry) retry.hidden = state !== 'failed' && state !== 'offline';
  });
}

function later(form: HTMLFormElement): void {
  const tries = waiting.get(form)?.tries ?? 0;
  const pause = PAUSES[Math.min(tries, PAUSES.length - 1)]! * 1000;
  waiting.set(form, { tries: tries + 1, timer: window.setTimeout(() => send(form), pause) });
}

function settle(form: HTMLFormElement): void {
  const entry = waiting.get(form);
  if (entry) window.clearTimeout(entry.timer);
  waiting.delete(form);
}

function retryAll(): void {
  for (const [form, entry] of waiting) {
    window.clearTimeout(entry.timer);
    send(form);
  }
}

function send(form: HTMLFormElement): void {
  if (!form.isConnected) waiting.delete(form);
  else form.dispatchEvent(new CustomEvent('save', { bubbles: true }));
}
