import { globSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { defineConfig, type Plugin } from 'vite';

const ROOT = import.meta.dirname;

/** The bundles browsers load: `main` on every page, `map`, `sheet`, `twin`, `plan` and `lage` where there is one. */
// oxlint-disable-next-line import/no-default-export -- Vite reads no other.
export default defineConfig({
  root: join(ROOT, 'src/browser'),
  base: '/',
  publicDir: false,
  plugins: [kernSubset(), icon(), precompress(), sweep()],
  build: {
    outDir: join(ROOT, 'dist/browser'),
    // Names carry a hash: an older build stays whole while a new one is written beside it.
    emptyOutDir: false,
    manifest: true,
    target: 'es2023',
    cssMinify: 'lightningcss',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1500,
    rolldownOptions: {
      input: { main: join(ROOT, 'src/browser/main.ts'), map: join(ROOT, 'src/browser/map.ts'), sheet: join(ROOT, 'src/browser/sheet.ts'), twin: join(ROOT, 'src/browser/twin.ts'), plan: join(ROOT, 'src/browser/plan.ts'), lage: join(ROOT, 'src/browser/lage.ts'), assistant: join(ROOT, 'src/browser/assistant.ts'), unterwegs: join(ROOT, 'src/browser/unterwegs.ts'), sw: join(ROOT, 'src/browser/sw.ts'), 'push-worker': join(ROOT, 'src/browser/push-worker.ts') },
    },
  },
});

/** KERN's CSS cut down to the classes our pages use, in a layer below our own styles. */
function kernSubset(): Plugin {
  return {
    name: 'kontor:kern-subset',
    enforce: 'pre',
    transform(code, id) {
      if (!id.split('?')[0]!.endsWith('@kern-ux/native/dist/kern.css')) return undefined;
      const sources = globSync('src/**/*.{ts,css}', { cwd: ROOT }).map((file) => readFileSync(join(ROOT, file), 'utf8')).join('\n');
      // The layer before it holds what must win over KERN's `!important`.
      return { code: `@layer above, kern;\n@layer kern {\n${withoutUnusedTokens(keepUsed(code, usedClasses(sources)), sources)}\n}`, map: null };
    },
  };
}

/** They carry the tokens of the themes. */
const ALWAYS = /^kern-(light|dark|layer|level-0)$/;

/** Class names in the sources; one that ends in a dash (`kern-alert--${kind}`) stands for all it begins. */
function usedClasses(sources: string): (name: string) => boolean {
  const found = new Set(sources.match(/\bkern-[a-zA-Z0-9_-]+/g));
  const beginnings = [...found].filter((name) => /[-_]$/.test(name));
  return (name) => ALWAYS.test(name) || found.has(name) || beginnings.some((beginning) => name.startsWith(beginning));
}

function keepUsed(css: string, used: (name: string) => boolean): string {
  return blocks(css.replace(/\/\*[\s\S]*?\*\//g, '').replace(/@charset[^;]*;/, '')).map(({ head, body }) => {
    if (head.startsWith('@media')) {
      const inner = keepUsed(body, used);
      return inner === '' ? '' : `${head}{${inner}}`;
    }
    const kept = selectors(head).filter((selector) => [...selector.matchAll(/\.(kern-[\w-]+)/g)].every(([, name]) => used(name!)));
    return kept.length === 0 ? '' : `${kept.join(',')}{${body}}`;
  }).join('');
}

/** Top-level `head{body}` blocks. KERN's CSS has no braces inside strings. */
function blocks(css: string): { head: string; body: string }[] {
  const found: { head: string; body: string }[] = [];
  let depth = 0;
  let start = 0;
  let open = 0;
  for (let i = 0; i < css.length; i++) {
    if (css[i] === '{' && depth++ === 0) open = i;
    if (css[i] === '}' && --depth === 0) {
      found.push({ head: css.slice(start, open).trim(), body: css.slice(open + 1, i) });
      start = i + 1;
    }
  }
  return found;
}

/** A list of selectors, split at its own commas only: those inside `:is()` belong to one selector. */
function selectors(head: string): string[] {
  const found = [''];
  let depth = 0;
  for (const sign of head) {
    depth += sign === '(' ? 1 : sign === ')' ? -1 : 0;
    if (sign === ',' && depth === 0) found.push('');
    else found[found.length - 1] += sign;
  }
  return found.map((selector) => selector.trim());
}

/** Drops custom properties nobody reads, until nothing changes: a token may be read by a dropped one only. */
function withoutUnusedTokens(css: string, sources: string): string {
  const declaration = /(--kern-[\w-]+)\s*:[^;}]*;?/g;
  let kept = css;
  for (;;) {
    const read = new Set([...`${kept}${sources}`.matchAll(/var\(\s*(--kern-[\w-]+)/g)].map(([, name]) => name));
    const next = kept.replace(declaration, (all, name: string) => (read.has(name) ? all : ''));
    if (next.length === kept.length) return kept;
    kept = next;
  }
}

/** Removes what earlier builds have left, once nobody can be loading it any more. */
function sweep(): Plugin {
  const keepMs = 3_600_000;
  return {
    name: 'kontor:sweep',
    apply: 'build',
    writeBundle(options, bundle) {
      for (const file of globSync('assets/*', { cwd: options.dir! })) {
        const path = join(options.dir!, file);
        if (!(file in bundle) && Date.now() - statSync(path).mtimeMs > keepMs) rmSync(path, { force: true });
      }
    },
  };
}

/** The mark for browser tabs, found in the manifest like everything else. */
function icon(): Plugin {
  return {
    name: 'kontor:icon',
    apply: 'build',
    buildStart() {
      this.emitFile({ type: 'asset', name: 'icon.svg', originalFileName: 'icon.svg', source: readFileSync(join(ROOT, 'src/browser/icon.svg')) });
    },
  };
}

/** Writes each text file a second and third time, compressed as far as it goes, for `assets.ts`. */
function precompress(): Plugin {
  return {
    name: 'kontor:precompress',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        for (const [fileName, output] of Object.entries(bundle)) {
          if (!/\.(m?js|css|svg|json|geojson)$/.test(fileName) || fileName.startsWith('.vite/')) continue;
          const bytes = Buffer.from(output.type === 'chunk' ? output.code : output.source);
          const brotli = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.byteLength } });
          this.emitFile({ type: 'asset', fileName: `${fileName}.br`, source: brotli });
          this.emitFile({ type: 'asset', fileName: `${fileName}.gz`, source: gzipSync(bytes, { level: 9 }) });
        }
      },
    },
  };
}
