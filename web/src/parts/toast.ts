/** What was done is told once, stays long enough to be read aloud, and waits while a finger or the focus is on it. */
export function toast(): void {
  const watch = (element: HTMLElement): void => {
    let timer = 0;
    const start = (): void => {
      timer = window.setTimeout(() => element.remove(), 9000);
    };
    const stop = (): void => window.clearTimeout(timer);
    ['pointerenter', 'focusin'].forEach((name) => element.addEventListener(name, stop));
    ['pointerleave', 'focusout'].forEach((name) => element.addEventListener(name, start));
    if (!element.querySelector('form')) start();
  };
  document.querySelectorAll<HTMLElement>('.toast').forEach(watch);
  document.addEventListener('click', (event) => {
    (event.target as Element).closest('[data-toast-close]')?.closest('.toast')?.remove();
  });
}
