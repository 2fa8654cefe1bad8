import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Indicator, Indicators, IndicatorState } from '../../src/kernel/indicator.ts';
import { ok, refuse } from '../../src/kernel/result.ts';
import { makeMissingReports } from '../../src/modules/cockpit/public.ts';
import { BUILT_IN } from '../../src/modules/indicators/domain/built-in.ts';
import { needs, run, temporaryFolder } from '../../src/platform/documents/testing.ts';
import { strategyCity, type StrategyCity } from '../support/strategy-city.ts';
import { lineOf, printedOver, printedWords } from '../support/words-on-pages.ts';

const LONG =
  'Es gibt noch nichts, wodurch sich teilen ließe: „(online_matched + counter) - (online_matched + counter)“ an Stelle 14 der Formel ist 0, und das bleibt so, bis jemand zählt.';
const say = (text: string) => ({ de: text, en: text, leicht: text });
const target = { value: 0.5, by: Temporal.PlainDate.from('2027-12-31'), source: 'eigene Setzung' };
const RULE =
  'Gerader Weg von 20 % (01.01.2025) zu 50 % (31.12.2027): am 30.09.2026 mindestens 37,5 %. Grün: erreicht. Gelb: um höchstens 3 % darunter. Rot: weiter darunter.';

/** As a full city has them: long names, long reasons, everything that can be. */
function figure(definition: (typeof BUILT_IN)[number], state: IndicatorState): Indicator {
  const { kind: _, version: __, base: ___, ...told } = definition;
  const judged = told.key === 'automation' && state.kind === 'known';
  const light = judged ? { light: state.value < 0.3 ? ('red' as const) : ('green' as const), rule: say(RULE) } : undefined;
  return { ...told, events: [], state, asOf: undefined, cases: 1234, light, ...(told.key === 'automation' ? { target } : {}) };
}
/** Automation: 25 % in the summer, 31 % in the spring, 45 % now; nobody counted a year ago. */
const AUTOMATION: Readonly<Record<string, number>> = { '2026-07': 0.25, '2026-04': 0.31 };
const STATES: readonly IndicatorState[] = [
  { kind: 'unknown', reason: say(LONG) },
  { kind: 'suppressed' },
  { kind: 'stale', last: 1_234_567, since: Temporal.Instant.from('2026-01-31T00:00:00Z') },
  { kind: 'known', value: 123_456.78 },
];
const at = (index: number, key: string, value: number | undefined): IndicatorState =>
  key === 'automation'
    ? value === undefined
      ? { kind: 'unknown', reason: say('Aus diesen Monaten gibt es keine Zahlen.') }
      : { kind: 'known', value }
    : STATES[index % 4]!;
const all = (value: number | undefined): Indicator[] => BUILT_IN.map((one, index) => figure(one, at(index, one.key, value)));
const pick = (list: readonly Indicator[], key: string) => {
  const found = list.find((one) => one.key === key);
  return found === undefined ? refuse({ kind: 'not-found' as const, detail: 'Diese Kennzahl gibt es nicht.' }) : ok(found);
};
const indicators: Indicators = {
  list: async () => all(0.45),
  one: async (key) => pick(all(0.45), key),
  during: async (key, { first }) => pick(all(AUTOMATION[first]), key),
  history: async () => [],
  forecast: async () => undefined,
};

let city: StrategyCity;
const folder = temporaryFolder();
before(async () => {
  city = await strategyCity({ indicators });
});
after(() => city.close());

async function report(quarter: string): Promise<string> {
  const path = join(folder, `${quarter}.pdf`);
  const answer = await city.server.request(`/strategie/berichte/${quarter}.pdf`);
  assert.equal(answer.status, 200, quarter);
  writeFileSync(path, Buffer.from(await answer.arrayBuffer()));
  return path;
}

describe('the report of a quarter', { skip: needs('pdftotext', 'poppler-utils').skip }, () => {
  it('is legible: no word is printed over another, and a name and its value stand on one line', async () => {
    for (const quarter of ['2026-q2', '2026-q3', '2026-q4']) {
      const words = printedWords(await report(quarter));
      assert.deepEqual(printedOver(words), [], quarter);
      for (const [index, { key, name }] of BUILT_IN.entries()) {
        const value = key === 'automation' ? /\d+ %|unbekannt/ : [/unbekannt/, /zu wenige/, /veraltet/, /123\.456|123\.457|12\.345\.678/][index % 4]!;
        assert.match(lineOf(words, name.de.split(' ').slice(0, 5).join(' ')), value, `${quarter}: ${key}`);
      }
    }
  });
  it('shows the figures of its own quarter, of the one before and of the year before, whenever it is made', async () => {
    const words = printedWords(await report('2026-q3'));
    assert.match(lineOf(words, 'Kennzahl 3.'), /3\. Qu\. 2026 2\. Qu\. 2026 3\. Qu\. 2025/);
    assert.match(lineOf(words, 'Automatisch entschieden'), /25 % 31 % unbekannt/);
    assert.match(run('pdfdetach', '-list', await report('2026-q3')), /kennzahlen\.json/);
  });
  it('judges by the figures of the quarter: what is green today was red then, and the move is told', async () => {
    const text = run('pdftotext', '-layout', await report('2026-q3'), '-').replaceAll(/\s+/g, ' ');
    assert.match(text, /Online-Dienste ausbauen nicht auf Kurs/, 'automation was red');
    assert.match(text, /Was sich in diesem Quartal geändert hat.*Online-Dienste ausbauen auf Kurs nicht auf Kurs/);
    const page = await (await city.server.request('/strategie/massnahmen/onlinedienste')).text();
    assert.doesNotMatch(page.slice(0, page.indexOf('Die Regel')), /nicht auf Kurs/);
  });
  it('is made later where it was missed: of every quarter since the strategy began', async () => {
    city.clock.set('2027-08-20T03:00:00Z');
    assert.deepEqual(await makeMissingReports(city.ctx), ['2026-q4', '2027-q1', '2027-q2']);
    assert.deepEqual(await makeMissingReports(city.ctx), []);
  });
});
