import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, it } from 'node:test';
import { lageCommand } from './lage.ts';

const directory = mkdtempSync(join(tmpdir(), 'kontor-eval-'));
after(() => rmSync(directory, { recursive: true, force: true }));

async function run(...args: string[]): Promise<{ status: number; said: string[]; complained: string[] }> {
  const [said, complained]: [string[], string[]] = [[], []];
  const status = await lageCommand.run(args, { print: (line) => void said.push(line), complain: (line) => void complained.push(line) });
  return { status, said, complained };
}
const file = (name: string, lines: readonly string[]): string => {
  const path = join(directory, name);
  writeFileSync(path, lines.join('\n'));
  return path;
};

it('makes a set and measures on it, with tracks where the file has them', async () => {
  const made = await run('eval', '--make', '3', '--events', '12');
  assert.equal(made.status, 0);
  const tracks = ['truth', 'estimate'].map((track) => JSON.stringify({ track, id: 'x', at: '2026-11-12T18:00:00Z', lon: 9.9, lat: 53.5 }));
  const measured = await run('eval', file('set.jsonl', [...made.said, '', ...tracks]), '--json');
  const figures = JSON.parse(measured.said.join('\n')) as { pairs: { reports: number; precision: number }; tracks: { moments: number; idSwitches: number } };
  assert.equal(figures.pairs.reports, made.said.length);
  assert.ok(figures.pairs.precision > 0.8);
  assert.deepEqual([figures.tracks.moments, figures.tracks.idSwitches], [1, 0]);
  const plain = await run('eval', join(directory, 'set.jsonl'));
  assert.match(plain.said.join('\n'), /Genauigkeit der Paare: [01]\.\d{3}[\s\S]*GOSPA im Mittel 0\.0 m/);
});

it('names the lines that it cannot read', async () => {
  const wrong = await run('eval', file('wrong.jsonl', ['{"event":"a","text":"x","eventAt":"2026-11-12T18:00:00Z"}', '{', '{"event":"a"}', '{"track":"wahr"}']));
  assert.equal(wrong.status, 1);
  assert.match(wrong.complained.join('\n'), /Zeile 2: kein gültiges JSON[\s\S]*Zeile 3: text[\s\S]*Zeile 4: track[\s\S]*3 Zeilen/);
  assert.match((await run('eval', join(directory, 'nicht-da.jsonl'))).complained.join(), /nicht zu lesen/);
  for (const args of [[], ['eval'], ['eval', 'a', 'b'], ['eval', '--make', 'x']]) assert.equal((await run(...args)).status, 2);
});
