import { beforeEach, describe, expect, it, vi } from 'vitest';
import { webcrypto } from 'node:crypto';
import { actOf } from '../src/offline/act';
import { fromOutside } from '../src/offline/duty';
import { batch, lastOn, pause, released, settle, waiting, type Kept } from '../src/offline/queue';
import { dayKey, isLeaderCode, open, seal } from '../src/offline/seal';
import { passing } from '../src/offline/shelf';
import { fill, keepKit, push, type Handed } from '../src/offline/wire';

const SESSION = '11111111-1111-4111-8111-111111111111';
const [A, B, C] = ['a', 'b', 'c'].map((it) => it.repeat(8) + '-0000-4000-8000-000000000000') as [string, string, string];
const AT = new Date('2026-10-13T08:05:00Z');

if (!globalThis.crypto?.subtle) vi.stubGlobal('crypto', webcrypto);

function kept(key: string, at: string, who = 'me', more: Partial<Kept> = {}): Kept {
  return { key, who, state: 'waiting', act: { act: 'roll', key, at, seen: at, session: SESSION, present: [A], absent: [B] }, ...more };
}

function handed(more: Partial<Handed> = {}): Handed {
  return { who: 'me', day: '2026-10-13', now: AT.toISOString(), csrf: 'c', key: btoa('k'.repeat(32)), pages: ['/afternoon'], unclear: 0, ...more };
}

const json = (it: unknown): Response => new Response(JSON.stringify(it), { headers: { 'Content-Type': 'application/json' } });

describe('an act read off its form', () => {
  const form = (html: string): HTMLFormElement => {
    document.body.innerHTML = html;
    return document.querySelector('form')!;
  };

  it('is a roll: all are here but those that are tapped', () => {
    const it = form(`<form action="/sessions/${SESSION}/roll-call" data-act="roll" data-session="${SESSION}"><input type="checkbox" name="absent" value="${A}" checked>
      <input type="hidden" name="child" value="${A}"><input type="hidden" name="child" value="${B}"><input type="checkbox" name="here" value="${C}" checked></form>`);
    expect(actOf(it, null, 'k', AT, AT)).toEqual({ act: 'roll', key: 'k', at: AT.toISOString(), seen: AT.toISOString(), session: SESSION, present: [B, C], absent: [A] });
  });

  it('takes the pressed button with it', () => {
    const it = form(`<form action="/gate/list" data-act="release"><button name="hand" value="${A}.${B}">x</button></form>`);
    expect(actOf(it, it.querySelector('button'), 'k', AT, AT)).toMatchObject({ act: 'release', pupil: A, adult: B });
    it.querySelector('button')!.value = `${A}.walk`;
    expect(actOf(it, it.querySelector('button'), 'k', AT, AT)).toMatchObject({ act: 'walk', pupil: A });
  });

  it('is left to the server where something is missing', () => {
    expect(actOf(form(`<form action="/sessions/${SESSION}/outings" data-act="out"></form>`), null, 'k', AT, AT)).toBeNull();
    expect(actOf(form('<form data-act="hand-over"></form>'), null, 'k', AT, AT)).toBeNull();
    expect(actOf(form('<form data-act="something-else"></form>'), null, 'k', AT, AT)).toBeNull();
  });

  it('holds no name', () => {
    const it = form(`<form data-act="roll" data-session="${SESSION}"><label><b>小明</b><input type="hidden" name="child" value="${A}"></label></form>`);
    expect(JSON.stringify(actOf(it, null, 'k', AT, AT))).not.toContain('小明');
  });
});

describe('who goes straight to the roll that is due', () => {
  const house = 'https://school.example';

  it('comes from a bookmark, a link of elsewhere whatever its address, or from signing in', () => {
    for (const from of ['', 'https://chat.example/', 'https://chat.example/sign-in', 'https://chat.example/afternoon', house + '/sign-in?back=%2Fafternoon', house + '/second-factor?back=%2Fafternoon'])
      expect(fromOutside(from, house), from).toBe(true);
  });

  it('does not come from another page of the house', () => {
    for (const from of [house + '/', house + '/afternoon', house + '/account/second-factor']) expect(fromOutside(from, house), from).toBe(false);
  });
});

