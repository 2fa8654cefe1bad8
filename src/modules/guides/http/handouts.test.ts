import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { createTypesetter } from '../../../platform/documents/typesetter.ts';
import type { GetPage } from '../../../platform/http/route.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import { loadServices } from '../../catalogue/public.ts';
import type { GuidesContext } from '../application/context.ts';
import { handoutPages } from './handout-pages.ts';

const NOW = Temporal.Instant.from('2026-11-30T09:00:00Z');
const same = (text: string) => ({ de: text, en: text, leicht: text });
const ADVICE = { key: 'pin', title: same('PIN setzen'), lead: same('Die App hilft.'), steps: [same('App öffnen.')], path: '/online-ausweis?weg=pin' };

async function pagesOf(adviceSheets?: GuidesContext['adviceSheets']) {
  const services = await loadServices(join(import.meta.dirname, '../../../../services'), Temporal.PlainDate.from('2026-11-30'));
  const typesetter = createTypesetter({ clock: () => NOW });
  const desk = { services, current: (key: string) => services.packages.get(key), offered: () => [...services.packages.values()] };
  const ctx = {
    desk,
    typesetter,
    settings: { env: 'demo', publicUrl: 'https://stadt.example', city: 'Demo-Stadt' },
    ...(adviceSheets && { adviceSheets }),
  } as unknown as GuidesContext;
  const view = { lang: 'de', actor: { kind: 'anonymous' }, url: '/', demo: true, now: NOW, theme: 'auto' } as PageView;
  const [choose, print] = handoutPages(ctx, () => view) as GetPage[];
  const ask = (page: GetPage, query: string) => page.handle({ lang: 'de', now: NOW, query: new URLSearchParams(query), params: {} } as never);
  return { choose: () => ask(choose!, ''), print: (query: string) => ask(print!, query) };
}

function text(pdf: Uint8Array): { readonly words: string; readonly info: string } {
  const directory = mkdtempSync(join(tmpdir(), 'kontor-handout-'));
  const file = join(directory, 'a.pdf');
  writeFileSync(file, pdf);
  try {
    const run = (tool: string, ...args: string[]): string => execFileSync(tool, args, { encoding: 'utf8' });
    return { words: run('pdftotext', '-layout', file, '-'), info: run('pdfinfo', file) };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

describe('handouts', () => {
  it('say what is needed and where to begin, in three languages and in large print, tagged', async () => {
    const { print } = await pagesOf();
    for (const [lang, word] of [
      ['de', /Das brauchen Sie[\s\S]*Chipnummer/],
      ['en', /What you need[\s\S]*chip number/],
      ['leicht', /Das brauchen Sie[\s\S]*Nummer vom Chip/],
    ] as const) {
      for (const size of ['normal', 'gross']) {
        const answer = await print(`blatt=leistung:hund&sprache=${lang}&schrift=${size}&ziel=antrag`);
        assert.equal(answer.kind, 'file');
        if (answer.kind !== 'file') continue;
        const { words, info } = text(answer.bytes);
        assert.match(words, word);
        assert.match(words.replaceAll(/[\s\u200b\u00ad]/g, ''), new RegExp(`stadt\\.example/antrag/neu/hund\\?lang=${lang}`));
        assert.match(info, /Tagged:\s+yes/);
        assert.ok(Number(/Pages:\s+(\d)/.exec(info)![1]) <= (size === 'gross' ? 2 : 1), `${lang} ${size}`);
      }
    }
  });

  it('offer the ends of the Online-Ausweis helper only where there are some', async () => {
    const without = await pagesOf();
    assert.doesNotMatch(String(((await without.choose()) as { body: unknown }).body), /Online-Ausweis: /);
    assert.equal(((await without.print('blatt=ausweis:pin')) as { status?: number }).status, 422);
    const { choose, print } = await pagesOf(() => [ADVICE]);
    assert.match(String(((await choose()) as { body: unknown }).body), /Online-Ausweis: PIN setzen/);
    const answer = await print('blatt=ausweis:pin&sprache=leicht');
    assert.ok(answer.kind === 'file');
    assert.match(text(answer.bytes).words.replaceAll(/[\s\u200b\u00ad]/g, ''), /stadt\.example\/online-ausweis\?weg=pin&lang=leicht/);
  });
});
