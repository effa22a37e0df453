/** After a refusal the person stands at the first thing to mend. */
export function faults(): void {
  const toFirst = (root: ParentNode): boolean => {
    const within = (selector: string): HTMLElement | null =>
      Array.from(root.querySelectorAll<HTMLElement>(selector)).find((it) => it.closest('form')) ?? null;
    const goal = within('[aria-invalid="true"]') ?? within('[data-fault-summary]');
    if (!goal) return false;
    if (!goal.hasAttribute('tabindex') && !goal.matches('input,select,textarea,button,a')) goal.tabIndex = -1;
    goal.focus({ preventScroll: true });
    goal.closest('.field, [data-fault-summary]')?.scrollIntoView({ block: 'center' });
    return true;
  };
  toFirst(document);
  document.body.addEventListener('htmx:afterSettle', (event) => {
    const detail = (event as CustomEvent<{ elt: Element; xhr?: XMLHttpRequest }>).detail;
    if (detail.xhr?.status === 422) toFirst(detail.elt.isConnected ? detail.elt : document);
  });
  document.body.addEventListener('click', (event) => {
    const link = (event.target as Element).closest<HTMLAnchorElement>('[data-fault-summary] a[href^="#"]');
    const goal = link && document.getElementById(link.hash.slice(1));
    if (!goal) return;
    event.preventDefault();
    goal.focus();
    goal.closest('.field')?.scrollIntoView({ block: 'center' });
  });
}
