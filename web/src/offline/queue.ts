import type { Act } from './act';

/** An act on this device. It stays until the server has answered for it; who did it never changes. */
export interface Kept {
  key: string;
  who: string;
  act: Act;
  state: 'waiting' | 'refused';
  /** Reasons by child; empty where nothing of the kind is this person's. */
  why?: Record<string, string>;
}

/** What the server said of one act. */
export interface Answer {
  key: string;
  answer: 'done' | 'refused' | 'not-found';
  refused: Record<string, string>;
}

/** The server takes 200 at a time; fewer are sooner answered on a bad network. */
const BATCH = 40;
const PAUSES = [2, 4, 8, 15, 30, 60];

/** Those of this person that wait, oldest first. Nobody else's: another's acts are never sent in this person's name. */
export function waiting(acts: Kept[], who: string): Kept[] {
  return acts.filter((it) => it.who === who && it.state === 'waiting').sort((a, b) => a.act.at.localeCompare(b.act.at) || a.key.localeCompare(b.key));
}

export function batch(acts: Kept[], who: string): Kept[] {
  return waiting(acts, who).slice(0, BATCH);
}

/** What becomes of acts by their answers: gone once done, kept with the reason where a child was refused, waiting where nothing was said of them. */
export function settle(acts: Kept[], answers: Answer[]): { gone: string[]; refused: Kept[] } {
  const gone: string[] = [];
  const refused: Kept[] = [];
  for (const answer of answers) {
    const act = acts.find((it) => it.key === answer.key);
    if (!act) continue;
    if (answer.answer === 'done') gone.push(act.key);
    else refused.push({ ...act, state: 'refused', why: answer.refused });
  }
  return { gone, refused };
}

/** Seconds until the next try, with a little chance so that a school's phones do not all come back at once. */
export function pause(tries: number, chance: number = Math.random()): number {
  return PAUSES[Math.min(tries, PAUSES.length - 1)]! * (0.75 + chance / 2);
}

/** The last word that waits about a list: a page that is opened again shows it. */
export function lastOn(acts: Kept[], who: string, kind: string, id: string): Kept | undefined {
  return waiting(acts, who)
    .filter((it) => it.act.act === kind && (it.act.session === id || it.act.schoolClass === id))
    .pop();
}

/** The same for one child that was let go. */
export function released(acts: Kept[], who: string, pupil: string): Kept | undefined {
  return waiting(acts, who).find(
    (it) => ((it.act.act === 'release' || it.act.act === 'walk') && it.act.pupil === pupil) || (it.act.act === 'line' && (it.act.present ?? []).includes(pupil)),
  );
}
