import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Indicator, IndicatorPoint, Indicators, IndicatorState } from '../../src/kernel/indicator.ts';
import { ok, refuse } from '../../src/kernel/result.ts';
import { makeMissingReports, type CityBurden } from '../../src/modules/cockpit/public.ts';
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
/** Counted at one service, too few at another, and nobody counted at the rest. */
const ofService = (key: string, service: string) => {
  const found = BUILT_IN.find((one) => one.key === key)!;
  return ok(figure(found, service === 'hund' ? { kind: 'known', value: 0.425 } : service === 'sondernutzung' ? { kind: 'suppressed' } : STATES[0]!));
};
const indicators: Indicators = {
  list: async () => all(0.45),
  one: async (key) => pick(all(0.45), key),
  during: async (key, { first }, { service } = {}) => (service === undefined ? pick(all(AUTOMATION[first]), key) : ofService(key, service)),
  history: async (key) => (COURSE[key] === undefined ? [] : monthsTo('2026-10').map((month, index) => ({ month, ...COURSE[key]!(index) }))),
  forecast: async (key, months, { until } = {}) => {
    if (key !== 'automation') return undefined;
    asked.push(until);
    const coming = monthsTo('2027-12')
      .filter((month) => month > until!)
      .slice(0, months);
    return { method: say('Fortgeschrieben aus zwölf Monaten, keine Zusage.'), points: coming.map((month) => ({ month, low: 0.41, mid: 0.46, high: 0.52 })) };
  },
};
/** Until which month a forecast was asked for. */
const asked: (string | undefined)[] = [];
const monthsTo = (last: string): string[] => {
  const end = Temporal.PlainYearMonth.from(last);
  return Array.from({ length: 24 }, (_, index) => end.subtract({ months: 23 - index }).toString());
};
/** A share with a hidden and an unknown month, money in millions, and one that is hidden in every month. */
const COURSE: Readonly<Record<string, (index: number) => Omit<IndicatorPoint, 'month'>>> = {
  automation: (index) =>
    index === 20
      ? { value: undefined, cases: undefined, missing: 'suppressed' }
      : index === 18
        ? { value: undefined, cases: 0, missing: 'unknown' }
        : { value: 0.2 + index / 100, cases: 1234 },
  'days-median': (index) => ({ value: 1_234_567 + index * 1000, cases: 1234 }),
  satisfaction: () => ({ value: undefined, cases: undefined, missing: 'suppressed' }),
};
const burden = async (day: Temporal.PlainDate): Promise<CityBurden> => {
  const after = day.toString() >= '2026-09-01';
  const one = (name: string, firstSeconds: number, seconds: number, onlinePerYear?: number, casesPerYear = onlinePerYear) => ({
    ...{ name: say(name), firstSeconds, seconds, onlinePerYear, casesPerYear },
    removedSecondsPerYear: casesPerYear === undefined ? undefined : (firstSeconds - seconds) * casesPerYear,
  });
  return {
    services: [
      one('Hund anmelden', 3000, after ? 1200 : 3000, 400, 900),
      one('Sondernutzung öffentlicher Wege für Baustelleneinrichtungsflächen beantragen', 9000, 9030),
      one('Baum fällen', 5000, 5000, 20),
    ],
    sum: { firstSeconds: 1_300_000, seconds: after ? 580_000 : 1_300_000, firstCents: 123_456_700, cents: after ? 100_000_000 : 123_456_700 },
    leftOut: 1,
    ...{ unplaced: 2, onlineOnly: 1, othersOnly: 1 },
  };
};

