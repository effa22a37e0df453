/**
 * Signing with a finger. The strokes go into a hidden field as an SVG text, so the same form posts them; no stroke, no value,
 * and the server refuses as for any empty field. Turning the phone keeps the strokes.
 */
import SignaturePad from 'signature_pad';

export function signatures(root: Element): void {
  const boxes = root.matches('[data-sign]') ? [root] : Array.from(root.querySelectorAll('[data-sign]'));
  boxes.forEach((box) => attach(box as HTMLElement));
}

function attach(box: HTMLElement): void {
  if (box.dataset['signReady']) return;
  box.dataset['signReady'] = 'yes';
  const canvas = box.querySelector('canvas');
  const field = box.querySelector<HTMLInputElement>('input[type=hidden]');
  if (!canvas || !field) return;
  const pad = new SignaturePad(canvas, { penColor: '#111', minWidth: 1, maxWidth: 2.8 });
  const fit = (): void => {
    const scale = Math.max(window.devicePixelRatio || 1, 1);
    const strokes = pad.toData();
    canvas.width = canvas.offsetWidth * scale;
    canvas.height = canvas.offsetHeight * scale;
    canvas.getContext('2d')?.scale(scale, scale);
    pad.clear();
    pad.fromData(strokes);
  };
  const note = (): void => {
    field.value = pad.isEmpty() ? '' : pad.toSVG();
    box.dispatchEvent(new Event('change', { bubbles: true }));
  };
  pad.addEventListener('endStroke', note);
  box.querySelector('[data-sign-clear]')?.addEventListener('click', () => {
    pad.clear();
    note();
  });
  window.addEventListener('resize', fit);
  fit();
}
