/**
 * What a device keeps for one person goes when another comes or the person signs out. The mark of whose day is kept stands in localStorage, so that pages
 * which have nothing to do with the afternoon load nothing for it.
 */
export const MARK = 'afterbell-day';

export function device(): void {
  const who = document.body.dataset['who'];
  const mark = marked();
  if (mark && who && mark !== who) void forget();
  document.addEventListener('submit', (event) => {
    const form = event.target as HTMLFormElement;
    if (form.getAttribute('action') !== '/sign-out' || event.defaultPrevented || !marked()) return;
    event.preventDefault();
    void forget().finally(() => form.submit());
  });
}

function marked(): string | null {
  try {
    return localStorage.getItem(MARK);
  } catch {
    return null;
  }
}

async function forget(): Promise<void> {
  try {
    const { openShelf } = await import('../offline/shelf');
    await (await openShelf()).erase();
    localStorage.removeItem(MARK);
  } catch {
    // Nothing is kept where nothing can be opened.
  }
}
