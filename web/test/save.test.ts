import { beforeEach, describe, expect, it, vi } from 'vitest';
import { freshKey, keyFor, save, show } from '../src/parts/save';

const PAGE = `<form id="sheet" data-save="yes"><input type="hidden" name="_key" value="server"><input type="hidden" name="_csrf" value="c1">
  <input name="until" value="both"></form>
  <span data-save-state="sheet" data-saving="saving" data-saved="saved {0}" data-offline="offline" data-failed="failed" data-refused="mend">
  <span data-words></span><button data-retry hidden>again</button></span>`;

describe('saving as you go', () => {
  const form = (): HTMLFormElement => document.querySelector('form')!;
  const mark = (): HTMLElement => document.querySelector('[data-save-state]')!;
  const htmx = (name: string, detail: object): boolean =>
    form().dispatchEvent(new CustomEvent(`htmx:${name}`, { bubbles: true, detail: { elt: form(), ...detail } }));
  save();
  beforeEach(() => {
    document.body.innerHTML = PAGE;
  });

  it('says where it stands, with the time', () => {
    show(form(), 'saved', new Date(2026, 8, 15, 18, 2));
    expect(mark().querySelector('[data-words]')!.textContent).toBe('saved 18:02');
    expect(mark().dataset['state']).toBe('saved');
  });

  it('the same content keeps its key, new content gets a new one', () => {
    const first = keyFor(form());
    expect(keyFor(form())).toBe(first);
    form().querySelector<HTMLInputElement>('[name=until]')!.value = 'first';
    const second = keyFor(form());
    expect(second).not.toBe(first);
    form().querySelector<HTMLInputElement>('[name=_csrf]')!.value = 'c2';
    expect(keyFor(form())).toBe(second);
  });

  it('keys are random version-4 UUIDs', () => {
    const keys = new Set(Array.from({ length: 200 }, freshKey));
    expect(keys.size).toBe(200);
    for (const key of keys) expect(key).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('puts its key into the request', () => {
    const parameters = new FormData(form());
    htmx('configRequest', { parameters });
    expect(parameters.get('_key')).not.toBe('server');
    expect(parameters.get('_key')).toBe(keyFor(form()));
  });

  it('a lost answer is tried again with the same key until it is saved', () => {
    vi.useFakeTimers();
    const tries = vi.fn();
    form().addEventListener('save', tries);
    const key = keyFor(form());
    htmx('afterRequest', { successful: false, xhr: { status: 0 } });
    expect(mark().dataset['state']).toBe('offline');
    expect(mark().querySelector<HTMLElement>('[data-retry]')!.hidden).toBe(false);
    vi.advanceTimersByTime(3000);
    expect(tries).toHaveBeenCalledTimes(1);
    expect(keyFor(form())).toBe(key);
    htmx('afterRequest', { successful: false, xhr: { status: 503 } });
    expect(mark().dataset['state']).toBe('failed');
    window.dispatchEvent(new Event('online'));
    expect(tries).toHaveBeenCalledTimes(2);
    htmx('afterRequest', { successful: true, xhr: { status: 200 } });
    expect(mark().dataset['state']).toBe('saved');
    vi.advanceTimersByTime(120_000);
    expect(tries).toHaveBeenCalledTimes(2);
    vi.useRealTimers();
  });

  it('a refusal is not tried again and swaps the form, so the faults stand at their fields', () => {
    const detail: Record<string, unknown> = { elt: form(), xhr: { status: 422 } };
    form().dispatchEvent(new CustomEvent('htmx:beforeSwap', { bubbles: true, detail }));
    expect(detail).toMatchObject({ swapOverride: 'morph', selectOverride: '#sheet', shouldSwap: true });
    htmx('afterRequest', { successful: true, xhr: { status: 422 } });
    expect(mark().dataset['state']).toBe('refused');
  });
});
