/**
 * A roll: each child is a box that is empty while the child is there. The figures and the words of the button follow every tap, so that what is about to
 * be said stands where the thumb is. data-words and data-all are sentences with places {0} and {1}.
 */
function follow(form: HTMLFormElement): void {
  const absent = form.querySelectorAll('input[name="absent"]:checked').length;
  const extra = form.querySelectorAll('input[name="here"]:checked').length;
  const present = form.querySelectorAll('input[name="absent"]').length - absent + extra;
  const put = (selector: string, text: string): void => form.querySelectorAll(selector).forEach((spot) => (spot.textContent = text));
  put('[data-roll-present]', String(present));
  put('[data-roll-absent]', String(absent));
  // Nobody missing is no danger.
  form.querySelectorAll('[data-roll-absent]').forEach((spot) => spot.parentElement?.classList.toggle('tally-absent', absent > 0));
  const words = (absent === 0 ? form.dataset['all'] : form.dataset['words']) ?? '';
  put('[data-roll-words]', words.replace('{0}', String(present)).replace('{1}', String(absent)));
}

export function roll(): void {
  document.addEventListener('change', (event) => {
    const form = (event.target as Element).closest<HTMLFormElement>('form[data-roll]');
    if (form) follow(form);
  });
  // Coming back by the browser's arrow brings the taps back without an event.
  window.addEventListener('pageshow', () => document.querySelectorAll<HTMLFormElement>('form[data-roll]').forEach(follow));
}