describe('the queue', () => {
  it('sends the oldest first, and of nobody else', () => {
    const acts = [kept('2', '2026-10-13T08:06:00Z'), kept('1', '2026-10-13T08:05:00Z'), kept('x', '2026-10-13T08:00:00Z', 'other'), kept('r', '2026-10-13T08:00:00Z', 'me', { state: 'refused' })];
    expect(waiting(acts, 'me').map((it) => it.key)).toEqual(['1', '2']);
    expect(batch(Array.from({ length: 99 }, (_, n) => kept(String(n), '2026-10-13T08:05:00Z')), 'me')).toHaveLength(40);
  });

  it('lets go what is done, keeps what was refused with its reason, and waits for what was not answered', () => {
    const acts = [kept('1', 'a'), kept('2', 'b'), kept('3', 'c')];
    const { gone, refused } = settle(acts, [
      { key: '1', answer: 'done', refused: {} },
      { key: '2', answer: 'refused', refused: { [A]: 'already_left' } },
      { key: 'unknown', answer: 'done', refused: {} },
    ]);
    expect(gone).toEqual(['1']);
    expect(refused).toMatchObject([{ key: '2', state: 'refused', why: { [A]: 'already_left' } }]);
  });

  it('waits longer with each try, and never longer than a minute and a quarter', () => {
    expect([0, 1, 2, 3, 4, 5, 50].map((it) => pause(it, 0.5))).toEqual([2, 4, 8, 15, 30, 60, 60]);
    expect(pause(50, 1)).toBeLessThanOrEqual(75);
  });

  it('shows the last word on a list that is opened again', () => {
    const acts = [kept('1', '2026-10-13T08:05:00Z'), kept('2', '2026-10-13T08:06:00Z'), kept('x', '2026-10-13T08:07:00Z', 'other')];
    expect(lastOn(acts, 'me', 'roll', SESSION)?.key).toBe('2');
    expect(released([kept('l', 'a', 'me', { act: { act: 'line', key: 'l', at: 'a', seen: 'a', present: [A] } })], 'me', A)?.key).toBe('l');
    expect(released(acts, 'me', A)).toBeUndefined();
  });
});

describe('what is sealed', () => {
  it('opens for its address, day and person alone, and the key stays in the device', async () => {
    const key = await dayKey(btoa('k'.repeat(32)));
    const sealed = await seal(key, 'me 2026-10-13 /afternoon', '张晓明');
    expect(new TextDecoder().decode(sealed.bytes)).not.toContain('张晓明');
    expect(await open(key, 'me 2026-10-13 /afternoon', sealed)).toBe('张晓明');
    await expect(open(key, 'other 2026-10-13 /afternoon', sealed)).rejects.toThrow();
    await expect(open(key, 'me 2026-10-14 /afternoon', sealed)).rejects.toThrow();
    await expect(open(await dayKey(btoa('x'.repeat(32))), 'me 2026-10-13 /afternoon', sealed)).rejects.toThrow();
    await expect(crypto.subtle.exportKey('raw', key)).rejects.toThrow();
  });

  it('knows the duty leader’s code by its trace', async () => {
    const base = await crypto.subtle.importKey('raw', new TextEncoder().encode('012345'), 'PBKDF2', false, ['deriveBits']);
    const bits = await crypto.subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt: new Uint8Array([1, 2]), iterations: 10 }, base, 256);
    const check = Array.from(new Uint8Array(bits), (it) => it.toString(16).padStart(2, '0')).join('');
    expect(await isLeaderCode('012345', { salt: '0102', rounds: 10, check })).toBe(true);
    expect(await isLeaderCode('012346', { salt: '0102', rounds: 10, check })).toBe(false);
  });
});

