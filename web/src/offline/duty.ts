import { freshKey } from '../parts/save';
import { MARK } from '../parts/device';
import { actOf, type Act } from './act';
import { lastOn, pause, released, waiting, type Kept } from './queue';
import { isLeaderCode } from './seal';
import { openShelf, type Kit, type Shelf } from './shelf';
import { askKit, fill, keepKit, push, type Pushed } from './wire';

const AGAIN = 60_000;
const VISIT = 5 * 60_000;
/** A release waits for the house's word this long before the network counts as gone. */
const WORD = 4000;

/** The screens of the afternoon: acts go into the queue first and from there to the server; the strip says what is sent and what is not. */
export function duty(root: Element): void {
  const strip = root.querySelector<HTMLElement>('[data-queue]') ?? (root.matches('[data-queue]') ? (root as HTMLElement) : null);
  if (!strip || strip.dataset['queue'] === 'on') return;
  strip.dataset['queue'] = 'on';
  const ready = openShelf().then((shelf) => new Duty(strip, shelf));
  // Taps count from the first moment: what is pressed while the queue opens waits for it.
  document.addEventListener('submit', (event) => {
    const form = event.target as HTMLFormElement;
    if (!form.matches('form[data-act]') || form.hasAttribute('data-native')) return;
    if (event.defaultPrevented || document.body.dataset['who'] === undefined) return;
    const pressed = (event as SubmitEvent).submitter;
    const draft = actOf(form, pressed, freshKey(), new Date(), new Date());
    if (!draft) return;
    event.preventDefault();
    if (form.hasAttribute('data-working')) return;
    form.setAttribute('data-working', '');
    pressed?.setAttribute('aria-busy', 'true');
    void ready
      .then((it) => it.perform(form, pressed, draft))
      .finally(() => {
        form.removeAttribute('data-working');
        pressed?.removeAttribute('aria-busy');
      });
  });
  void ready.then((it) => it.start());
}

/** Whether a page was opened from no other page of the house; signing in is the way in. */
export function fromOutside(referrer: string, house: string): boolean {
  const from = referrer ? new URL(referrer) : null;
  return !from || from.origin !== house || ['/sign-in', '/second-factor'].includes(from.pathname);
}

class Duty {
  private readonly who = document.body.dataset['who'] ?? '';
  private readonly keptAt = document.documentElement.dataset['kept'];
  private ahead: number;
  private kit: Kit | undefined;
  private net: 'unknown' | 'sending' | 'offline' | 'signed-out' | 'fine' = 'unknown';
  private unclear = 0;
  private tries = 0;
  private timer = 0;
  private leaderUntil = 0;
  private leaderCode = '';

  constructor(
    private readonly strip: HTMLElement,
    private readonly shelf: Shelf,
  ) {
    this.ahead = Date.now() - Date.parse(strip.dataset['at'] ?? '');
  }

