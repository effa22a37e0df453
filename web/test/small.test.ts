import { describe, expect, it } from 'vitest';
import { readTable } from '../src/chart';
import { bulk } from '../src/parts/bulk';
import { copyFrom } from '../src/parts/copy';
import { neighbour } from '../src/parts/keys';

describe('small behaviours', () => {
  it('a chart reads the table people see', () => {
    document.body.innerHTML = `<table><thead><tr><th>club</th><th>wishes</th><th>fee</th></tr></thead>
      <tbody><tr><th>ball</th><td>1,031</td><td data-value="3.6">¥3.60</td></tr><tr><th>choir</th><td>–</td><td>¥0.00</td></tr></tbody></table>`;
    expect(readTable(document.querySelector('table')!)).toEqual({
      names: ['ball', 'choir'],
      series: [
        { name: 'wishes', values: [1031, null] },
        { name: 'fee', values: [3.6, 0] },
      ],
    });
  });

  it('picking rows: all, some, and how many', () => {
    document.body.innerHTML = `<form data-bulk><div data-bulk-bar hidden><b data-words data-picked="{0} picked"></b></div>
      <table><tr><th><input type="checkbox" data-pick-all></th></tr>
      ${[1, 2, 3].map((it) => `<tr><td><input type="checkbox" data-pick value="${it}"></td></tr>`).join('')}</table></form>`;
    bulk(document.body);
    const all = document.querySelector<HTMLInputElement>('[data-pick-all]')!;
    const boxes = Array.from(document.querySelectorAll<HTMLInputElement>('[data-pick]'));
    expect(document.querySelector<HTMLElement>('[data-bulk-bar]')!.hidden).toBe(true);
    all.click();
    expect(boxes.every((it) => it.checked)).toBe(true);
    expect(document.querySelector('[data-words]')!.textContent).toBe('3 picked');
    boxes[1]!.click();
    expect(all.indeterminate).toBe(true);
    expect(document.querySelector('[data-words]')!.textContent).toBe('2 picked');
  });

  it('arrow keys find the next field of an entry grid and step over empty cells', () => {
    document.body.innerHTML = `<table><tr><td><input id="a"></td><td>–</td><td><input id="b"></td></tr>
      <tr><td><input id="c"></td><td></td><td><input id="d" disabled></td></tr></table>`;
    const at = (id: string): HTMLElement => document.getElementById(id)!;
    expect(neighbour(at('a'), 0, 1)).toBe(at('b'));
    expect(neighbour(at('a'), 1, 0)).toBe(at('c'));
    expect(neighbour(at('b'), 1, 0)).toBeNull();
  });

  it('where copying is forbidden the text is left selected', async () => {
    document.body.innerHTML = '<textarea id="t">come and see</textarea>';
    Object.defineProperty(navigator, 'clipboard', { value: undefined, configurable: true });
    const box = document.querySelector('textarea')!;
    expect(await copyFrom(box)).toBe(false);
    expect(document.activeElement).toBe(box);
    expect(box.selectionEnd - box.selectionStart).toBe('come and see'.length);
  });
});
