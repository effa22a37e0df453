import { beforeEach, describe, expect, it, vi } from 'vitest';
import { changed, move, order, rank } from '../src/parts/rank';

const row = (id: string): string =>
  `<li class="rank"><input type="hidden" name="wish" value="${id}"><span class="rank-words"><b>club ${id}</b></span>
   <button type="submit" data-rank="up">up</button><button type="submit" data-rank="down">down</button><button type="submit" data-rank="out">out</button></li>`;

describe('wishes in order', () => {
  let list: HTMLElement;
  beforeEach(() => {
    document.body.innerHTML = `<form><div><p data-rank-live data-moved="{0} is {1}" data-removed="{0} gone"></p>
      <ol data-ranks>${['a', 'b', 'c'].map(row).join('')}</ol></div></form>`;
    list = document.querySelector('ol')!;
    rank(document.body);
  });

  const press = (id: string, what: string): void => {
    const button = list.querySelector(`input[value="${id}"]`)!.closest('li')!.querySelector<HTMLElement>(`[data-rank="${what}"]`)!;
    button.click();
  };

  it('an arrow moves a wish by one place', () => {
    press('c', 'up');
    expect(order(list)).toEqual(['a', 'c', 'b']);
    press('a', 'down');
    expect(order(list)).toEqual(['c', 'a', 'b']);
  });

  it('the first cannot go up, the last cannot go down', () => {
    press('a', 'up');
    press('c', 'down');
    expect(order(list)).toEqual(['a', 'b', 'c']);
  });

  it('the cross takes a wish out of what the form sends', () => {
    press('b', 'out');
    expect(new FormData(document.querySelector('form')!).getAll('wish')).toEqual(['a', 'c']);
  });

  it('a move is told to the ear and to the form that saves as you go', () => {
    const heard = vi.fn();
    document.querySelector('form')!.addEventListener('change', heard);
    press('b', 'up');
    expect(document.querySelector('[data-rank-live]')!.textContent).toBe('club b is 1');
    expect(heard).toHaveBeenCalledTimes(1);
    press('b', 'out');
    expect(document.querySelector('[data-rank-live]')!.textContent).toBe('club b gone');
  });

  it('a move that changes nothing says nothing', () => {
    const heard = vi.fn();
    document.querySelector('form')!.addEventListener('change', heard);
    press('a', 'up');
    expect(heard).not.toHaveBeenCalled();
    expect(move(list.firstElementChild as HTMLElement, 'sideways')).toBe(false);
    changed(list, list.firstElementChild as HTMLElement);
    expect(heard).toHaveBeenCalledTimes(1);
  });
});
