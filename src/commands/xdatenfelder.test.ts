import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, it } from 'node:test';
import { xdatenfelderCommand } from './xdatenfelder.ts';

const folder = mkdtempSync(join(tmpdir(), 'kontor-xdf-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const path = (name: string): string => join(folder, name);

async function run(...args: readonly string[]): Promise<{ readonly status: number; readonly said: string; readonly complained: string }> {
  const [said, complained]: [string[], string[]] = [[], []];
  const status = await xdatenfelderCommand.run(args, { print: (line) => void said.push(line), complain: (line) => void complained.push(line) });
  return { status, said: said.join('\n'), complained: complained.join('\n') };
}

it('exports a form that comes in again as a whole draft, which is never written over', async () => {
  const exported = await run('export', 'hund');
  assert.equal(exported.status, 0, exported.complained);
  writeFileSync(path('hund.xml'), exported.said);
  const imported = await run('import', path('hund.xml'), '--into', path('drafts'));
  assert.equal(imported.status, 0, imported.complained);
  assert.match(imported.said, /service lint hund/);
  assert.deepEqual(readdirSync(path('drafts/hund')).toSorted(), ['form.yaml', 'process.yaml', 'service.yaml', 'textbausteine.yaml', 'walk.yaml']);
  assert.match(readFileSync(path('drafts/hund/form.yaml'), 'utf8'), /Entwurf aus einem Datenschema[\s\S]*id: chip/);
  writeFileSync(path('drafts/hund/form.yaml'), 'meins');
  const again = await run('import', path('hund.xml'), '--into', path('drafts'));
  assert.deepEqual([again.status, /gibt es schon/.test(again.complained)], [1, true]);
  assert.equal(readFileSync(path('drafts/hund/form.yaml'), 'utf8'), 'meins');
});

it('a broken file: every mistake with its line, nothing written, and 1', async () => {
  writeFileSync(path('broken.xml'), readFileSync(path('hund.xml'), 'utf8').replaceAll(/<xdf:anzahl>1:1</g, '<xdf:anzahl>9:1<'));
  const { status, complained } = await run('import', path('broken.xml'), '--into', path('none'));
  assert.equal(status, 1);
  assert.ok((complained.match(/broken\.xml: Zeile \d+: Die Anzahl «9:1»/g) ?? []).length > 10);
  assert.throws(() => readdirSync(path('none')));
});

it('an unknown Leistung, a file that is not there, and wrong calls', async () => {
  assert.match((await run('export', 'atlantis')).complained, /«atlantis» gibt es nicht/);
  assert.match((await run('import', path('none.xml'), '--into', folder)).complained, /gibt es nicht/);
  for (const wrong of [[], ['export'], ['import', 'x'], ['export', 'a', 'b'], ['other', 'x']]) assert.equal((await run(...wrong)).status, 2);
});
