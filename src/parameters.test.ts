import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { as, testServer } from '../test/support/test-server.ts';
import { cityFrame } from './frame.ts';
import { parameterPages } from './parameter-pages.ts';
import { applyParameters, loadParameters, PARAMETERS, readParameters } from './parameters.ts';
import { SERVICES_DIRECTORY } from './services-directory.ts';

const row = (key: string, value: string, from = '2027-01-01'): string =>
  `- key: ${key}\n  from: ${from}\n  value: ${value}\n  source: Beschluss vom 01.12.2026\n`;
const mistakesOf = (text: string): readonly string[] => readParameters(text).mistakes.map(({ file, line, message }) => `${file}:${line} ${message}`);
const day = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text);
const named = (key: string) => PARAMETERS.find((one) => one.key === key)!;

describe('what a city may set', () => {
  it('is every parameter that is declared, each once, and the file that is shipped changes none', () => {
    const files = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'));
    const declared = files.flatMap((path) =>
      [...readFileSync(join(import.meta.dirname, path), 'utf8').matchAll(/\b(?:parameter|keptDays)\(\s*'([a-z.-]+)'/g)].map((found) => found[1]!),
    );
    assert.ok(declared.length >= 15);
    assert.deepEqual(PARAMETERS.map(({ key }) => key).toSorted(), declared.toSorted());
    assert.equal(new Set(declared).size, declared.length);
    assert.deepEqual(loadParameters(SERVICES_DIRECTORY), { rows: [], mistakes: [] });
  });

  it('lies within its own bounds as it is shipped', () => {
    const text = PARAMETERS.flatMap((one) => one.rows().map(({ from, value }) => row(one.key, JSON.stringify(value), from))).join('');
    assert.deepEqual(mistakesOf(text), []);
  });

  for (const [what, text, said] of [
    [
      'a name that there is not',
      row('notification.reminder', '{ daysBefore: [7] }'),
      /^parameter\.yaml:1 .*Den Parameter «notification\.reminder» gibt es nicht\. Es gibt: .*notification\.reminder-days/,
    ],
    ['fewer days than it must be kept', row('guides.assistance-days', '{ days: 3 }'), /^parameter\.yaml:3 0\.value\.days: Zu wenig: mindestens 7\.$/],
    ['more days than it may be kept', row('finder.kept-days', '{ days: 3650 }'), /^parameter\.yaml:3 0\.value\.days: Zu viel: höchstens 180\.$/],
    ['half a day', row('finder.kept-days', '{ days: 30.5 }'), /^parameter\.yaml:3 0\.value\.days: Hier wird etwas anderes erwartet/],
    ['a part that is missing', row('onlineausweis.card-fee', '{ full: 4800 }'), /^parameter\.yaml:3 0\.value\.young: Diese Angabe fehlt\./],
    ['a part that there is not', row('onlineausweis.pin-letter', '{ sent: true, free: true }'), /^parameter\.yaml:3 0\.value: Unbekannt: free\./],
    ['a day that there is not', row('finder.kept-days', '{ days: 30 }', '2027-02-30'), /^parameter\.yaml:2 0\.from: Diesen Tag gibt es nicht/],
    ['a day twice', row('finder.kept-days', '{ days: 30 }').repeat(2), /^parameter\.yaml:6 1\.from: «finder\.kept-days» hat diesen Tag schon/],
    ['no source', row('finder.kept-days', '{ days: 30 }').replace(/ {2}source.*\n/, ''), /^parameter\.yaml:1 0\.source: Diese Angabe fehlt/],
  ] as const)
    it(`is refused with file and line: ${what}`, () => {
      const [mistake, ...more] = mistakesOf(text);
      assert.match(mistake ?? '', said);
      assert.deepEqual(more, []);
    });

  it('stops the start where the file has a mistake, and says every one', () => {
    const text = row('finder.kept-days', '{ days: 1 }') + row('finder.nothing', '{ days: 1 }');
    assert.throws(() => applyParameters(readParameters(text)), /parameter\.yaml:3 .*mindestens 7[^]*parameter\.yaml:5 .*gibt es nicht/);
  });

  it('holds from the day of the first own row on, in place of all that is shipped for later days', (t) => {
    t.after(() => applyParameters({ rows: [], mistakes: [] }));
    applyParameters(
      readParameters(
        row('onlineausweis.card-fee', '{ full: 5000, young: 3000 }', '2027-05-01') + row('onlineausweis.card-fee', '{ full: 4000, young: 2500 }', '2025-01-01'),
      ),
    );
    const fee = named('onlineausweis.card-fee');
    const onDay = (text: string): unknown => fee.on(day(text))['full'];
    assert.deepEqual(['2024-12-31', '2025-01-01', '2026-11-29', '2027-05-01'].map(onDay), [3700, 4000, 4000, 5000]);
    assert.deepEqual(
      fee.rows().map(({ own }) => own),
      [false, true, true],
    );
    assert.deepEqual(
      named('finder.kept-days')
        .rows()
        .map(({ own }) => own),
      [false],
    );
  });

  it('is shown with what held, holds and comes, and with its bounds, on a page and to programs', async (t) => {
    t.after(() => applyParameters({ rows: [], mistakes: [] }));
    applyParameters(readParameters(row('onlineausweis.pin-letter', '{ sent: true }', '2027-04-01')));
    const server = testServer(parameterPages(cityFrame({ demo: false }).view), { clock: () => Temporal.Instant.from('2026-11-29T12:00:00Z') });
    const page = await (await server.request('/verwaltung/parameter', { headers: as('administration') })).text();
    assert.match(page, /Brief wird verschickt: ja[^]*?1\. April 2027/);
    assert.match(page, /gilt später[^]*Beschluss vom 01\.12\.2026[^]*parameter\.yaml/);
    assert.match(page, /\(Aufbewahrt\): 7 bis 180 Tage/);
    const { items } = (await (await server.request('/api/parameters', { headers: as('revision') })).json()) as {
      items: { key: string; bounds: string; rows: { state: string; own: boolean; value: object }[] }[];
    };
    assert.equal(items.length, PARAMETERS.length);
    assert.deepEqual(
      items.find(({ key }) => key === 'onlineausweis.pin-letter')!.rows.map(({ state, own, value }) => [state, own, value]),
      [
        ['past', false, { sent: true }],
        ['now', false, { sent: false }],
        ['coming', true, { sent: true }],
      ],
    );
    assert.equal((await server.request('/verwaltung/parameter', { headers: as('citizen') })).status, 403);
  });
});
