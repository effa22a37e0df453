import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';

/**
 * The typefaces of printed pages, as TrueType files where the program looks for them. The screen uses the fonts of its system.
 * Noto Sans SC sets the text; LXGW WenKai has the rare characters of names that the first one lacks. Both under the SIL Open Font License.
 */
export function fonts(modules: string, out: string): void {
  mkdirSync(out, { recursive: true });
  const noto = join(modules, '@expo-google-fonts/noto-sans-sc');
  const wenkai = join(modules, '@fontsource/lxgw-wenkai');
  copyFileSync(join(noto, '400Regular/NotoSansSC_400Regular.ttf'), join(out, 'text.ttf'));
  copyFileSync(join(noto, 'LICENSE_FONT'), join(out, 'text.licence.txt'));
  writeFileSync(join(out, 'rare.ttf'), unpacked(readFileSync(join(wenkai, 'files/lxgw-wenkai-latin-500-normal.woff'))));
  copyFileSync(join(wenkai, 'LICENSE'), join(out, 'rare.licence.txt'));
}

/** A WOFF 1.0 file (W3C, 2012) is a TrueType file whose tables are deflated one by one; this puts them back. */
export function unpacked(woff: Buffer): Buffer {
  if (woff.toString('latin1', 0, 4) !== 'wOFF') throw new Error('not a WOFF 1.0 font');
  const count = woff.readUInt16BE(12);
  const power = 2 ** Math.floor(Math.log2(count));
  const directory = Buffer.alloc(12 + 16 * count);
  woff.copy(directory, 0, 4, 8);
  directory.writeUInt16BE(count, 4);
  directory.writeUInt16BE(power * 16, 6);
  directory.writeUInt16BE(Math.log2(power), 8);
  directory.writeUInt16BE((count - power) * 16, 10);
  const parts: Buffer[] = [directory];
  let at = directory.length;
  for (let i = 0; i < count; i++) {
    const entry = 44 + 20 * i;
    const line = 12 + 16 * i;
    const offset = woff.readUInt32BE(entry + 4);
    const packed = woff.readUInt32BE(entry + 8);
    const length = woff.readUInt32BE(entry + 12);
    const raw = woff.subarray(offset, offset + packed);
    const table = packed < length ? inflateSync(raw) : raw;
    if (table.length !== length) throw new Error('a font table is damaged');
    woff.copy(directory, line, entry, entry + 4);
    woff.copy(directory, line + 4, entry + 16, entry + 20);
    directory.writeUInt32BE(at, line + 8);
    directory.writeUInt32BE(length, line + 12);
    parts.push(table, Buffer.alloc((4 - (length % 4)) % 4));
    at += length + ((4 - (length % 4)) % 4);
  }
  return Buffer.concat(parts);
}
