import { beforeEach, describe, expect, it } from 'vitest';
import { keep, keyOf } from '../src/parts/keep';

const FORM = `<form id="sheet" data-keep="/sheet#sheet">
  <div data-keep-note hidden><button type="button" data-keep-drop>drop</button></div>
  <input type="hidden" name="_key" value="k1">
  <input name="name" value=""><input type="password" name="secret"><input name="code" autocomplete="one-time-code">
  <input name="id" data-private><input type="checkbox" name="day" value="1"><input type="checkbox" name="day" value="3">
  <select name="grade"><option value="">-</option><option value="2">2</option></select><textarea name="words"></textarea></form>`;

describe('typing is kept', () => {
  let now = 1_000_000;
  const field = <T extends HTMLElement>(name: string, nth = 0): T => document.querySelectorAll<T>(`[name="${name}"]`)[nth]!;
  const type = (name: string, value: string): void => {
    field<HTMLInputElement>(name).value = value;
    field(name).dispatchEvent(new Event('input', { bubbles: true }));
  };
  const open = (html = FORM, done = false): void => {
    document.body.innerHTML = html;
    document.body.toggleAttribute('data-done', done);
    keep(sessionStorage, () => now);
  };
  beforeEach(() => {
    sessionStorage.clear();
    now = 1_000_000;
    open();
  });

  it('comes back after the page was closed, with a note', () => {
    type('name', 'Lin');
    type('words', 'late on Tuesday');
    field<HTMLInputElement>('day', 1).checked = true;
    field('day', 1).dispatchEvent(new Event('input', { bubbles: true }));
    open();
    expect(field<HTMLInputElement>('name').value).toBe('Lin');
    expect(field<HTMLTextAreaElement>('words').value).toBe('late on Tuesday');
    expect(field<HTMLInputElement>('day', 0).checked).toBe(false);
    expect(field<HTMLInputElement>('day', 1).checked).toBe(true);
    expect(document.querySelector<HTMLElement>('[data-keep-note]')!.hidden).toBe(false);
  });

  it('never keeps passwords, codes, private or hidden fields', () => {
    type('secret', 'hush');
    type('code', '123456');
    type('id', '11010120100101001X');
    const stored = sessionStorage.getItem('keep:/sheet#sheet')!;
    for (const word of ['hush', '123456', '11010120100101001X', 'k1']) expect(stored).not.toContain(word);
  });

  it('a form refused by the server shows what the server sent back', () => {
    type('name', 'Lin');
    open(FORM.replace('<form', '<form data-refused="yes"').replace('name="name" value=""', 'name="name" value="Lin Zhixia"'));
    expect(field<HTMLInputElement>('name').value).toBe('Lin Zhixia');
  });

  it('is forgotten once the sent form is done', () => {
    type('name', 'Lin');
    document.querySelector('form')!.dispatchEvent(new Event('submit', { bubbles: true }));
    open(FORM, true);
    expect(field<HTMLInputElement>('name').value).toBe('');
    expect(sessionStorage.length).toBe(0);
  });

  it('survives a send that got no answer', () => {
    type('name', 'Lin');
    document.querySelector('form')!.dispatchEvent(new Event('submit', { bubbles: true }));
    open();
    expect(field<HTMLInputElement>('name').value).toBe('Lin');
  });

  it('is thrown away after twelve hours, and at a tap', () => {
    type('name', 'Lin');
    now += 12 * 60 * 60 * 1000 + 1;
    open();
    expect(field<HTMLInputElement>('name').value).toBe('');
    type('name', 'Chen');
    open();
    document.querySelector<HTMLElement>('[data-keep-drop]')!.click();
    expect(field<HTMLInputElement>('name').value).toBe('');
    expect(sessionStorage.getItem(keyOf(document.querySelector('form')!))).toBeNull();
  });
});
