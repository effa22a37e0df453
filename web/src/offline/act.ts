/** What a person did on a screen of the afternoon, as the server reads it: ids, an hour by this device's clock, words of closed lists. Never a name. */
export interface Act {
  act: string;
  key: string;
  at: string;
  /** Of when the list was that the person went by, by this device's clock. */
  seen: string;
  session?: string;
  schoolClass?: string;
  pupil?: string;
  present?: string[];
  absent?: string[];
  word?: string;
  adult?: string;
  code?: string;
}

const SESSION = /\/(?:sessions|lines)\/([0-9a-f-]{36})\//;
const PUPIL = /\/gate\/([0-9a-f-]{36})\//;

/** Reads the act off a form as it stands; null where something is missing that the act needs, so that the server can say so in words. */
export function actOf(form: HTMLFormElement, pressed: HTMLElement | null, key: string, at: Date, seen: Date): Act | null {
  const fields = new FormData(form);
  const button = pressed as HTMLButtonElement | null;
  const value = (name: string): string => (button?.name === name ? button.value : String(fields.get(name) ?? ''));
  const all = (name: string): string[] => fields.getAll(name).map(String).filter((it) => it !== '');
  const action = form.getAttribute('action') ?? '';
  const session = form.dataset['session'] ?? SESSION.exec(action)?.[1] ?? '';
  const pupil = value('pupil') || PUPIL.exec(action)?.[1] || '';
  const kind = form.dataset['act'] ?? '';
  const base = { act: kind, key, at: at.toISOString(), seen: seen.toISOString() };
  switch (kind) {
    case 'roll': {
      const absent = all('absent');
      const present = [...all('child').filter((it) => !absent.includes(it)), ...all('here'), ...(pupil ? [pupil] : [])];
      return session && present.length + absent.length > 0 ? { ...base, session, present: [...new Set(present)], absent } : null;
    }
    case 'hand-over': {
      const schoolClass = form.dataset['class'] ?? '';
      const absent = all('absent');
      const present = all('child').filter((it) => !absent.includes(it));
      return schoolClass && present.length + absent.length > 0 ? { ...base, schoolClass, present, absent } : null;
    }
    case 'out':
      return session && pupil && value('where') ? { ...base, session, pupil, word: value('where') } : null;
    case 'back':
    case 'elsewhere':
      return session && pupil ? { ...base, session, pupil } : null;
    case 'trace':
      return session && pupil && value('step') ? { ...base, session, pupil, word: value('step') } : null;
    case 'line': {
      const absent = all('stays');
      const present = all('child').filter((it) => !absent.includes(it));
      return session && present.length > 0 ? { ...base, session, present, absent } : null;
    }
    case 'release': {
      const [child = '', to = ''] = value('hand') ? value('hand').split('.') : [pupil, value('adult')];
      if (!child || !to) return null;
      return to === 'walk' ? { ...base, act: 'walk', pupil: child } : { ...base, pupil: child, adult: to };
    }
    case 'walk':
      return pupil ? { ...base, pupil } : null;
    default:
      return null;
  }
}
