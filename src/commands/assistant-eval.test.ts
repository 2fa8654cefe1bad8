import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, it } from 'node:test';
import { temporaryDatabase } from '../../test/support/temporary-database.ts';
import type { RecognitionFigure } from './assistant-eval-words.ts';
import { assistantEval } from './assistant-eval.ts';
import { assistantCommand } from './assistant.ts';

const directory = mkdtempSync(join(tmpdir(), 'kontor-assistant-eval-'));
after(() => rmSync(directory, { recursive: true, force: true }));

/** A folder with one page and one question. */
function small(): string {
  const folder = mkdtempSync(join(directory, 'set-'));
  writeFileSync(join(folder, 'passages.jsonl'), '{"id":"a","document":"d","text":"Der Hund braucht einen Chip."}');
  writeFileSync(join(folder, 'questions.jsonl'), '{"id":"f","question":"Braucht mein Hund einen Chip?","relevant":["a"]}');
  return folder;
}

async function run(...args: string[]): Promise<{ status: number; complained: string }> {
  const complained: string[] = [];
  const status = await assistantCommand.run(args, { print: assert.fail, complain: (line) => void complained.push(line) });
  return { status, complained: complained.join('\n') };
}

interface Figures {
  readonly set: { readonly pages: number; readonly passages: number; readonly questions: number; readonly unanswerable: number };
  readonly retrieval: { readonly mrr10: number };
  readonly postgres: { readonly mrr10: number };
  readonly citations: { readonly shown: number; readonly precision: number };
  readonly abstention: { readonly precision: number; readonly recall: number };
  readonly limits: readonly { readonly name: string; readonly met: boolean }[];
}

it('measures the shipped set: every limit is kept', async () => {
  const lines: string[] = [];
  const out = { print: (line: string) => void lines.push(line), complain: assert.fail };
  const status = await assistantEval(['--json'], out, { open: async () => (await temporaryDatabase()).database });
  const { set, retrieval, postgres, citations, abstention, limits } = JSON.parse(lines.join('\n')) as Figures;
  assert.ok(set.pages >= 150 && set.questions - set.unanswerable >= 120 && set.unanswerable >= 30, JSON.stringify(set));
  assert.equal(citations.precision, 1);
  assert.ok(citations.shown > 300);
  assert.ok(retrieval.mrr10 > postgres.mrr10 + 0.05, `${retrieval.mrr10} beside ${postgres.mrr10}`);
  assert.ok(abstention.precision >= 0.7 && abstention.recall >= 0.6, JSON.stringify(abstention));
  assert.deepEqual(
    limits.filter(({ met }) => !met),
    [],
  );
  assert.equal(status, 0);
});

it('misses its limit when more than one character in a hundred is read wrongly', async () => {
  const lines: string[] = [];
  const scan = (rate: number): RecognitionFigure => ({ engine: 'e', scan: String(rate), pages: 1, characters: 1000, errors: rate * 1000, rate });
  const measuring = { open: async () => (await temporaryDatabase()).database, recognised: () => Promise.resolve([scan(0.01), scan(0.02)]) };
  assert.equal(await assistantEval([small()], { print: (line) => void lines.push(line), complain: assert.fail }, measuring), 1);
  assert.match(
    lines.join('\n'),
    /e, 0\.02: 2\.00 % \(20 von 1000 Zeichen, 1 Seiten\)[\s\S]*gehalten: Zeichen richtig erkannt \(e, 0\.01\)[\s\S]*VERFEHLT: Zeichen richtig erkannt \(e, 0\.02\)/,
  );
});

it('names what is wrong with a folder, by file and line', async () => {
  assert.match((await run('eval', join(directory, 'nicht-da'))).complained, /passages\.jsonl» ist nicht zu lesen/);
  writeFileSync(join(directory, 'passages.jsonl'), '{"id":"a","document":"d","text":"Wort"}\n{');
  writeFileSync(join(directory, 'questions.jsonl'), '{"id":"f","question":"?","relevant":["b"]}');
  const { status, complained } = await run('eval', directory);
  assert.equal(status, 1);
  assert.match(complained, /passages\.jsonl, Zeile 2: [^\n]*kein JSON[\s\S]*questions\.jsonl, Zeile 1: [^\n]*«b»/);
  for (const args of [[], ['x'], ['eval', 'a', 'b']]) assert.equal((await run(...args)).status, 2);
});
