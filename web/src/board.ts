/** Children dragged from one section to another: the card moves, and its own choice field says where to. Without this code the field alone does it. */
import Sortable from 'sortablejs';

export function boards(root: Element): void {
  const all = root.matches('[data-board]') ? [root] : Array.from(root.querySelectorAll('[data-board]'));
  all.forEach((board) => {
    board.querySelectorAll<HTMLElement>('[data-cards]').forEach((list) => {
      if (list.dataset['boardReady']) return;
      list.dataset['boardReady'] = 'yes';
      Sortable.create(list, {
        group: 'seats',
        sort: false,
        draggable: '[data-seat]',
        filter: 'select',
        preventOnFilter: false,
        animation: 120,
        delay: 150,
        delayOnTouchOnly: true,
        onEnd: (event) => moved(event.item, event.to),
      });
    });
  });
}

/** Sets the card's choice to the column it now stands in; empty where it stands at home again. */
export function moved(card: HTMLElement, to: Element): void {
  const select = card.querySelector('select');
  const column = to.closest<HTMLElement>('[data-column]')?.dataset['column'] ?? '';
  const seat = card.dataset['seat'] ?? '';
  if (!select) return;
  const value = `${seat}:${column}`;
  select.value = Array.from(select.options).some((option) => option.value === value) ? value : '';
}