describe('sending', () => {
  const calls: [string, RequestInit | undefined][] = [];
  const house = (answers: (address: string, init?: RequestInit) => Response | Promise<Response>): void => {
    calls.length = 0;
    vi.stubGlobal('fetch', async (address: string, init?: RequestInit) => {
      calls.push([address, init]);
      return answers(address, init);
    });
  };
  const done = (init?: RequestInit): Response =>
    json({ unclear: 0, acts: (JSON.parse(new URLSearchParams(String(init?.body)).get('acts')!) as { key: string }[]).map((it) => ({ key: it.key, answer: 'done', refused: {} })) });
  let shelf = passing();
  beforeEach(() => {
    shelf = passing();
  });

  it('carries the token of whoever is signed in now, and only that person’s acts', async () => {
    await shelf.putAct(kept('mine', '2026-10-13T08:05:00Z'));
    await shelf.putAct(kept('theirs', '2026-10-13T08:04:00Z', 'other'));
    house((address, init) => (address === '/afternoon/kit' ? json(handed({ csrf: 'fresh' })) : done(init)));
    expect((await push(shelf)).kind).toBe('sent');
    const posts = calls.filter(([address]) => address === '/afternoon/acts');
    expect(posts).toHaveLength(1);
    expect(new URLSearchParams(String(posts[0]![1]?.body)).get('_csrf')).toBe('fresh');
    expect((await shelf.acts()).map((it) => it.key)).toEqual(['theirs']);
  });

  it('loses nothing when the session has ended, the network goes or the server falls', async () => {
    await shelf.putAct(kept('1', '2026-10-13T08:05:00Z'));
    house(() => ({ type: 'opaqueredirect', status: 0, ok: false }) as Response);
    expect((await push(shelf)).kind).toBe('signed-out');
    house(() => Promise.reject(new TypeError('network')));
    expect((await push(shelf)).kind).toBe('offline');
    house((address) => (address === '/afternoon/kit' ? json(handed()) : new Response('', { status: 503 })));
    expect((await push(shelf)).kind).toBe('offline');
    house((address) => (address === '/afternoon/kit' ? json(handed()) : new Response('', { status: 403 })));
    expect((await push(shelf)).kind).toBe('signed-out');
    expect(await shelf.acts()).toHaveLength(1);
  });

  it('sends others on where one cannot be read', async () => {
    for (const key of ['1', '2', '3']) await shelf.putAct(kept(key, `2026-10-13T08:0${key}:00Z`));
    house((address, init) => {
      if (address === '/afternoon/kit') return json(handed());
      return String(init?.body).includes('%22key%22%3A%222%22') ? new Response('', { status: 400 }) : done(init);
    });
    expect((await push(shelf)).kind).toBe('sent');
    expect(await shelf.acts()).toMatchObject([{ key: '2', state: 'refused' }]);
  });

  it('keeps no page of another person, another day or a school that is clear', async () => {
    house((address) => new Response(`<html><body data-who="me">${address}</body></html>`));
    const kit = (await keepKit(shelf, handed()))!;
    await fill(shelf, kit);
    expect(await shelf.paths()).toEqual(['/afternoon']);
    for (const other of [handed({ who: 'other' }), handed({ day: '2026-10-14' }), handed({ key: undefined, pages: [] })]) {
      await keepKit(shelf, handed());
      await fill(shelf, kit, true);
      expect(await shelf.paths()).toEqual(['/afternoon']);
      await keepKit(shelf, other);
      expect(await shelf.paths()).toEqual([]);
      await shelf.erase();
    }
    house(() => new Response('<html><body data-who="other">names</body></html>'));
    await keepKit(shelf, handed());
    await fill(shelf, kit, true);
    expect(await shelf.paths(), 'a page that answers to somebody else’s session').toEqual([]);
  });
});