  async start(): Promise<void> {
    this.kit = await this.shelf.kit();
    if (this.keptAt && this.kit) this.ahead = this.kit.ahead;
    if (this.keptAt) this.net = 'offline';
    if (await this.straight()) return;
    await this.overlay();
    await this.show();
    this.finds();
    this.leader();
    window.addEventListener('online', () => void this.visit());
    window.addEventListener('offline', () => {
      this.net = 'offline';
      void this.show();
    });
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') void this.visit();
    });
    window.addEventListener('beforeunload', (event) => {
      if (!this.shelf.lasting && this.strip.dataset['waiting'] === 'yes') event.preventDefault();
    });
    window.setInterval(() => void this.send(), AGAIN);
    window.setInterval(() => void this.visit(), VISIT);
    this.strip.addEventListener('click', (event) => {
      const button = (event.target as Element).closest<HTMLElement>('[data-queue-do]');
      if (button?.dataset['queueDo'] === 'send') void this.visit();
      if (button?.dataset['queueDo'] === 'drop') void this.shelf.dropActs([button.dataset['key'] ?? '']).then(() => this.show());
    });
    if ('serviceWorker' in navigator && navigator.serviceWorker) {
      navigator.serviceWorker.register('/sw.js').catch(() => undefined);
      navigator.serviceWorker.addEventListener('controllerchange', () => void this.visit(true));
    }
    await this.visit();
  }

  /**
   * Who opens the list from outside while one roll is due, and nothing else, means that roll: it opens at once, with a network or without. From within the house
   * the list stays a list.
   */
  private async straight(): Promise<boolean> {
    if (!fromOutside(document.referrer, location.origin)) return false;
    const now = Date.now() - this.ahead;
    const due = Array.from(document.querySelectorAll<HTMLElement>('[data-straight]')).filter((it) => Date.parse(it.dataset['from'] ?? '') <= now && now < Date.parse(it.dataset['to'] ?? ''));
    const only = due.length === 1 ? due[0] : undefined;
    if (!only || lastOn(await this.shelf.acts(), this.who, 'roll', only.dataset['session'] ?? '')) return false;
    // Not a step back: going back from the roll must not lead to the roll.
    location.replace(only.dataset['straight'] ?? '');
    return true;
  }

  /** Sends, then renews what the device keeps. */
  private async visit(anew = false): Promise<void> {
    const pushed = await this.send();
    if (pushed.kind !== 'sent') return;
    const asked = await askKit();
    if (asked.kind !== 'kit') return;
    const kit = await keepKit(this.shelf, asked.kit);
    this.unclear = asked.kit.unclear;
    if (asked.kit.who === this.who && !this.keptAt) this.ahead = Date.now() - Date.parse(asked.kit.now);
    try {
      if (kit) localStorage.setItem(MARK, kit.who);
      else localStorage.removeItem(MARK);
    } catch {
      // The mark only saves other pages some work.
    }
    this.kit = kit ?? undefined;
    await this.show();
    if (kit && 'serviceWorker' in navigator && navigator.serviceWorker) await fill(this.shelf, kit, anew || pushed.some);
    this.strip.dataset['kept'] = kit ? 'yes' : 'no';
    if (this.keptAt) this.renew(pushed.some);
  }

  /** The network is back and this is an old copy: nothing is lost by opening the new one where nobody has begun to tap. */
  private renew(sent: boolean): void {
    const touched = Array.from(document.querySelectorAll<HTMLInputElement>('form[data-act] input[type=checkbox]')).some((it) => it.checked !== it.defaultChecked);
    if (sent || !touched) location.reload();
    else this.part('fresh').hidden = false;
  }

  async perform(form: HTMLFormElement, pressed: HTMLElement | null, draft: Act): Promise<void> {
    const act: Act = { ...draft, seen: new Date(this.listFrom()).toISOString() };
    if (form.hasAttribute('data-asks')) {
      // Letting a child go waits for the house's word while the house can be asked.
      if (!this.keptAt && (await askKit(WORD)).kind !== 'offline') return native(form, pressed);
      if (this.tooOld()) return this.askLeader();
      if (this.leaderCode) act.code = this.leaderCode;
    }
    const kept: Kept = { key: act.key, who: this.who, act, state: 'waiting' };
    await this.shelf.putAct(kept);
    await this.overlay();
    await this.show();
    const pushed = await this.send();
    if (pushed.kind === 'offline') await later();
    if (pushed.kind === 'sent' && !(await this.shelf.acts()).some((it) => it.key === act.key)) location.assign(location.pathname);
  }

  private async send(): Promise<Pushed> {
    window.clearTimeout(this.timer);
    const before = this.net;
    if (waiting(await this.shelf.acts(), this.who).length > 0) {
      this.net = 'sending';
      await this.show();
    }
    const pushed = await push(this.shelf);
    this.net = pushed.kind === 'sent' ? 'fine' : pushed.kind === 'signed-out' ? 'signed-out' : pushed.kind === 'offline' ? 'offline' : before;
    if (pushed.kind === 'sent') {
      this.tries = 0;
      this.unclear = pushed.unclear;
    } else if (pushed.kind === 'offline' && waiting(await this.shelf.acts(), this.who).length > 0)
      this.timer = window.setTimeout(() => void this.visit(), pause(this.tries++) * 1000);
    await this.overlay();
    await this.show();
    return pushed;
  }

  private word(name: string, ...facts: (string | number)[]): string {
    const text = this.strip.querySelector('template')?.content.querySelector(`[data-w="${name}"]`)?.textContent ?? '';
    return facts.reduce<string>((all, fact, n) => all.replace(`{${n}}`, String(fact)), text);
  }

  private part(name: string): HTMLElement {
    return this.strip.querySelector<HTMLElement>(`[data-queue-${name}]`)!;
  }

  /** Of when this page's list is, by this device's clock. */
  private listFrom(): number {
    return Date.parse(this.strip.dataset['at'] ?? '') + this.ahead;
  }

  private async show(): Promise<void> {
    const acts = await this.shelf.acts();
    const mine = waiting(acts, this.who).length;
    const others = acts.filter((it) => it.who !== this.who).length;
    const last = await this.shelf.sent(this.who);
    const since = last === undefined || Date.now() - last > 12 * 3600_000 ? this.word('never') : this.word('last', hour(last));
    const state = mine === 0 ? 'sent' : this.net === 'signed-out' ? 'signed-out' : this.net === 'sending' ? 'sending' : 'waiting';
    const main =
      state === 'sent'
        ? last === undefined || Date.now() - last > 12 * 3600_000
          ? ''
          : this.word('sent', hour(last))
        : this.word(state, mine) + (state === 'waiting' ? ' · ' + since : '');
    this.strip.dataset['state'] = state;
    this.strip.dataset['waiting'] = mine > 0 ? 'yes' : 'no';
    this.line('words', main);
    this.line('kept', this.keptAt ? this.word('kept', hour(Date.parse(this.strip.dataset['at'] ?? '') + this.ahead)) : this.net === 'offline' ? this.word('offline') : '');
    this.line('others', others > 0 ? this.word('others', others) : '');
    this.part('sign').hidden = state !== 'signed-out';
    this.part('again').hidden = state !== 'waiting';
    this.part('unclear').hidden = this.unclear === 0;
    const lost = this.part('unclear').querySelector('[data-n]');
    if (lost) lost.textContent = this.word('unclear', this.unclear);
    const worker = 'serviceWorker' in navigator && navigator.serviceWorker && window.isSecureContext;
    this.part('plain').hidden = Boolean(worker);
    this.refused(acts.filter((it) => it.who === this.who && it.state === 'refused'));
    this.strip.hidden = !main && !this.keptAt && this.net !== 'offline' && others === 0 && this.unclear === 0 && Boolean(worker) && acts.every((it) => it.state !== 'refused');
  }

  private line(name: string, text: string): void {
    const spot = this.part(name);
    if (spot.textContent !== text) spot.textContent = text;
    spot.hidden = text === '';
  }

  /** What the house did not take, in words; it stays until the person has read it. */
  private refused(acts: Kept[]): void {
    const list = this.part('refused');
    list.replaceChildren(
      ...acts.map((it) => {
        const row = document.createElement('li');
        const why = Object.entries(it.why ?? {});
        const words = why.length === 0 ? [this.word('not-found')] : why.map(([pupil, reason]) => [nameOf(pupil), this.word('why-' + reason)].filter(Boolean).join('：'));
        const text = document.createElement('span');
        text.textContent = this.word('refused', hour(Date.parse(it.act.at)), this.word('act-' + it.act.act), [...new Set(words)].join('；'));
        const button = document.createElement('button');
        button.type = 'button';
        button.className = 'btn btn-quiet';
        button.dataset['queueDo'] = 'drop';
        button.dataset['key'] = it.key;
        button.textContent = this.word('drop');
        row.append(text, button);
        return row;
      }),
    );
    list.hidden = acts.length === 0;
  }

  /** What waits shows on the page as if it were known already. */
  private async overlay(): Promise<void> {
    const acts = await this.shelf.acts();
    document.querySelectorAll<HTMLFormElement>('form[data-act]').forEach((form) => {
      const kind = form.dataset['act'] ?? '';
      const last = lastOn(acts, this.who, kind, form.dataset['session'] ?? form.dataset['class'] ?? '');
      if (last && form.dataset['shown'] !== last.key && (form.hasAttribute('data-roll') || kind === 'line')) {
        form.dataset['shown'] = last.key;
        tick(form, kind === 'line' ? 'stays' : 'absent', last.act.absent ?? []);
        tick(form, 'here', (last.act.present ?? []).filter((it) => form.querySelector(`input[name="here"][value="${it}"]`)));
        form.dispatchEvent(new Event('change', { bubbles: true }));
        form.querySelector('input')?.dispatchEvent(new Event('change', { bubbles: true }));
      }
      if (form.hasAttribute('data-roll') || kind === 'line') note(form, last ? this.word('noted', hour(Date.parse(last.act.at))) : '');
    });
    document.querySelectorAll<HTMLElement>('[data-dated]').forEach((row) => {
      const act = released(acts, this.who, row.dataset['dated'] ?? '');
      const mark = row.querySelector<HTMLElement>('[data-dated-state]');
      row.classList.toggle('dated-gone', Boolean(act));
      if (act && mark) mark.textContent = this.word('noted', hour(Date.parse(act.act.at)));
      row.querySelectorAll<HTMLButtonElement>('button').forEach((it) => (it.disabled = Boolean(act)));
    });
  }

  /** On a long list a few letters find a child. */
  private finds(): void {
    const box = document.querySelector<HTMLInputElement>('[data-dated-find]');
    box?.addEventListener('input', () => {
      const typed = box.value.trim().toLowerCase();
      document.querySelectorAll<HTMLElement>('[data-find]').forEach((row) => {
        row.hidden = typed !== '' && !(row.dataset['find'] ?? '').toLowerCase().includes(typed);
      });
    });
  }

  private tooOld(): boolean {
    const leader = this.kit?.leader;
    if (!leader || Date.now() < this.leaderUntil) return false;
    return Date.now() - this.listFrom() > leader.minutes * 60_000;
  }

  private askLeader(): void {
    const box = document.querySelector<HTMLElement>('[data-leader]');
    if (!box) return;
    box.hidden = false;
    box.scrollIntoView({ block: 'center' });
    box.querySelector('input')?.focus({ preventScroll: true });
  }

  private leader(): void {
    const box = document.querySelector<HTMLElement>('[data-leader]');
    const field = box?.querySelector('input');
    box?.querySelector('button')?.addEventListener('click', () => {
      const leader = this.kit?.leader;
      const code = (field?.value ?? '').replace(/\s/g, '');
      if (!leader || !field) return;
      void isLeaderCode(code, leader).then((right) => {
        field.setAttribute('aria-invalid', String(!right));
        box.querySelector<HTMLElement>('[data-leader-wrong]')!.hidden = right;
        if (!right) return field.focus();
        this.leaderCode = code;
        this.leaderUntil = Date.now() + leader.minutes * 60_000;
        box.hidden = true;
      });
    });
  }
}

