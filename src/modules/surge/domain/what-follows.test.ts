import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checklist, type MeasureState } from './checklist.ts';
import { demoSurge } from './demo-surge.ts';
import { expectedFrom, forecastProblems, type Forecast } from './forecast.ts';
import { dueOf, judge, type Gate, type GateRow, type GateState, type Zone } from './gates.ts';
import { compareOptions } from './options.ts';
import { propose } from './proposals.ts';
import { DATED_RULES, MEASURES } from './rules-data.ts';
import { rulesOn } from './rules.ts';

const NOW = Temporal.Instant.from('2026-11-28T13:00:00Z');
const rules = rulesOn(Temporal.PlainDate.from('2026-11-28'), DATED_RULES, MEASURES);
const forecast = (metres: number, hours = 10, over: Partial<Forecast> = {}): Forecast => ({
  id: `f${metres}`,
  number: 2,
  issuer: 'BSH',
  issuedAt: NOW,
  receivedAt: NOW,
  enteredBy: 'S2',
  synthetic: false,
  curve: [],
  peaks: [{ kind: 'HW', at: NOW.add({ minutes: Math.round(hours * 60) }), metres, plusMinus: 0.1 }],
  ...over,
});
const level = { at: NOW, metres: 1 };
const items = (metres: number, hours = 10, measures: readonly MeasureState[] = []) => {
  const one = forecast(metres, hours);
  return checklist({ rules, forecast: one, expected: expectedFrom(one, NOW, level), measures, now: NOW });
};
const active = (metres: number): string[] =>
  items(metres)
    .filter(({ state }) => state !== 'waiting')
    .map(({ measure }) => measure.key)
    .toSorted();

describe('the checklist', () => {
  it('asks for nothing below stage 0', () => assert.deepEqual(active(3.6), []));
  it('stage 0: warning shots, streets below 5 m, gates', () => assert.deepEqual(active(3.7), ['strassen-sperren', 'tore-schliessen', 'warnschuesse']));
  it('HASTA and WADI from a forecast of 4.50', () => assert.ok(active(4.5).includes('hasta-wadi') && !active(4.49).includes('hasta-wadi')));
  it('stage 1: staffs, warning of the public, parts of the port', () =>
    assert.ok(['staebe-einberufen', 'bevoelkerung-warnen', 'hafen-teilsperren'].every((key) => active(5.2).includes(key) && !active(4.9).includes(key))));
  it('stage 2: port closed, dyke defenders, zones', () =>
    assert.ok(['hafen-raeumen', 'deichverteidiger', 'zonen-raeumen'].every((key) => active(5.6).includes(key) && !active(5.4).includes(key))));
  it('the public is warned 8 hours before the peak at the latest', () => {
    const item = items(5.6, 10).find(({ measure }) => measure.key === 'bevoelkerung-warnen')!;
    assert.equal(item.minutesLeft, 120);
    assert.equal(items(5.6, 7.9).find(({ measure }) => measure.key === 'bevoelkerung-warnen')!.state, 'overdue');
  });
  it('overdue for half an hour it goes to who leads', () => {
    const at = (hours: number) => items(5.6, hours).find(({ measure }) => measure.key === 'bevoelkerung-warnen')!.escalation;
    assert.deepEqual([at(8.5), at(7.9), at(7)], [0, 1, 2]);
  });
  it('what is confirmed is done; what became due stays due when the forecast falls', () => {
    const kept = { key: 'hafen-raeumen', dueSince: NOW, confirmation: null, taskRef: null, escalated: 0 as const };
    assert.equal(items(4.8, 10, [kept]).find(({ measure }) => measure.key === 'hafen-raeumen')!.state, 'due');
    const done = { ...kept, confirmation: { at: NOW, by: 'x', remark: '', count: null } };
    assert.equal(items(5.8, 10, [done]).find(({ measure }) => measure.key === 'hafen-raeumen')!.state, 'done');
  });
  it('comes by deadline', () => {
    const left = items(6)
      .filter(({ state }) => state === 'due')
      .map(({ minutesLeft }) => minutesLeft!);
    assert.deepEqual(
      left,
      left.toSorted((a, b) => a - b),
    );
  });
});

