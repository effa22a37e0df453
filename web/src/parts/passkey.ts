/**
 * Passkeys. A form with data-passkey="create" or "get" stays hidden unless this browser can do it (WeChat's can't); on sending it asks data-options for
 * the challenge, lets the browser make or prove a key, and sends the answer in the field "credential" as a plain form.
 */
type Json = Record<string, unknown>;

const bytes = (letters: string): ArrayBuffer => {
  const text = atob(letters.replace(/-/g, '+').replace(/_/g, '/'));
  return Uint8Array.from(text, (c) => c.charCodeAt(0)).buffer;
};

const letters = (buffer: ArrayBuffer | null): string | undefined => {
  if (!buffer) return undefined;
  return btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
};

const keys = (list: unknown): PublicKeyCredentialDescriptor[] => (list as Json[]).map((k) => ({ type: 'public-key', id: bytes(k['id'] as string) }));

async function made(options: Json): Promise<Json> {
  const user = options['user'] as Json;
  const credential = (await navigator.credentials.create({
    publicKey: {
      ...options,
      challenge: bytes(options['challenge'] as string),
      user: { ...user, id: bytes(user['id'] as string) },
      excludeCredentials: keys(options['excludeCredentials']),
    } as PublicKeyCredentialCreationOptions,
  })) as PublicKeyCredential;
  const answer = credential.response as AuthenticatorAttestationResponse;
  return whole(credential, { attestationObject: letters(answer.attestationObject), transports: answer.getTransports?.() ?? [] });
}

async function proved(options: Json): Promise<Json> {
  const credential = (await navigator.credentials.get({
    publicKey: { ...options, challenge: bytes(options['challenge'] as string), allowCredentials: [] } as PublicKeyCredentialRequestOptions,
  })) as PublicKeyCredential;
  const answer = credential.response as AuthenticatorAssertionResponse;
  return whole(credential, { authenticatorData: letters(answer.authenticatorData), signature: letters(answer.signature), userHandle: letters(answer.userHandle) });
}

function whole(credential: PublicKeyCredential, response: Json): Json {
  return {
    id: credential.id,
    rawId: letters(credential.rawId),
    type: credential.type,
    clientExtensionResults: {},
    response: { ...response, clientDataJSON: letters(credential.response.clientDataJSON) },
  };
}

async function send(form: HTMLFormElement): Promise<void> {
  const words = form.querySelector<HTMLElement>('[data-passkey-words]');
  if (words) words.textContent = '';
  const asked = await fetch(form.dataset['options']!, { method: 'POST', body: new URLSearchParams(new FormData(form) as unknown as Record<string, string>) });
  // A refusal is told by the page itself: the form goes out as it is, and comes back with the fault at its field.
  if (asked.ok) {
    const options = (await asked.json()) as Json;
    const credential = form.dataset['passkey'] === 'create' ? await made(options) : await proved(options);
    (form.elements.namedItem('credential') as HTMLInputElement).value = JSON.stringify(credential);
  } else if (asked.status !== 422) {
    throw new Error('refused');
  }
  form.submit();
}

export function passkey(): void {
  if (!window.isSecureContext || !('PublicKeyCredential' in window) || !navigator.credentials) return;
  document.querySelectorAll<HTMLElement>('[data-passkey-only]').forEach((e) => (e.hidden = false));
  document.querySelectorAll<HTMLElement>('[data-passkey-missing]').forEach((e) => (e.hidden = true));
  document.addEventListener('submit', (event) => {
    const form = event.target as HTMLFormElement;
    if (!form.dataset['passkey']) return;
    event.preventDefault();
    send(form).catch(() => {
      const words = form.querySelector<HTMLElement>('[data-passkey-words]');
      if (words) words.textContent = words.dataset['failed'] ?? '';
    });
  });
}
