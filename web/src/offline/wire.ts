import { batch, settle, type Answer } from './queue';
import { dayKey, seal } from './seal';
import type { Kit, Shelf } from './shelf';

/** The kit as the server hands it out; key is null once the school is clear. */
export interface Handed {
  who: string;
  day: string;
  now: string;
  csrf: string;
  key?: string | null;
  pages: string[];
  leader?: Kit['leader'];
  unclear: number;
}

export type Asked = { kind: 'kit'; kit: Handed } | { kind: 'signed-out' } | { kind: 'no-duty' } | { kind: 'offline' };

const PATIENCE = 8000;
/** A page that was kept within this time is not fetched again. */
const FRESH = 45_000;

async function ask(address: string, init: RequestInit, patience: number = PATIENCE): Promise<Response | null> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), patience);
  try {
    return await fetch(address, { cache: 'no-store', credentials: 'same-origin', signal: stop.signal, ...init });
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}

export async function askKit(patience?: number): Promise<Asked> {
  const answer = await ask('/afternoon/kit', { headers: { Accept: 'application/json' }, redirect: 'manual' }, patience);
  if (!answer || answer.status >= 500) return { kind: 'offline' };
  if (answer.type === 'opaqueredirect' || answer.status === 401) return { kind: 'signed-out' };
  if (!answer.ok) return { kind: 'no-duty' };
  try {
    return { kind: 'kit', kit: (await answer.json()) as Handed };
  } catch {
    return { kind: 'offline' };
  }
}

/** What a sealed page is bound to. */
export const about = (kit: { who: string; day: string }, path: string): string => `${kit.who} ${kit.day} ${path}`;

/** Keeps the kit of the day; of another person, another day or a school that is clear nothing stays. */
export async function keepKit(shelf: Shelf, handed: Handed): Promise<Kit | null> {
  const before = await shelf.kit();
  if (before && (before.who !== handed.who || before.day !== handed.day || !handed.key)) await shelf.erase();
  if (!handed.key || !globalThis.crypto?.subtle) return null;
  const kit: Kit = {
    who: handed.who,
    day: handed.day,
    key: await dayKey(handed.key),
    pages: handed.pages,
    leader: handed.leader ?? null,
    ahead: Date.now() - Date.parse(handed.now),
  };
  await shelf.putKit(kit);
  return kit;
}

/** Fetches and seals the pages of the day. One that is not this person's, or not a page at all, is not kept. */
export async function fill(shelf: Shelf, kit: Kit, anew: boolean = false): Promise<void> {
  for (const path of await shelf.paths()) if (!kit.pages.includes(path)) await shelf.dropPage(path);
  for (const path of kit.pages) {
    const before = await shelf.page(path);
    if (before && !anew && Date.now() - before.at < FRESH) continue;
    const answer = await ask(path, { headers: { Accept: 'text/html' }, redirect: 'manual' });
    if (!answer) return;
    if (!answer.ok) {
      await shelf.dropPage(path);
      continue;
    }
    const html = await answer.text();
    if (!html.includes(`data-who="${kit.who}"`)) continue;
    const sealed = await seal(kit.key, about(kit, path), html);
    // Somebody else may have come while this page was under way.
    if ((await shelf.kit())?.who !== kit.who) return;
    await shelf.putPage({ ...sealed, path, at: Date.now(), policy: answer.headers.get('Content-Security-Policy') ?? '' });
  }
}

export type Pushed = { kind: 'sent'; unclear: number; some: boolean } | { kind: 'signed-out' } | { kind: 'no-duty' } | { kind: 'offline' };

/** Sends what waits, of whoever is signed in now. Safe to run twice at once: the server knows each key. */
export async function push(shelf: Shelf): Promise<Pushed> {
  const asked = await askKit();
  if (asked.kind !== 'kit') return asked;
  let unclear = asked.kit.unclear;
  let size = Infinity;
  let some = false;
  for (;;) {
    const acts = batch(await shelf.acts(), asked.kit.who).slice(0, size);
    if (acts.length === 0) return { kind: 'sent', unclear, some };
    const body = new URLSearchParams({ acts: JSON.stringify(acts.map((it) => it.act)), sent: new Date().toISOString(), _csrf: asked.kit.csrf });
    const answer = await ask('/afternoon/acts', { method: 'POST', body, redirect: 'manual' });
    if (!answer || answer.status >= 500) return { kind: 'offline' };
    if (answer.status === 400) {
      // One that can't be read must not hold up the others.
      if (acts.length > 1) size = 1;
      else await shelf.putAct({ ...acts[0]!, state: 'refused', why: {} });
      continue;
    }
    if (!answer.ok) return answer.type === 'opaqueredirect' || answer.status === 403 || answer.status === 401 ? { kind: 'signed-out' } : { kind: 'offline' };
    const told = (await answer.json()) as { acts: Answer[]; unclear: number };
    const { gone, refused } = settle(acts, told.acts);
    if (gone.length + refused.length === 0) return { kind: 'offline' };
    for (const act of refused) await shelf.putAct(act);
    await shelf.dropActs(gone);
    await shelf.putSent(asked.kit.who, Date.now());
    unclear = told.unclear;
    some = true;
  }
}
