/**
 * Typing survives a dropped connection or a closed page: forms with data-keep are written to sessionStorage as they change.
 * Passwords, codes, files, hidden fields and anything marked data-private are never kept. A message that something is done
 * (data-done on the body) clears what was sent; nothing is kept longer than twelve hours.
 */
interface Kept {
  at: number;
  sent: boolean;
  values: Record<string, string[]>;
}

const PREFIX = 'keep:';
const LONGEST = 12 * 60 * 60 * 1000;

export function keep(storage: Storage = sessionStorage, now: () => number = Date.now): void {
  const done = document.body.hasAttribute('data-done');
  try {
    for (const key of Object.keys(storage).filter((it) => it.startsWith(PREFIX))) {
      const kept = read(storage, key);
      if (!kept || (done && kept.sent) || now() - kept.at > LONGEST) storage.removeItem(key);
    }
    document.querySelectorAll<HTMLFormElement>('form[data-keep]').forEach((form) => restore(form, storage));
  } catch {
    return; // Storage is switched off: nothing to keep, nothing to lose.
  }
  document.addEventListener('input', (event) => {
    const form = (event.target as Element).closest<HTMLFormElement>('form[data-keep]');
    if (form) write(form, storage, now(), false);
  });
  document.addEventListener('submit', (event) => {
    const form = event.target as HTMLFormElement;
    if (form.matches('form[data-keep]')) write(form, storage, now(), true);
  });
  document.addEventListener('click', (event) => {
    const button = (event.target as Element).closest<HTMLElement>('[data-keep-drop]');
    const form = button?.closest<HTMLFormElement>('form[data-keep]');
    if (!form) return;
    storage.removeItem(keyOf(form));
    form.reset();
    note(form, false);
  });
}

export function keyOf(form: HTMLFormElement): string {
  return PREFIX + (form.dataset['keep'] || location.pathname + '#' + (form.id || form.getAttribute('action') || ''));
}

type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

function fields(form: HTMLFormElement): Field[] {
  return Array.from(form.elements).filter(
    (it): it is Field =>
      /^(INPUT|SELECT|TEXTAREA)$/.test(it.tagName) &&
      !!(it as Field).name &&
      !it.hasAttribute('data-private') &&
      !/^(hidden|password|file|submit|button)$/.test((it as Field).type) &&
      !/one-time-code|password/.test(it.getAttribute('autocomplete') ?? ''),
  );
}

function values(form: HTMLFormElement): Record<string, string[]> {
  const all: Record<string, string[]> = {};
  for (const field of fields(form)) {
    const list = (all[field.name] ??= []);
    if (field instanceof HTMLInputElement && /^(checkbox|radio)$/.test(field.type)) {
      if (field.checked) list.push(field.value);
    } else if (field instanceof HTMLSelectElement && field.multiple) {
      list.push(...Array.from(field.selectedOptions, (it) => it.value));
    } else list.push(field.value);
  }
  return all;
}

function write(form: HTMLFormElement, storage: Storage, at: number, sent: boolean): void {
  try {
    storage.setItem(keyOf(form), JSON.stringify({ at, sent, values: values(form) } satisfies Kept));
  } catch {
    // Full or forbidden: the page works on without a safety net.
  }
}

function read(storage: Storage, key: string): Kept | null {
  try {
    return JSON.parse(storage.getItem(key) ?? 'null') as Kept | null;
  } catch {
    return null;
  }
}

function restore(form: HTMLFormElement, storage: Storage): void {
  const kept = read(storage, keyOf(form));
  // A refused form comes back from the server with what was typed; that is newer than ours.
  if (!kept || form.hasAttribute('data-refused')) return;
  const before = JSON.stringify(values(form));
  const used: Record<string, number> = {};
  for (const field of fields(form)) {
    const list = kept.values[field.name];
    if (!list) continue;
    if (field instanceof HTMLInputElement && /^(checkbox|radio)$/.test(field.type)) field.checked = list.includes(field.value);
    else if (field instanceof HTMLSelectElement && field.multiple)
      Array.from(field.options).forEach((it) => (it.selected = list.includes(it.value)));
    else {
      const index = used[field.name] ?? 0;
      used[field.name] = index + 1;
      if (list[index] !== undefined) field.value = list[index];
    }
  }
  note(form, before !== JSON.stringify(values(form)));
}

function note(form: HTMLFormElement, shown: boolean): void {
  const element = form.querySelector<HTMLElement>('[data-keep-note]');
  if (element) element.hidden = !shown;
}
