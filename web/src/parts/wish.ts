/**
 * The choice sheet: a tap on a card puts its section at the end of the wishes, a second tap takes it out; both at once, and the form saves itself.
 * A section that takes several slots stands in the list of each of them, or in none.
 */
export function wish(): void {
  document.addEventListener('click', (event) => {
    const target = event.target as Element;
    const card = target.closest<HTMLElement>('[data-wish]');
    if (card) {
      event.preventDefault();
      tap(card);
      return;
    }
    const days = target.closest<HTMLElement>('[data-days]');
    if (days) {
      event.preventDefault();
      everyDay(Number(days.dataset['days']));
    }
  });
  document.addEventListener('change', (event) => {
    if ((event.target as Element).closest?.('[data-wishes]')) settle();
  });
}

/** `slot.section`, one entry per slot of the section. */
function entries(card: HTMLElement): string[] {
  return (card.dataset['wish'] ?? '').split(' ');
}

function listOf(entry: string): HTMLElement | null {
  return document.querySelector<HTMLElement>(`[data-wishes="${entry.slice(0, 36)}"] > div > [data-ranks]`);
}

function rowOf(entry: string): HTMLElement | null {
  return listOf(entry)?.querySelector<HTMLInputElement>(`input[value="${entry}"]`)?.closest<HTMLElement>('.rank') ?? null;
}

function tap(card: HTMLElement): void {
  const all = entries(card);
  const chosen = all.some((entry) => rowOf(entry));
  for (const entry of all) {
    const row = rowOf(entry);
    if (chosen) row?.remove();
    else if (!row) listOf(entry)?.append(newRow(card, entry));
  }
  listOf(all[0]!)?.dispatchEvent(new Event('change', { bubbles: true }));
}

/** A row like those the server draws, from the pattern that stands beside the list. */
function newRow(card: HTMLElement, entry: string): HTMLElement {
  const pattern = listOf(entry)!.closest('[data-wishes]')!.querySelector('template')!.content.querySelector('.rank')!;
  const row = pattern.cloneNode(true) as HTMLElement;
  const words: Record<string, string> = { '~value~': entry, '~label~': card.dataset['name'] ?? '', '~hint~': card.dataset['hint'] ?? '' };
  const fill = (text: string): string => text.replace(/~(value|label|hint)~/g, (it) => words[it] ?? '');
  for (const element of [row, ...Array.from(row.querySelectorAll('*'))]) {
    for (const attribute of Array.from(element.attributes)) if (attribute.value.includes('~')) attribute.value = fill(attribute.value);
    for (const node of Array.from(element.childNodes)) if (node.nodeType === Node.TEXT_NODE) node.textContent = fill(node.textContent ?? '');
  }
  return row;
}

/** After any change of a list: what is only partly wished goes out, and every card shows where it stands. */
function settle(): void {
  const cards = Array.from(document.querySelectorAll<HTMLElement>('[data-wish]'));
  for (const card of cards) {
    const rows = entries(card).map(rowOf);
    if (rows.some((it) => it) && rows.some((it) => !it)) rows.forEach((it) => it?.remove());
  }
  cards.forEach(mark);
  document.querySelectorAll<HTMLElement>('[data-wishes]').forEach((group) => {
    const count = group.querySelectorAll('[data-ranks] > .rank').length;
    const words = document.querySelector<HTMLElement>(`[data-wish-count="${group.dataset['wishes']}"]`);
    if (words) words.textContent = ((count === 0 ? words.dataset['none'] : words.dataset['some']) ?? '').replace('{0}', String(count));
    const end = group.querySelector<HTMLElement>('[data-wish-end]');
    if (end) end.hidden = count === 0;
  });
}

function mark(card: HTMLElement): void {
  const entry = entries(card)[0]!;
  const row = rowOf(entry);
  const rank = row ? Array.from(row.parentElement!.children).indexOf(row) + 1 : 0;
  card.setAttribute('aria-pressed', rank > 0 ? 'true' : 'false');
  card.classList.toggle('btn-main', rank === 0);
  card.classList.toggle('btn-quiet', rank > 0);
  card.setAttribute('value', `${rank > 0 ? 'out' : 'add'}:${entry}`);
  const words = card.querySelector('[data-words]');
  if (words) words.textContent = (rank > 0 ? card.dataset['out'] : card.dataset['add']) ?? '';
  const offering = card.closest<HTMLElement>('.offering');
  offering?.classList.toggle('offering-picked', rank > 0);
  const head = offering?.querySelector('.offering-head');
  let sign = head?.querySelector<HTMLElement>('.rank-mark');
  if (rank === 0) sign?.remove();
  else if (head) {
    sign ??= head.appendChild(document.createElement('span'));
    sign.className = 'rank-mark';
    sign.textContent = String(rank);
  }
}

/** Every day until the same bell, or the last one before it where the day is shorter. */
function everyDay(ordinal: number): void {
  let last: HTMLInputElement | null = null;
  document.querySelectorAll<HTMLElement>('.day-row').forEach((row) => {
    const fit = Array.from(row.querySelectorAll<HTMLInputElement>('input[type=radio]')).filter((it) => Number(it.value) <= ordinal);
    const best = fit.reduce<HTMLInputElement | null>((a, b) => (a && Number(a.value) >= Number(b.value) ? a : b), null);
    if (best) {
      best.checked = true;
      last = best;
    }
  });
  (last as HTMLInputElement | null)?.dispatchEvent(new Event('change', { bubbles: true }));
}
