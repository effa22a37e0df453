import { describe, expect, it } from 'vitest';
import { moved } from '../src/board';

describe('board', () => {
  const page = (): HTMLElement => {
    document.body.innerHTML = `
      <form data-board>
        <section data-column="A"><ul data-cards><li data-seat="s1"><select name="move"><option value=""></option><option value="s1:B">B</option></select></li></ul></section>
        <section data-column="B"><ul data-cards></ul></section>
      </form>`;
    return document.querySelector<HTMLElement>('[data-seat]')!;
  };

  it('writes where a card was dragged to', () => {
    const card = page();
    moved(card, document.querySelector('[data-column="B"] [data-cards]')!);
    expect(card.querySelector('select')!.value).toBe('s1:B');
  });

  it('takes it back at home', () => {
    const card = page();
    moved(card, document.querySelector('[data-column="B"] [data-cards]')!);
    moved(card, document.querySelector('[data-column="A"] [data-cards]')!);
    expect(card.querySelector('select')!.value).toBe('');
  });
});
