/**
 * Reading a QR code with the camera. The picture never leaves the device; only the text found goes into the form's field, and the
 * form is sent. Where the camera is refused or missing, the typed field beside it stays the way in.
 */
import jsQR from 'jsqr';

export function scanners(root: Element): void {
  const boxes = root.matches('[data-scan]') ? [root] : Array.from(root.querySelectorAll('[data-scan]'));
  boxes.forEach((box) => attach(box as HTMLElement));
}

function attach(box: HTMLElement): void {
  if (box.dataset['scanReady']) return;
  box.dataset['scanReady'] = 'yes';
  const video = box.querySelector('video');
  const button = box.querySelector<HTMLElement>('[data-scan-start]');
  const field = box.closest('form')?.querySelector<HTMLInputElement>('[data-scan-field]');
  if (!video || !button || !field) return;
  if (!navigator.mediaDevices?.getUserMedia) {
    button.hidden = true;
    return;
  }
  button.addEventListener('click', () => {
    void navigator.mediaDevices
      .getUserMedia({ video: { facingMode: 'environment' }, audio: false })
      .then(async (stream) => {
        video.srcObject = stream;
        video.hidden = false;
        await video.play();
        const text = await read(video);
        stream.getTracks().forEach((it) => it.stop());
        video.hidden = true;
        if (text === null) return;
        field.value = text;
        box.closest('form')?.requestSubmit();
      })
      .catch(() => {
        button.hidden = true;
        field.focus();
      });
  });
}

/** Looks at about eight pictures a second for at most a minute. */
async function read(video: HTMLVideoElement): Promise<string | null> {
  const canvas = document.createElement('canvas');
  const paper = canvas.getContext('2d', { willReadFrequently: true });
  const until = performance.now() + 60_000;
  while (paper && performance.now() < until && video.isConnected) {
    await new Promise((next) => setTimeout(next, 120));
    if (video.videoWidth === 0) continue;
    canvas.width = video.videoWidth;
    canvas.height = video.videoHeight;
    paper.drawImage(video, 0, 0);
    const found = jsQR(paper.getImageData(0, 0, canvas.width, canvas.height).data, canvas.width, canvas.height);
    if (found?.data) return found.data;
  }
  return null;
}
