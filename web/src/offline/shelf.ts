import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { Kept } from './queue';
import type { Sealed } from './seal';

/** What the device needs for the day, without any name. The key can't be read out of it. */
export interface Kit {
  who: string;
  day: string;
  key: CryptoKey;
  pages: string[];
  leader: { minutes: number; salt: string; rounds: number; check: string } | null;
  /** By how many milliseconds this device's clock is ahead of the server's. */
  ahead: number;
}

/** @param at of when the server made the page @param policy the content policy that came with it */
export interface Page extends Sealed {
  path: string;
  at: number;
  policy: string;
}

interface Schema extends DBSchema {
  kit: { key: string; value: Kit };
  pages: { key: string; value: Page };
  acts: { key: string; value: Kept };
  sent: { key: string; value: number };
}

/** Where acts, pages and the kit of the day lie; the page and the service worker use the same. */
export interface Shelf {
  /** False where the browser keeps nothing: then the open page is all there is. */
  lasting: boolean;
  kit(): Promise<Kit | undefined>;
  putKit(kit: Kit): Promise<void>;
  page(path: string): Promise<Page | undefined>;
  putPage(page: Page): Promise<void>;
  paths(): Promise<string[]>;
  dropPage(path: string): Promise<void>;
  acts(): Promise<Kept[]>;
  putAct(act: Kept): Promise<void>;
  dropActs(keys: string[]): Promise<void>;
  sent(who: string): Promise<number | undefined>;
  putSent(who: string, at: number): Promise<void>;
  /** Forgets key and pages of the day. Acts stay: they name nobody, and are lost in no case. */
  erase(): Promise<void>;
}

export async function openShelf(): Promise<Shelf> {
  try {
    return lasting(
      await openDB<Schema>('afterbell', 1, {
        upgrade(db) {
          db.createObjectStore('kit');
          db.createObjectStore('pages', { keyPath: 'path' });
          db.createObjectStore('acts', { keyPath: 'key' });
          db.createObjectStore('sent');
        },
      }),
    );
  } catch {
    return passing();
  }
}

function lasting(db: IDBPDatabase<Schema>): Shelf {
  return {
    lasting: true,
    kit: () => db.get('kit', 'day'),
    putKit: async (kit) => void (await db.put('kit', kit, 'day')),
    page: (path) => db.get('pages', path),
    putPage: async (page) => void (await db.put('pages', page)),
    paths: () => db.getAllKeys('pages'),
    dropPage: (path) => db.delete('pages', path),
    acts: () => db.getAll('acts'),
    putAct: async (act) => void (await db.put('acts', act, undefined)),
    dropActs: async (keys) => {
      const work = db.transaction('acts', 'readwrite');
      keys.forEach((key) => void work.store.delete(key));
      await work.done;
    },
    sent: (who) => db.get('sent', who),
    putSent: async (who, at) => void (await db.put('sent', at, who)),
    erase: async () => {
      const work = db.transaction(['kit', 'pages'], 'readwrite');
      void work.objectStore('kit').clear();
      void work.objectStore('pages').clear();
      await work.done;
    },
  };
}

/** For browsers that keep nothing: as long as the page is open. */
export function passing(): Shelf {
  let kit: Kit | undefined;
  const pages = new Map<string, Page>();
  const acts = new Map<string, Kept>();
  const sent = new Map<string, number>();
  return {
    lasting: false,
    kit: async () => kit,
    putKit: async (it) => void (kit = it),
    page: async (path) => pages.get(path),
    putPage: async (page) => void pages.set(page.path, page),
    paths: async () => [...pages.keys()],
    dropPage: async (path) => void pages.delete(path),
    acts: async () => [...acts.values()],
    putAct: async (act) => void acts.set(act.key, act),
    dropActs: async (keys) => keys.forEach((key) => acts.delete(key)),
    sent: async (who) => sent.get(who),
    putSent: async (who, at) => void sent.set(who, at),
    erase: async () => {
      kit = undefined;
      pages.clear();
    },
  };
}
