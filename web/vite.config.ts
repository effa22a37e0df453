import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build, defineConfig, type Plugin } from 'vite';
import { fonts } from './fonts.ts';
import { sprite } from './icons.ts';

const here = import.meta.dirname ?? new URL('.', import.meta.url).pathname;
const out = resolve(here, process.env['AFTERBELL_ASSETS'] ?? '../target/classes/static/assets');

/**
 * Writes the icon sprite and our mark, and names every entry in manifest.json as the templates ask for it:
 * app.ts, app.css, icons.svg, favicon.svg, ... A template that asks for a name not listed here is a bug.
 */
function faceManifest(): Plugin {
  return {
    name: 'afterbell-face-manifest',
    apply: 'build',
    async closeBundle() {
      mkdirSync(out, { recursive: true });
      const path = join(out, 'manifest.json');
      const manifest = JSON.parse(readFileSync(path, 'utf8')) as Manifest;
      for (const [key, entry] of Object.entries(manifest)) {
        if (key.endsWith('.scss')) {
          manifest[key.replace(/\.scss$/, '.css')] = entry;
          delete manifest[key];
        }
      }
      const put = (name: string, content: string | Buffer): void => {
        const hash = createHash('sha256').update(content).digest('hex').slice(0, 8);
        const file = name.replace(/(\.\w+)$/, `-${hash}$1`);
        writeFileSync(join(out, file), content);
        manifest[name] = { file, src: name };
      };
      put('icons.svg', sprite(join(here, 'node_modules/@tabler/icons/icons')));
      put('favicon.svg', readFileSync(join(here, 'mark/favicon.svg')));
      put('touch-icon.png', readFileSync(join(here, 'mark/touch-icon.png')));
      const app = readFileSync(join(here, 'mark/manifest.webmanifest'), 'utf8');
      put('manifest.webmanifest', app.replace(/"src": "([\w.-]+)"/g, (_, name: string) => `"src": "/assets/${manifest[name]!.file}"`));
      writeFileSync(path, JSON.stringify(manifest, null, 2) + '\n');
      fonts(join(here, 'node_modules'), resolve(out, '../../fonts'));
      await worker(manifest);
    },
  };
}

type Manifest = Record<string, { file: string; src?: string; imports?: string[]; dynamicImports?: string[] }>;

/** Files that the screens of the afternoon need, by name in the manifest. */
const OF_THE_AFTERNOON = ['app.ts', 'app.css', 'style.css', 'offline/duty.ts', 'offline/shelf.ts', 'icons.svg', 'favicon.svg', 'manifest.webmanifest'];

/**
 * The service worker: one plain script under one name, because its address must never change. It knows its release and the files of it; any change of a file
 * is another release.
 */
async function worker(manifest: Manifest): Promise<void> {
  const files = new Set<string>();
  const take = (name: string): void => {
    const entry = manifest[name];
    if (!entry || files.has(`/assets/${entry.file}`)) return;
    files.add(`/assets/${entry.file}`);
    entry.imports?.forEach(take);
  };
  OF_THE_AFTERNOON.forEach(take);
  const release = createHash('sha256').update([...files].sort().join()).digest('hex').slice(0, 12);
  await build({
    configFile: false,
    root: join(here, 'src'),
    publicDir: false,
    logLevel: 'warn',
    define: { __RELEASE__: JSON.stringify(release), __FILES__: JSON.stringify([...files]) },
    build: {
      outDir: out,
      emptyOutDir: false,
      target: TARGET,
      rollupOptions: { input: join(here, 'src/sw.ts'), output: { format: 'iife', entryFileNames: 'sw.js' } },
    },
  });
}

// Phones five years old, and the browser inside chat apps, which lags behind.
const TARGET = ['chrome87', 'safari14', 'firefox90'];

export default defineConfig({
  root: join(here, 'src'),
  base: '/assets/',
  publicDir: false,
  plugins: [faceManifest()],
  css: { preprocessorOptions: { scss: { loadPaths: [join(here, 'node_modules')], quietDeps: true } } },
  build: {
    outDir: out,
    emptyOutDir: true,
    assetsDir: '',
    manifest: 'manifest.json',
    modulePreload: false,
    target: TARGET,
    cssTarget: TARGET,
    chunkSizeWarningLimit: 600,
    rollupOptions: {
      // htmx holds an eval that allowEval:false keeps shut; the content security policy forbids it as well.
      onwarn(warning, warn) {
        if (warning.code !== 'EVAL') warn(warning);
      },
      input: Object.fromEntries(
        ['app.ts', 'app.scss', 'chart.ts', 'sign.ts', 'sort.ts', 'scan.ts'].map((name) => [
          name.endsWith('.scss') ? 'style' : name.replace(/\.ts$/, ''),
          join(here, 'src', name),
        ]),
      ),
      output: {
        entryFileNames: '[name]-[hash].js',
        chunkFileNames: '[name]-[hash].js',
        assetFileNames: '[name]-[hash][extname]',
      },
    },
  },
  test: {
    root: here,
    environment: 'jsdom',
    include: ['test/**/*.test.ts'],
  },
} as Parameters<typeof defineConfig>[0]);
