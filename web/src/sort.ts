/** Dragging wishes by the grip, with a finger or the mouse. */
import Sortable from 'sortablejs';
import { changed } from './parts/rank';

export function draggable(root: Element): void {
  const lists = root.matches('[data-ranks]') ? [root] : Array.from(root.querySelectorAll('[data-ranks]'));
  lists.forEach((it) => {
    const list = it as HTMLElement;
    if (list.classList.contains('sortable')) return;
    list.classList.add('sortable');
    Sortable.create(list, {
      handle: '.grip',
      draggable: '.rank',
      animation: 120,
      ghostClass: 'rank-gap',
      chosenClass: 'rank-lifted',
      onEnd: (event) => {
        if (event.oldIndex !== event.newIndex) changed(list, event.item);
      },
    });
  });
}