function tick(form: HTMLFormElement, name: string, values: string[]): void {
  form.querySelectorAll<HTMLInputElement>(`input[name="${name}"]`).forEach((it) => (it.checked = values.includes(it.value)));
}

function note(form: HTMLFormElement, text: string): void {
  let spot = form.querySelector<HTMLElement>('[data-noted]');
  if (!spot && !text) return;
  if (!spot) {
    spot = document.createElement('p');
    spot.className = 'noted';
    spot.dataset['noted'] = '';
    form.querySelector('.actionbar, [type=submit]')?.before(spot);
  }
  spot.textContent = text;
  spot.hidden = text === '';
}

function nameOf(pupil: string): string {
  return document.querySelector(`input[value="${pupil}"]`)?.closest('label')?.querySelector('b')?.textContent ?? document.querySelector(`[data-dated="${pupil}"] b`)?.textContent ?? '';
}

/** As the browser would have sent it. */
function native(form: HTMLFormElement, pressed: HTMLElement | null): void {
  form.setAttribute('data-native', '');
  const button = pressed as HTMLButtonElement | null;
  if (button?.name) {
    const field = document.createElement('input');
    field.type = 'hidden';
    field.name = button.name;
    field.value = button.value;
    form.append(field);
  }
  form.submit();
}

/** Where the browser can send later by itself, it is asked to. */
async function later(): Promise<void> {
  try {
    const worker = (await navigator.serviceWorker?.getRegistration()) as (ServiceWorkerRegistration & { sync?: { register(tag: string): Promise<void> } }) | undefined;
    await worker?.sync?.register('acts');
  } catch {
    // The page itself goes on trying.
  }
}

function hour(at: number): string {
  return new Date(at).toLocaleTimeString('zh-CN', { hour: '2-digit', minute: '2-digit', hour12: false });
}