const gate = (id: string, over: Partial<Gate> = {}): Gate => ({
  id,
  code: id,
  name: 'Zufahrt',
  kind: 'schiebetor',
  polder: 'Demo',
  polderId: 'p1',
  closingMetres: 4,
  closingMinutes: 30,
  pilot: 'P1',
  lon: 10,
  lat: 53.5,
  streamId: 1,
  sensor: { state: 'closed', since: NOW, at: NOW, name: 'S' },
  person: null,
  ...over,
});
const said = (state: GateState, minutes = 0) => ({ state, since: NOW.subtract({ minutes: 300 }), at: NOW.subtract({ minutes }), name: 'S' });
const row = (one: Gate, with_: Forecast): GateRow => ({ gate: one, judged: judge(one, NOW), due: dueOf(one, expectedFrom(with_, NOW, level), NOW) });

describe('rules on streams propose, with reasons', () => {
  const run = (over: Partial<Parameters<typeof propose>[0]>) =>
    propose({ rules, level, forecast: undefined, before: undefined, gates: [], items: [], dykeDefenders: null, now: NOW, ...over });
  const ruleOf = (found: ReturnType<typeof propose>): string[] => found.map(({ rule }) => rule);

  it('a gate open while the forecast rises', () => {
    const [before, after] = [forecast(5, 2.5, { number: 1 }), forecast(5.6, 2.5)];
    const found = run({ forecast: after, before, gates: [row(gate('g', { sensor: said('open') }), after)] });
    assert.deepEqual(ruleOf(found).toSorted(), ['forecast-rises', 'gate-open', 'stage-reached']);
    const open = found.find(({ rule }) => rule === 'gate-open')!;
    assert.ok(open.reasons.some((reason) => /gestiegen/.test(reason)) && open.reasons.some((reason) => /30 min/.test(reason)), open.reasons.join());
  });
  it('a gate that is shut, or has hours left, is left alone', () => {
    const far = forecast(5.6, 10);
    assert.deepEqual(ruleOf(run({ forecast: far, gates: [row(gate('g', { sensor: said('open') }), far), row(gate('h'), far)] })), ['stage-reached']);
  });
  it('level above the closing level, a fault, a contradiction and a silent sensor', () => {
    const one = forecast(5, 2);
    const gates = [
      gate('above', { sensor: said('open') }),
      gate('faulty', { sensor: said('faulty') }),
      gate('against', { sensor: said('closed'), person: { state: 'open', at: NOW.subtract({ minutes: 3 }), by: 'P', remark: '' } }),
      gate('silent', { sensor: said('closed', 40) }),
    ].map((each) => row(each, one));
    const found = run({ level: { at: NOW, metres: 4.2 }, forecast: one, gates });
    for (const rule of ['gate-above-level', 'gate-faulty', 'gate-contradiction', 'sensor-silent', 'stage-reached'])
      assert.ok(ruleOf(found).includes(rule), rule);
    assert.equal(new Set(found.map(({ key }) => key)).size, found.length, 'keys are one each');
  });
  it('dyke defenders missing in stage 2, an old forecast, an overdue measure', () => {
    const old = forecast(6, 6, { issuedAt: NOW.subtract({ hours: 4 }), receivedAt: NOW.subtract({ hours: 4 }) });
    const due = checklist({ rules, forecast: old, expected: undefined, measures: [], now: NOW });
    const found = run({ forecast: old, dykeDefenders: 120, items: due });
    for (const rule of ['dyke-defenders-missing', 'forecast-old', 'measure-overdue']) assert.ok(ruleOf(found).includes(rule), rule);
    assert.ok(!ruleOf(run({ forecast: old, dykeDefenders: 301 })).includes('dyke-defenders-missing'));
  });
  it('looking twice proposes the same keys', () => {
    const one = forecast(5.6, 2);
    const facts = { forecast: one, gates: [row(gate('g', { sensor: said('open') }), one)] };
    assert.deepEqual(run(facts), run(facts));
  });
});

