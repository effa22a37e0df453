import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { defineConfig, type Plugin } from 'vite';
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
    closeBundle() {
      mkdirSync(out, { recursive: true });
      const path = join(out, 'manifest.json');
      const manifest = JSON.parse(readFileSync(path, 'utf8')) as Record<string, { file: string; src?: string }>;
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
    },
  };
}

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
    // Phones five years old, and the browser inside chat apps, which lags behind.
    target: ['chrome87', 'safari14', 'firefox90'],
    cssTarget: ['chrome87', 'safari14', 'firefox90'],
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
