/** Copies the text of a box; where the browser forbids it, selects the text and says to press long. */
export function copy(): void {
  document.addEventListener('click', (event) => {
    const button = (event.target as Element).closest<HTMLElement>('[data-copy]');
    if (!button) return;
    const box = document.getElementById(button.dataset['copy'] ?? '');
    if (!(box instanceof HTMLTextAreaElement || box instanceof HTMLInputElement)) return;
    event.preventDefault();
    void copyFrom(box).then((copied) => tell(button, copied));
  });
}

export async function copyFrom(box: HTMLTextAreaElement | HTMLInputElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(box.value);
    return true;
  } catch {
    box.focus();
    box.select();
    box.setSelectionRange(0, box.value.length);
    try {
      return document.execCommand('copy');
    } catch {
      return false;
    }
  }
}

function tell(button: HTMLElement, copied: boolean): void {
  const words = button.parentElement?.querySelector<HTMLElement>('[data-copy-words]');
  if (words) words.textContent = (copied ? words.dataset['copied'] : words.dataset['manual']) ?? '';
}