let city: StrategyCity;
const folder = temporaryFolder();
before(async () => {
  city = await strategyCity({ indicators, burden });
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
  it('begins in Leichte Sprache: what the city wants, what works and what does not', async () => {
    const path = await report('2026-q3');
    const first = run('pdftotext', '-f', '1', '-l', '1', path, '-').replaceAll(/\s+/g, ' ');
    assert.match(first, /Kurz und in Leichter Sprache Das will die Stadt Ämter im Internet Anträge sind leicht\. Alles geht im Internet\./);
    const pages = run('pdftotext', '-f', '1', '-l', '2', path, '-').replaceAll(/\s+/g, ' ');
    assert.match(pages, /Das klappt .*Bauen beantragen.* Das klappt nicht gut .*Mehr Anträge im Internet/);
    assert.match(run('pdfinfo', path), /Subject:\s+Kurz in Leichter Sprache: Die Stadt hat 11 Vorhaben\. \d+ klappen\./);
  });
  it('shows each course with its forecast as a chart beside its table, and names the months without a figure', async () => {
    const words = printedWords(await report('2026-q3'));
    const line = (month: string) => lineOf(words, month);
    assert.match(line('Oktober 2026'), /erwartet 46 % \(41 % bis 52 %\)/, 'as it was forecast at the end of the quarter');
    assert.deepEqual([...new Set(asked)], ['2026-06', '2026-09', '2026-10']);
    const text = run('pdftotext', '-layout', await report('2026-q3'), '-').replaceAll(/\s+/g, ' ');
    assert.match(text, /Mai 2026 unbekannt Juni 2026 39 % Juli 2026 zu wenige Fälle/);
    assert.match(text, /Noch ohne Zahlen: Online-Anteil, .*In jedem Monat zu wenige Fälle, um sie zu zeigen: Zufriedenheit\./);
  });
  it('shows the Nutzungsgrad of the services and the burden that has gone, in minutes and euros', async () => {
    const words = printedWords(await report('2026-q3'));
    assert.match(lineOf(words, 'Alle gezählten Leistungen der Stadt'), /unbekannt/);
    assert.match(lineOf(words, 'Hund anmelden'), /50 Min\./);
    const text = run('pdftotext', '-layout', await report('2026-q3'), '-').replaceAll(/\s+/g, ' ');
    assert.match(text, /hund 42,5 % 42,5 % 42,5 % sondernutzung zu wenige zu wenige zu wenige Unbekannt ist er bei 5 von 7 Leistungen/);
    assert.match(text.replaceAll('\u00AD ', ''), /Stand 31\.03\.2026: älter/, 'what was spent since is not in it');
    assert.match(text, /Hund anmelden 50 Min\. 20 Min\. −30 Min\. 400 200 Std\./);
    assert.match(text, /Minuten im Jahr 21\.667 21\.667 9\.667 12\.000 12\.000/);
    assert.match(text, /Euro der Betriebe im Jahr 1\.234\.567 € 1\.234\.567 € 1\.000\.000 € 234\.567 € 234\.567 €/);
    const second = run('pdftotext', '-layout', await report('2026-q2'), '-').replaceAll(/\s+/g, ' ');
    assert.match(second, /Minuten im Jahr 21\.667 21\.667 21\.667 0 0/, 'that was before');
  });
  it('tells each picture in words, and attaches what it shows as data', { skip: needs('qpdf', 'qpdf').skip }, async () => {
    const path = await report('2026-q3');
    const open = join(folder, 'open.pdf');
    run('qpdf', '--qdf', '--object-streams=disable', path, open);
    const raw = readFileSync(open).toString('latin1');
    const figures = raw.split('endobj').filter((object) => object.includes('/S /Figure'));
    assert.equal(figures.length, 6);
    for (const figure of figures) assert.match(figure, /\/Alt [(<]/, 'no picture without an alternative text');
    run('pdfdetach', '-savefile', 'verlauf.json', '-o', join(folder, 'verlauf.json'), path);
    const data = JSON.parse(readFileSync(join(folder, 'verlauf.json'), 'utf8')) as Record<string, { key: string; months: { missing: string | null }[] }[]>;
    assert.deepEqual(data['lights']!.length, 2);
    assert.equal(data['histories']!.find(({ key }) => key === 'automation')!.months.filter(({ missing }) => missing !== null).length, 2);
  });
  it('judges by the figures of the quarter: what is green today was red then, and the move is told', async () => {
    const text = run('pdftotext', '-layout', await report('2026-q3'), '-').replaceAll(/\s+/g, ' ');
    assert.match(text, /Online-Dienste ausbauen nicht auf Kurs/, 'automation was red');
    assert.match(text, /Was sich in diesem Quartal geändert hat.*Online-Dienste ausbauen auf Kurs nicht auf Kurs/);
    const page = await (await city.server.request('/strategie/massnahmen/onlinedienste')).text();
    assert.doesNotMatch(page.slice(0, page.indexOf('Die Regel')), /nicht auf Kurs/);
  });
  it('the page of the Senate says the same of the quarter; of another day nobody knows what indicators said', async () => {
    const of = async (path: string): Promise<string> =>
      (await city.server.request(path, { headers: { cookie: 'kontor_session=strategie; kontor_lang=de' } })).text();
    const page = await of('/strategie/senat');
    assert.match(page, /Die Hälfte war spätestens [^.]* fertig \(Median\), neun von zehn spätestens \d+ Tage danach \(90\. Perzentil\)/);
    assert.match(page, /<dt>Daten als Treiber digitaler Transformation<\/dt>/, 'the name is whole');
    const rows = [...page.matchAll(/<dt>(\d\. Quartal 2026[^<]*)<\/dt>[^]*?<\/dd>/g)].map(([row, name]) => [name, /nicht auf Kurs/.test(row)]);
    assert.deepEqual(rows, [
      ['2. Quartal 2026', false],
      ['3. Quartal 2026', true],
      ['4. Quartal 2026, heute', true],
    ]);
    const words = page.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');
    assert.match(words, /Online-Dienste ausbauen nicht auf Kurs gefährdet .*Der frühere Stand folgt den Zahlen des Quartals/);
    assert.match(await of('/strategie/senat?seit=2026-10-15'), /Was Kennzahlen damals sagten, ist nicht aufgehoben/);
    const changes = async (since: string): Promise<unknown> =>
      (JSON.parse(await of(`/api/strategy/changes?since=${since}`)) as { byFigures: boolean; lights: { measure: string }[] }).byFigures;
    assert.deepEqual([await changes('2026-09-30'), await changes('2026-10-15')], [true, false]);
  });
  it('is made later where it was missed: of every quarter since the strategy began', async () => {
    city.clock.set('2027-08-20T03:00:00Z');
    assert.deepEqual(await makeMissingReports(city.ctx), ['2026-q4', '2027-q1', '2027-q2']);
    assert.deepEqual(await makeMissingReports(city.ctx), []);
  });
});
