/** Heavy pieces come only to the pages that hold them. */
export function lazy(root: Element): void {
  const has = (selector: string): boolean => root.matches(selector) || root.querySelector(selector) !== null;
  if (has('[data-chart]')) void import('../chart').then((it) => it.charts(root));
  if (has('[data-sign]')) void import('../sign').then((it) => it.signatures(root));
  if (has('[data-ranks]')) void import('../sort').then((it) => it.draggable(root));
  if (has('[data-board]')) void import('../board').then((it) => it.boards(root));
  if (has('[data-queue]')) void import('../offline/duty').then((it) => it.duty(root));
  if (has('[data-scan]')) void import('../scan').then((it) => it.scanners(root));
}
