/**
 * Serves the afternoon without a network. Files of the release come from the cache; pages of the day lie sealed in IndexedDB and are opened only here. It never
 * answers before the network has had its chance, and knows no page of anybody else: see docs/how/offline.md.
 */
import { openShelf, type Shelf } from './offline/shelf';
import { open } from './offline/seal';
import { about, push } from './offline/wire';

interface Extendable extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface Fetching extends Extendable {
  request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface Worker {
  addEventListener(kind: 'install' | 'activate', listener: (event: Extendable) => void): void;
  addEventListener(kind: 'fetch', listener: (event: Fetching) => void): void;
  addEventListener(kind: 'sync', listener: (event: Extendable & { tag: string }) => void): void;
  skipWaiting(): Promise<void>;
  clients: { claim(): Promise<void> };
  location: Location;
}
declare const __RELEASE__: string;
declare const __FILES__: string[];

const worker = self as unknown as Worker;
const CACHE = `afterbell-${__RELEASE__}`;
const NOTHING = '/offline';
/** Where a page is kept, the network has this long. */
const PATIENCE = 3500;
/** Screens of the end of the day that are not kept: the dated list stands in for them. */
const GATE = /^\/(gate|lines)(\/|$)/;
const LIST = '/gate/list';

let shelf: Promise<Shelf> | undefined;
const theShelf = (): Promise<Shelf> => (shelf ??= openShelf());

worker.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(CACHE)
      .then((cache) => cache.addAll([...__FILES__, NOTHING].map((it) => new Request(it, { credentials: 'omit' }))))
      .then(() => worker.skipWaiting()),
  );
});

worker.addEventListener('activate', (event) => {
  event.waitUntil(
    (async () => {
      const old = (await caches.keys()).filter((it) => it.startsWith('afterbell-') && it !== CACHE);
      for (const name of old) await caches.delete(name);
      // Pages of an older release ask for files that are gone.
      if (old.length > 0) await (await theShelf()).erase();
      await worker.clients.claim();
    })(),
  );
});

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== worker.location.origin) return;
  if (request.method === 'POST' && url.pathname === '/sign-out') event.waitUntil(theShelf().then((it) => it.erase()));
  if (request.method !== 'GET') return;
  if (url.pathname.startsWith('/assets/')) event.respondWith(file(request));
  else if (request.mode === 'navigate') event.respondWith(page(request, url));
});

worker.addEventListener('sync', (event) => {
  if (event.tag === 'acts')
    event.waitUntil(
      theShelf()
        .then(push)
        .then((it) => {
          // The browser tries again by itself.
          if (it.kind === 'offline') throw new Error('no network');
        }),
    );
});

async function file(request: Request): Promise<Response> {
  const kept = await caches.match(request, { cacheName: CACHE });
  return kept ?? fetch(request);
}

async function page(request: Request, url: URL): Promise<Response> {
  const copy = kept(url.pathname);
  const network = fetch(request);
  network.catch(() => undefined);
  try {
    const first = await Promise.race([network, copy.then((it) => (it ? late() : network))]);
    if (first.status < 500) return first;
    return (await copy) ?? first;
  } catch {
    return (await copy) ?? (await caches.match(NOTHING, { cacheName: CACHE })) ?? Response.error();
  }
}

function late(): Promise<never> {
  return new Promise((_, no) => setTimeout(() => no(new Error('late')), PATIENCE));
}

/** A page of the day as it was kept, with a mark of when that was; null where there is none, or the day is over. */
async function kept(path: string): Promise<Response | null> {
  try {
    const store = await theShelf();
    const kit = await store.kit();
    if (!kit) return null;
    const today = new Date(Date.now() - kit.ahead).toLocaleDateString('sv-SE', { timeZone: 'Asia/Shanghai' });
    if (today !== kit.day) {
      await store.erase();
      return null;
    }
    const found = (await store.page(path)) ?? (GATE.test(path) ? await store.page(LIST) : undefined);
    if (!found) return null;
    const html = await open(kit.key, about(kit, found.path), found);
    const headers: Record<string, string> = { 'Content-Type': 'text/html;charset=UTF-8', 'Cache-Control': 'no-store' };
    if (found.policy) headers['Content-Security-Policy'] = found.policy;
    return new Response(html.replace('<html ', `<html data-kept="${new Date(found.at).toISOString()}" `), { headers });
  } catch {
    return null;
  }
}