describe('options compared', () => {
  const one = forecast(6, 4);
  const gates = ['a', 'b'].map((id) => row(gate(id, { sensor: said('open') }), one));
  const zone = { id: 'z', people: 1000, left: 100, helpers: 20, minutes: 150, state: 'running' } as Zone;
  const facts = { gates, zones: [zone], polders: [{ id: 'p1', people: 300, facilities: 2 }], minutesToPeak: 240, available: 15 };
  const option = (over: object) => ({ title: 'x', kind: 'other' as const, gateIds: [], zoneIds: [], ...over });

  it('one pilot closes one gate after the other; people behind count once', () => {
    const [close] = compareOptions([option({ kind: 'close-gates', gateIds: ['a', 'b'] })], facts);
    assert.partialDeepStrictEqual(close, { people: 300, facilities: 2, minutesNeeded: 60, helpersNeeded: 2, verdict: 'possible' });
  });
  it('a zone reaches who is still there, and may want more than there are', () => {
    const [clear] = compareOptions([option({ kind: 'evacuate', zoneIds: ['z'] })], facts);
    assert.partialDeepStrictEqual(clear, { people: 900, minutesNeeded: 150, minutesLeft: 240, helpersNeeded: 20, verdict: 'too-few' });
  });
  it('who waits an hour loses the gates that have to begin closing meanwhile', () => {
    const wait = (hours: number) =>
      compareOptions([option({ kind: 'wait' })], { ...facts, gates: [row(gate('a', { sensor: said('open') }), forecast(6, hours))] })[0]!;
    assert.partialDeepStrictEqual(wait(8), { minutesNeeded: 60, people: 0, helpersNeeded: 0, verdict: 'possible' });
    assert.equal(wait(3).verdict, 'too-late');
  });
  it('too late is said before too few, and unknown is not possible', () => {
    assert.equal(compareOptions([option({ zoneIds: ['z'] })], { ...facts, minutesToPeak: 100 })[0]!.verdict, 'too-late');
    assert.equal(compareOptions([option({ zoneIds: ['z'] })], { ...facts, available: null })[0]!.verdict, 'unknown');
  });
});

describe('the demo surge', () => {
  const surge = demoSurge(7);
  it('is the same for the same seed, another for another, and says that it is made', () => {
    const flat = (one: typeof surge): string => JSON.stringify([one.levels, one.gateSensors, one.gatePeople, one.unitTracks, one.publicReports]);
    assert.equal(flat(surge), flat(demoSurge(7)));
    assert.notEqual(flat(surge), flat(demoSurge(8)));
    assert.equal(surge.synthetic, true);
    assert.ok(surge.polders.every((polder) => polder.synthetic && /Demo/.test(polder.name)));
  });
  it('lasts 30 hours, minute by minute, with a peak between those of 2013 and 1976', () => {
    assert.equal(surge.levels.length, 1801);
    const top = Math.max(...surge.levels);
    assert.ok(top > 6.05 && top < 6.5, String(top));
    assert.ok(surge.levels.every((value, i) => i === 0 || Math.abs(value - surge.levels[i - 1]!) < 0.06));
  });
  it('has over 70 polders, 31 forecasts that would all be taken, and two rises', () => {
    assert.ok(surge.polders.length > 70);
    const start = NOW;
    const made = surge.forecasts.map(({ minute, what }) => ({ at: start.add({ minutes: minute }), forecast: what.at(start) }));
    assert.equal(made.length, 31);
    for (const { at, forecast: one } of made) assert.deepEqual(forecastProblems(one, at), []);
    const highest = made.slice(0, 13).map(({ forecast: one }) => Math.max(...one.peaks.map(({ metres }) => metres)));
    assert.ok(highest[3]! - highest[2]! > 0.2 && highest[6]! - highest[5]! > 0.2, highest.join());
  });
  it('two gates contradict themselves at the end and one is faulty; the others are shut before the water', () => {
    const end = NOW;
    const at = (minute: number): Temporal.Instant => end.subtract({ minutes: 900 - minute });
    const judged = surge.polders
      .flatMap(({ gates }) => gates)
      .map(({ code, closingMinutes, closingMetres }) => {
        const changes = surge.gateSensors.filter(({ minute, what }) => what.gate === code && minute <= 900);
        const last = changes.at(-1)!;
        const word = surge.gatePeople.findLast(({ minute, what }) => what.gate === code && minute <= 900);
        const silent = surge.planted.silent.gate === code;
        const verdict = judge(
          {
            sensor: { state: last.what.state, since: at(last.minute), at: silent ? at(surge.planted.silent.fromMinute) : end, name: code },
            person: word === undefined ? null : { state: word.what.state, at: at(word.minute), by: 'P', remark: '' },
            closingMinutes,
            streamId: 1,
          },
          end,
        );
        return { code, closingMetres, ...verdict };
      });
    assert.deepEqual(
      judged
        .filter(({ contradiction }) => contradiction)
        .map(({ code }) => code)
        .toSorted(),
      [...surge.planted.contradictions].toSorted(),
    );
    assert.deepEqual(
      judged.filter(({ state }) => state === 'faulty').map(({ code }) => code),
      [surge.planted.faulty],
    );
    const open = judged.filter(({ state, contradiction, closingMetres }) => state === 'open' && !contradiction && closingMetres < surge.levels[900]!);
    assert.deepEqual(open, []);
  });
});
