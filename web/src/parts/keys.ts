/** Keyboard: "/" goes to the search box; arrow keys walk the cells of tables marked data-walk (lists and entry grids). */
export function keys(): void {
  document.addEventListener('keydown', (event) => {
    const target = event.target as HTMLElement;
    const typing = target.matches('input:not([type=checkbox]):not([type=radio]),textarea,select');
    if (event.key === '/' && !typing && !event.ctrlKey && !event.metaKey) {
      const search = document.querySelector<HTMLInputElement>('[data-search] input');
      if (search) {
        event.preventDefault();
        search.focus();
        search.select();
      }
      return;
    }
    const table = target.closest('table[data-walk]');
    const step = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1], Enter: [1, 0] }[event.key];
    if (!table || !step) return;
    if (event.key === 'Enter' && !table.hasAttribute('data-walk-enter')) return;
    if (target.matches('select') && step[1] === 0 && event.key !== 'Enter') return;
    if (target instanceof HTMLInputElement && /^(text|tel|search|number)$/.test(target.type) && step[1] !== 0 && !atEdge(target, step[1]!))
      return;
    const goal = neighbour(target, step[0]!, step[1]!);
    if (!goal) return;
    event.preventDefault();
    goal.focus();
    if (goal instanceof HTMLInputElement && /^(text|tel|number)$/.test(goal.type)) goal.select();
  });
}

const FOCUSABLE = 'input:not([type=hidden]):not([disabled]),select:not([disabled]),textarea,button:not([disabled]),a[href]';

export function neighbour(from: HTMLElement, down: number, right: number): HTMLElement | null {
  const cell = from.closest<HTMLTableCellElement>('td,th');
  let row: HTMLTableRowElement | null = cell?.closest('tr') ?? null;
  if (!cell || !row) return null;
  let column = Array.from(row.cells).indexOf(cell);
  for (let guard = 0; guard < 400; guard++) {
    if (down !== 0) row = (down > 0 ? row?.nextElementSibling : row?.previousElementSibling) as HTMLTableRowElement | null;
    column += right;
    const goal = row?.cells?.[column];
    if (!goal) return null;
    const found = goal.querySelector<HTMLElement>(FOCUSABLE);
    if (found) return found;
  }
  return null;
}

function atEdge(input: HTMLInputElement, direction: number): boolean {
  if (input.type === 'number' || input.selectionStart === null) return true;
  if (input.selectionStart === 0 && input.selectionEnd === input.value.length) return true;
  return direction < 0 ? input.selectionEnd === 0 : input.selectionStart === input.value.length;
}
