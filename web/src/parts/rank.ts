/**
 * Wishes in order. Each row carries a hidden field; the order of the rows is the order of the wishes, so a plain submit works.
 * Arrows move a row by one, the cross takes it out, and the grip drags (the drag code loads only where a list stands).
 */
export function rank(root: Element): void {
  const lists = root.matches('[data-ranks]') ? [root] : Array.from(root.querySelectorAll('[data-ranks]'));
  lists.forEach((list) => attach(list as HTMLElement));
}

function attach(list: HTMLElement): void {
  if (list.dataset['ranksReady']) return;
  list.dataset['ranksReady'] = 'yes';
  list.addEventListener('click', (event) => {
    const button = (event.target as Element).closest<HTMLElement>('[data-rank]');
    const row = button?.closest<HTMLElement>('.rank');
    if (!button || !row || button.dataset['rank'] === 'out-on-server') return;
    event.preventDefault();
    if (move(row, button.dataset['rank'] ?? '')) changed(list, row);
    if (row.isConnected && getComputedStyle(button).visibility !== 'hidden') button.focus();
    else (row.isConnected ? row : list).querySelector<HTMLElement>('[data-rank]')?.focus();
  });
}

/** Moves a row up, down or out; true when the order has changed. */
export function move(row: HTMLElement, where: string): boolean {
  const { previousElementSibling: above, nextElementSibling: below, parentElement: list } = row;
  if (!list) return false;
  if (where === 'up' && above) list.insertBefore(row, above);
  else if (where === 'down' && below) list.insertBefore(below, row);
  else if (where === 'out') row.remove();
  else return false;
  return true;
}

/** The order as the form will send it. */
export function order(list: Element): string[] {
  return Array.from(list.querySelectorAll<HTMLInputElement>('.rank input[type=hidden]'), (it) => it.value);
}

/** Tells the ear where the row stands now, and the form (save as you go) that it has changed. */
export function changed(list: HTMLElement, row: HTMLElement): void {
  const rows = Array.from(list.querySelectorAll('.rank'));
  const live = list.parentElement?.querySelector<HTMLElement>('[data-rank-live]');
  const name = row.querySelector('.rank-words b')?.textContent?.trim() ?? '';
  if (live) {
    const words = row.isConnected ? live.dataset['moved'] : live.dataset['removed'];
    live.textContent = (words ?? '').replace('{0}', name).replace('{1}', String(rows.indexOf(row) + 1));
  }
  list.dispatchEvent(new Event('change', { bubbles: true }));
}
