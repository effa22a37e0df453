/** A page as it lies on the device: AES-GCM under the key of the day, bound to its address, its day and its person. */
export interface Sealed {
  iv: Uint8Array<ArrayBuffer>;
  bytes: ArrayBuffer;
}

/** The key can be used on this device and not read out of it. */
export function dayKey(base64: string): Promise<CryptoKey> {
  const raw = Uint8Array.from(atob(base64), (it) => it.charCodeAt(0));
  return crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt']);
}

export async function seal(key: CryptoKey, about: string, text: string): Promise<Sealed> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const bytes = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: new TextEncoder().encode(about) }, key, new TextEncoder().encode(text));
  return { iv, bytes };
}

/** Throws where the key, the address, the day or the person is another. */
export async function open(key: CryptoKey, about: string, sealed: Sealed): Promise<string> {
  const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: sealed.iv, additionalData: new TextEncoder().encode(about) }, key, sealed.bytes);
  return new TextDecoder().decode(plain);
}

/** Whether this is the duty leader's code, by the slow trace that the device was given. */
export async function isLeaderCode(code: string, leader: { salt: string; rounds: number; check: string }): Promise<boolean> {
  const bytes = (hex: string): Uint8Array<ArrayBuffer> => Uint8Array.from(hex.match(/../g) ?? [], (it) => parseInt(it, 16));
  const base = await crypto.subtle.importKey('raw', new TextEncoder().encode(code), 'PBKDF2', false, ['deriveBits']);
  const made = await crypto.subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt: bytes(leader.salt), iterations: leader.rounds }, base, 256);
  return Array.from(new Uint8Array(made), (it) => it.toString(16).padStart(2, '0')).join('') === leader.check;
}
