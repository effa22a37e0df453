/** Picking many rows: a box in the heading picks the page, the bar says how many, Shift picks a range. */
export function bulk(root: Element): void {
  const forms = root.matches('[data-bulk]') ? [root] : Array.from(root.querySelectorAll('[data-bulk]'));
  forms.forEach((form) => attach(form as HTMLElement));
}

function attach(form: HTMLElement): void {
  if (form.dataset['bulkReady']) return;
  form.dataset['bulkReady'] = 'yes';
  const boxes = (): HTMLInputElement[] => Array.from(form.querySelectorAll<HTMLInputElement>('[data-pick]'));
  const all = (): HTMLInputElement | null => form.querySelector<HTMLInputElement>('[data-pick-all]');
  const bar = (): HTMLElement | null => form.querySelector<HTMLElement>('[data-bulk-bar]');
  let last = -1;
  const paint = (): void => {
    const list = boxes();
    const picked = list.filter((it) => it.checked).length;
    list.forEach((it) => it.closest('tr')?.classList.toggle('picked', it.checked));
    const head = all();
    if (head) {
      head.checked = picked > 0 && picked === list.length;
      head.indeterminate = picked > 0 && picked < list.length;
    }
    const strip = bar();
    if (!strip) return;
    strip.hidden = picked === 0;
    const words = strip.querySelector<HTMLElement>('[data-words]');
    if (words) words.textContent = (words.dataset['picked'] ?? '{0}').replace('{0}', String(picked));
  };
  form.addEventListener('click', (event) => {
    const box = event.target;
    if (!(box instanceof HTMLInputElement)) return;
    if (box.matches('[data-pick-all]')) boxes().forEach((it) => (it.checked = box.checked));
    else if (box.matches('[data-pick]')) {
      const list = boxes();
      const at = list.indexOf(box);
      if (event.shiftKey && last >= 0)
        list.slice(Math.min(at, last), Math.max(at, last) + 1).forEach((it) => (it.checked = box.checked));
      last = at;
    } else return;
    paint();
  });
  paint();
}
