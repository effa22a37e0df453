/** Small buttons of the frame: print, and menus. A menu closes with Escape and with a tap beside it; only one stands open. */
export function menus(): void {
  document.addEventListener('click', (event) => {
    if ((event.target as Element).closest('[data-print]')) window.print();
  });
  const open = (): HTMLDetailsElement[] => Array.from(document.querySelectorAll<HTMLDetailsElement>('details.menu[open]'));
  document.addEventListener('click', (event) => {
    open().forEach((menu) => {
      if (!menu.contains(event.target as Node)) menu.open = false;
    });
  });
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    open().forEach((menu) => {
      menu.open = false;
      menu.querySelector('summary')?.focus();
    });
  });
}
