import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { lageCity, type LageCity } from '../../../../test/support/lage-city.ts';
import { api, at, forecast, gate, plan, START } from '../../../../test/support/surge-input.ts';
import { expectOk, ok } from '../../../kernel/result.ts';
import { surgeOn } from '../../../lage.ts';
import { watchSurge } from '../application/watch-surge.ts';
import type { StreamWord, SurgeContext } from '../application/context.ts';
import { orderMeasure } from '../application/measures.ts';
import { whatIfOpen } from '../application/options.ts';
import { decideOnProposal } from '../application/proposals.ts';

let city: LageCity;
/** As the city wires it, and with what the test says. */
let real: SurgeContext;
let ctx: SurgeContext;
/** What the test's streams say. */
let words: StreamWord[] = [];
/** Tasks that were given, by their id. */
const ordered = new Map<string, string>();

before(async () => {
  city = await lageCity();
  real = surgeOn(city.city.ctx);
  ctx = {
    ...real,
    streams: {
      latest: async (ids) => words.filter(({ streamId }) => ids.includes(streamId)),
      between: async () => undefined,
    },
    orderTask: async (_actor, _key, order, id) => {
      if (!ordered.has(id)) ordered.set(id, order.title);
      return ok({ ref: `task:${id}` });
    },
    whatIfOpen: async ({ metres }) =>
      ok({
        areaSquareMetres: metres * 10_000,
        deepestMetres: 1.2,
        people: 40,
        facilities: 1,
        href: null,
        milliseconds: 3,
        model: 'Test',
      }),
  };
});
after(() => city.close());

type Json = Record<string, unknown>;
/** A city without the module of forces. */
function withoutTasks(): SurgeContext {
  const { orderTask: _tasks, ...rest } = ctx;
  return rest;
}
function expectProblem(result: { readonly ok: boolean; readonly problem?: { readonly kind: string } }, kind: string): void {
  assert.equal(result.problem?.kind, kind);
}
const logOf = async (): Promise<string> => {
  const { rows } = await sql<{ text: string }>`select text from logbook.entry order by written_at, number`.execute(city.ctx.database.read);
  return rows.map(({ text }) => text).join('\n');
};
const gatesOf = async (key: string): Promise<Json[]> => (await city.json('leader', 'GET', `/api/lagen/${key}/tore`))['items'] as Json[];

describe('the storm surge of a Lage', () => {
  it('takes a forecast once, keeps every version, and refuses with a reason what cannot be', async () => {
    const key = await city.lage('Vorhersagen');
    const first = await city.json('leader', 'POST', api(key, '/vorhersagen'), forecast());
    assert.equal(first['number'], 1);
    const again = await city.json('leader', 'POST', api(key, '/vorhersagen'), forecast());
    assert.equal(again['id'], first['id']);
    const forged = await city.call('leader', 'POST', api(key, '/vorhersagen'), forecast({ peaks: [{ kind: 'HW', at: at(600), metres: 4, plusMinus: 0.1 }] }));
    assert.equal(forged.status, 409);
    const future = await city.call('leader', 'POST', api(key, '/vorhersagen'), forecast({ issuedAt: at(30) }));
    assert.equal(future.status, 422);
    assert.match(await future.text(), /in der Zukunft/);
    const csv = `issuer;issuedAt;kind;at;metres;plusMinus\nBSH;${at(-1)};HW;${at(600)};11,2;0,1`;
    const second = await city.json('leader', 'POST', api(key, '/vorhersagen/csv'), { csv, reference: 'PN' });
    assert.equal((second['peaks'] as Json[])[0]!['metres'], 6.2);
    const list = (await city.json('leader', 'GET', api(key, '/vorhersagen?limit=1'))) as { items: Json[]; next: string };
    assert.equal(list.items[0]!['number'], 2);
    const rest = (await city.json('leader', 'GET', api(key, `/vorhersagen?limit=1&cursor=${list.next}`))) as { items: Json[]; next: null };
    assert.deepEqual([rest.items[0]!['number'], rest.next], [1, null]);
    assert.match(await logOf(), /Vorhersage Nr\. 2 von BSH: Hochwasser 6,20 m NHN ± 0,10 m .* Das ist 0,40 m höher/);
    assert.equal((await city.call('stranger', 'GET', api(key))).status, 404);
  });

  it('keeps levels, shows gauge and forecast in the picture, and says the stage', async () => {
    const key = await city.lage('Pegel');
    await city.json('leader', 'POST', api(key, '/pegel'), { levels: [{ at: at(-1), metres: 10.1, reference: 'PN', source: 'Hafenstab' }] });
    const bad = await city.call('leader', 'POST', api(key, '/pegel'), { levels: [{ at: at(20), metres: 510 }] });
    assert.equal(bad.status, 422);
    assert.deepEqual(
      ((await bad.json()) as { errors: { field: string }[] }).errors.map(({ field }) => field),
      ['at', 'metres'],
    );
    await city.json('leader', 'POST', api(key, '/vorhersagen'), forecast());
    const now = await city.json('leader', 'GET', api(key));
    assert.partialDeepStrictEqual(now, {
      level: { metres: 5.1, stage: 1, class: 'schwere' },
      peak: { metres: 5.8, stage: 2, class: 'sehr-schwere', minutesLeft: 600 },
    });
    const { items } = (await city.json('leader', 'GET', `/api/lagen/${key}/objects?layers=pegel,prognose`)) as { items: Json[] };
    assert.deepEqual(items.map(({ id }) => String(id)).toSorted(), ['forecast:st-pauli', 'gauge:st-pauli']);
  });

  it('pins the rules to the Lage: a later value counts only after who leads has renewed them', async () => {
    const key = await city.lage('Regeln');
    const who = city.as('admin', { kind: 'staff', staffId: '0190a000-0000-7000-8000-000000001077', roles: ['administration'], authorities: [] });
    const rule = { name: 'mhw', value: 2.2, validFrom: '2026-11-01', source: 'Neues Fünfjahresmittel' };
    city.setClock(START.add({ minutes: 1 }));
    assert.equal((await city.call('leader', 'POST', '/api/sturmflut/regeln', rule)).status, 403);
    await city.json(who, 'POST', '/api/sturmflut/regeln', rule);
    assert.equal((await city.call(who, 'POST', '/api/sturmflut/regeln', { ...rule, name: 'stage-1-from', value: 6 })).status, 422);
    const mhw = async (): Promise<unknown> =>
      ((await city.json('leader', 'GET', api(key, '/regeln')))['items'] as Json[]).find(({ name, inForce }) => name === 'mhw' && inForce === true)?.['value'];
    assert.equal(await mhw(), 2.15);
    assert.deepEqual(await city.json('leader', 'POST', api(key, '/regeln/erneuern')), { changed: 1 });
    assert.equal(await mhw(), 2.2);
    assert.match(await logOf(), /mhw 2\.15 → 2\.2/);
    city.setClock(START);
  });

  it('shows both words of a gate, holds the worse one, and lists what must be closed first', async () => {
    const key = await city.lage('Tore');
    await city.json(
      'leader',
      'POST',
      `/api/lagen/${key}/tore`,
      plan([gate('T1', { streamId: 11 }), gate('T2', { closingMetres: 3 }), gate('T3', { closingMetres: 7 })]),
    );
    await city.json('leader', 'POST', api(key, '/pegel'), { levels: [{ at: at(-1), metres: 1 }] });
    await city.json('leader', 'POST', api(key, '/vorhersagen'), forecast());
    assert.deepEqual(
      (await gatesOf(key)).map(({ code }) => code),
      ['T2', 'T1', 'T3'],
    );
    const [t1] = (await gatesOf(key)).filter(({ code }) => code === 'T1');
    words = [{ streamId: 11, name: 'Torsensor 1', at: START.subtract({ minutes: 20 }), result: 'open' }];
    await watchSurge(ctx);
    words = [{ streamId: 11, name: 'Torsensor 1', at: START, result: 'open' }];
    await city.json('leader', 'POST', `/api/lagen/${key}/tore/${String(t1!['id'])}`, { state: 'closed', remark: 'verriegelt', at: at(-5) });
    await watchSurge(ctx);
    const after_ = (await gatesOf(key)).find(({ code }) => code === 'T1')!;
    assert.partialDeepStrictEqual(after_, { state: 'open', contradiction: true, saidBy: 'sensor', sensor: { state: 'open' }, person: { state: 'closed' } });
    const proposals = (await city.json('leader', 'GET', api(key, '/vorschlaege?state=open')))['items'] as Json[];
    assert.ok(proposals.some(({ rule }) => rule === 'gate-contradiction'));
    const { gate: one, items } = (await city.json('leader', 'GET', `/api/lagen/${key}/tore/${String(t1!['id'])}`)) as { gate: Json; items: Json[] };
    assert.equal(one['contradiction'], true);
    assert.deepEqual(items.map(({ source }) => String(source)).toSorted(), ['person', 'sensor']);
    const { items: shown } = (await city.json('leader', 'GET', `/api/lagen/${key}/objects?layers=tore`)) as { items: { title: string; facts: Json }[] };
    assert.equal(shown.find(({ title }) => title.startsWith('T1'))!.facts['contradiction'], true);
    assert.equal(await watchSurge(ctx), 0, 'looking twice changes nothing');
    assert.match(await logOf(), /Tore laut Sensor offen: T1/);
  });

  it('takes the demo polders into an exercise and never into a real Lage', async () => {
    const real = await city.lage('Echt');
    assert.equal((await city.call('leader', 'POST', `/api/lagen/${real}/tore/demo`)).status, 409);
    const key = await city.lage('Übung', { exercise: true });
    const taken = await city.json('leader', 'POST', `/api/lagen/${key}/tore/demo`);
    assert.ok(Number(taken['polders']) > 70);
    const page = await (await city.call('leader', 'GET', `/lagen/${key}/tore`)).text();
    assert.match(page, /erfunden/);
    const csv = await (await city.call('leader', 'GET', `/lagen/${key}/tore/tabelle.csv`)).text();
    assert.equal(csv.trim().split('\r\n').length, 1 + Number(taken['gates']));
  });
});

describe('what is to be done in a storm surge', () => {
  it('confirms a measure once, by who is responsible; what speaks against it wants a remark', async () => {
    const key = await city.lage('Maßnahmen');
    await city.json('leader', 'POST', `/api/lagen/${key}/tore`, plan([gate('T1')]));
    await city.json('leader', 'POST', api(key, '/pegel'), { levels: [{ at: at(-1), metres: 1 }] });
    await city.json('leader', 'POST', api(key, '/vorhersagen'), forecast());
    const confirm = (measure: string, body: object): Promise<Response> => city.call('leader', 'POST', api(key, `/massnahmen/${measure}/bestaetigung`), body);
    const open = await confirm('tore-schliessen', {});
    assert.equal(open.status, 422);
    assert.match(await open.text(), /1 Tore, die das Wasser erreicht/);
    assert.equal((await confirm('tore-schliessen', { remark: 'Tor 1 mit Sandsäcken gesichert' })).status, 200);
    assert.equal((await confirm('tore-schliessen', { remark: 'noch einmal' })).status, 409);
    assert.equal((await confirm('deichverteidiger', {})).status, 422);
    assert.equal((await confirm('deichverteidiger', { count: 300, remark: '' })).status, 422);
    assert.equal((await confirm('deichverteidiger', { count: 320 })).status, 200);
    assert.match(await logOf(), /Erledigt: Tore der Polder schließen\. Tor 1 mit Sandsäcken gesichert\. Dagegen spricht: 1 Tore/);
    const ordered_ = expectOk(await orderMeasure(ctx, city.leader, key, 'warnschuesse'));
    assert.match(ordered_.taskRef!, /^task:/);
    assert.deepEqual(expectOk(await orderMeasure(ctx, city.leader, key, 'warnschuesse')), ordered_);
    assert.deepEqual([...ordered.values()], ['Warnschüsse lösen lassen']);
    const given = await city.json('leader', 'POST', api(key, '/massnahmen/hasta-wadi/auftrag'));
    assert.match(String(given['task']), /^task:/);
    assert.deepEqual(await city.json('leader', 'POST', api(key, '/massnahmen/hasta-wadi/auftrag')), given);
    const tasks = (await city.json('leader', 'GET', `/api/lagen/${key}/auftraege`))['items'] as Json[];
    assert.deepEqual(
      tasks.map(({ id }) => `task:${String(id)}`),
      [given['task']],
      'the module of forces has it once',
    );
    expectProblem(await orderMeasure(withoutTasks(), city.leader, key, 'staebe-einberufen'), 'unavailable');
  });

  it('escalates what is overdue, once a step, and proposes it', async () => {
    const key = await city.lage('Fristen');
    await city.json('leader', 'POST', api(key, '/vorhersagen'), forecast({ peaks: [{ kind: 'HW', at: at(482), metres: 5.8, plusMinus: 0.2 }] }));
    await watchSurge(ctx);
    city.setClock(START.add({ minutes: 5 }));
    await watchSurge(ctx);
    await watchSurge(ctx);
    city.setClock(START.add({ minutes: 40 }));
    await watchSurge(ctx);
    const entries = (await logOf()).match(/Überfällig: Bevölkerung warnen/g) ?? [];
    assert.equal(entries.length, 2);
    const open = (await city.json('leader', 'GET', api(key, '/vorschlaege?state=open&limit=200')))['items'] as Json[];
    const one = open.find(({ subject }) => subject === 'measure:bevoelkerung-warnen')!;
    const decide = (body: object): Promise<Response> => city.call('leader', 'POST', api(key, `/vorschlaege/${String(one['id'])}/entscheidung`), body);
    assert.equal((await decide({ accept: false })).status, 422);
    assert.equal((await decide({ accept: false, because: 'Warnung läuft schon über Rundfunk' })).status, 200);
    assert.equal((await decide({ accept: true })).status, 409);
    assert.match(await logOf(), /Vorschlag abgelehnt: Überfällig: Bevölkerung warnen .* Begründung: Warnung läuft schon/);
    await watchSurge(ctx);
    const still = (await city.json('leader', 'GET', api(key, '/vorschlaege?state=open&limit=200')))['items'] as Json[];
    assert.ok(!still.some(({ subject }) => subject === 'measure:bevoelkerung-warnen'), 'what was refused is not proposed again');
    city.setClock(START);
  });

  it('compares options and holds the decision with its figures', async () => {
    const key = await city.lage('Entscheiden');
    await city.json('leader', 'POST', `/api/lagen/${key}/tore`, plan([gate('T1')]));
    await city.json('leader', 'POST', api(key, '/vorhersagen'), forecast());
    await city.json('leader', 'PUT', api(key, '/freie-kraefte'), { helpers: 10 });
    const [zone] = (await city.json('leader', 'GET', api(key, '/zonen')))['items'] as Json[];
    const [one] = await gatesOf(key);
    const options = [
      { title: 'Tor T1 schließen', kind: 'close-gates', gateIds: [one!['id']] },
      { title: 'Zone A räumen', kind: 'evacuate', zoneIds: [zone!['id']] },
    ];
    const { items } = (await city.json('leader', 'POST', api(key, '/vergleich'), { options })) as { items: Json[] };
    assert.partialDeepStrictEqual(items[1], { people: 900, minutesNeeded: 120, minutesLeft: 600, helpersNeeded: 12, helpersAvailable: 10, verdict: 'too-few' });
    const asked = { question: 'Was zuerst?', options, chosen: 0, because: 'Für die Zone fehlen Kräfte.' };
    assert.equal((await city.call('leader', 'POST', api(key, '/entscheidungen'), { ...asked, because: '' })).status, 422);
    assert.equal((await city.json('leader', 'POST', api(key, '/entscheidungen'), asked))['number'], 1);
    assert.match(
      await logOf(),
      /Was zuerst\? Möglichkeiten: 1\. Tor T1 schließen: erreicht 200 Menschen.*2\. Zone A räumen: erreicht 900 Menschen.*zu wenig Kräfte\. Gewählt: Tor T1 schließen/,
    );
    const zoned = await city.json('leader', 'POST', api(key, `/zonen/${String(zone!['id'])}`), { state: 'running', left: 300 });
    assert.equal(zoned['left'], 300);
    const answer = expectOk(await whatIfOpen(ctx, city.leader, key, String(one!['id'])));
    assert.deepEqual([answer.metres, answer.areaSquareMetres], [5.8, 58_000]);
    assert.equal((await city.call('leader', 'GET', `/api/lagen/${key}/tore/${String(one!['id'])}/offen`)).status, 503, 'without a flood model it says so');
  });

  it('gives an accepted proposal on as a task, once, and says where there is no list of tasks', async () => {
    const key = await city.lage('Auftrag');
    await city.json('leader', 'POST', api(key, '/vorhersagen'), forecast());
    await watchSurge(ctx);
    const [one] = (await city.json('leader', 'GET', api(key, '/vorschlaege?state=open')))['items'] as Json[];
    const id = String(one!['id']);
    expectProblem(await decideOnProposal(withoutTasks(), city.leader, key, id, { accept: true, because: '', asTask: true }), 'unavailable');
    const done = expectOk(await decideOnProposal(ctx, city.leader, key, id, { accept: true, because: '', asTask: true }));
    assert.deepEqual([done.state, [...ordered.values()].at(-1)], ['accepted', one!['title']]);
  });

  it('takes level and gates from SensorThings streams, in centimetres above gauge zero, and leaves out what cannot be', async () => {
    const device = city.as('geraet', { kind: 'device', deviceId: '0190a000-0000-7000-8000-000000001099' });
    const stream = async (name: string): Promise<number> => {
      const answer = await city.call(device, 'POST', '/sta/v1.1/Datastreams', {
        name,
        description: name,
        observationType: 'http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement',
        unitOfMeasurement: { name: 'Zentimeter', symbol: 'cm', definition: 'x' },
        Thing: {
          name,
          description: name,
          Locations: [{ name, description: name, encodingType: 'application/geo+json', location: { type: 'Point', coordinates: [9.97, 53.54] } }],
        },
        Sensor: { name, description: name, encodingType: 'text/html', metadata: 'https://example.org' },
        ObservedProperty: { name, definition: 'https://example.org/w', description: name },
      });
      assert.equal(answer.status, 201, await answer.clone().text());
      return Number(/\((\d+)\)/.exec(answer.headers.get('location')!)![1]);
    };
    const says = async (id: number, minutes: number, result: number): Promise<void> => {
      const answer = await city.call(device, 'POST', `/sta/v1.1/Datastreams(${id})/Observations`, {
        phenomenonTime: at(minutes),
        resultTime: at(minutes),
        result,
      });
      assert.equal(answer.status, 201, await answer.clone().text());
    };
    const [gauge, sensor] = [await stream('Pegel St. Pauli'), await stream('Tor T1')];
    for (const [minutes, result] of [
      [-20, 900],
      [-10, 9999],
      [-1, 915],
    ] as const)
      await says(gauge, minutes, result);
    await says(sensor, -3, 2);
    const key = await city.lage('Strom');
    assert.equal((await city.call('leader', 'PUT', api(key, '/pegel/strom'), { streamId: 999_999 })).status, 422);
    await city.json('leader', 'PUT', api(key, '/pegel/strom'), { streamId: gauge, reference: 'PN', divisor: 100 });
    await city.json('leader', 'POST', `/api/lagen/${key}/tore`, plan([gate('T1', { streamId: sensor })]));
    await watchSurge(real);
    const { items } = (await city.json('leader', 'GET', api(key, '/pegel'))) as { items: Json[] };
    assert.deepEqual(
      items.map(({ metres }) => metres),
      [4, 4.15],
    );
    assert.partialDeepStrictEqual((await gatesOf(key))[0], { state: 'closed', saidBy: 'sensor', sensor: { name: 'Tor T1' } });
  });
});

describe('the pages of the storm surge', () => {
  it('say what is known, how old it is and what comes next, in three languages', async () => {
    const key = await city.lage('Seiten', { exercise: true });
    const empty = await (await city.call('leader', 'GET', `/lagen/${key}/sturmflut`)).text();
    assert.match(empty, /Ohne Vorhersage gibt es keine Fristen/);
    await city.json('leader', 'POST', `/api/lagen/${key}/tore/demo`);
    await city.json('leader', 'POST', api(key, '/pegel'), { levels: Array.from({ length: 12 }, (_, i) => ({ at: at(-60 + i * 5), metres: 2 + i * 0.05 })) });
    await city.json(
      'leader',
      'POST',
      api(key, '/vorhersagen'),
      forecast({ synthetic: true, peaks: [{ kind: 'HW', at: at(180), metres: 6.2, plusMinus: 0.2 }] }),
    );
    await watchSurge(ctx);
    const page = await (await city.call('leader', 'GET', `/lagen/${key}/sturmflut`)).text();
    for (const words of [
      /2,55 m/,
      /steigt 60 cm\/h/,
      /6,20 m/,
      /vor 5 min/,
      /Vorhersage von 19:55 \(BSH\)/,
      /synthetisch/,
      /<svg class="k-curve__picture/,
      /Dieselben Zahlen als Tabelle/,
      /überfällig/,
      /ÜBUNG/,
    ])
      assert.match(page, words);
    assert.doesNotMatch(page, /undefined|\[object|NaN/);
    for (const path of [
      '/sturmflut/werte',
      '/sturmflut/vorhersagen',
      '/sturmflut/entscheidung',
      '/sturmflut/massnahme/warnschuesse',
      '/sturmflut/vorhersage',
      '/sturmflut/pegel',
      '/tore?offen=1&ordnung=pilot',
    ])
      for (const lang of ['de', 'en', 'leicht']) {
        const answer = await city.server.request(`/lagen/${key}${path}`, { headers: { cookie: `kontor_session=leader; kontor_lang=${lang}` } });
        const text = await answer.text();
        assert.equal(answer.status, 200, `${path} ${lang}`);
        assert.doesNotMatch(text, /undefined|\[object|NaN/, `${path} ${lang}`);
      }
  });

  it('keep what was typed and say what is wrong; what is right is kept', async () => {
    const key = await city.lage('Formulare');
    const wrong = await city.form('leader', `/lagen/${key}/sturmflut/vorhersage`, {
      issuer: 'BSH',
      issuedAt: 'eben',
      peakAt: '29.11.2026 06:00',
      peakMetres: 'hoch',
      plusMinus: '0,2',
    });
    assert.equal(wrong.status, 422);
    assert.match(await wrong.text(), /value="hoch"/);
    const right = await city.form('leader', `/lagen/${key}/sturmflut/vorhersage`, {
      issuer: 'BSH',
      issuedAt: '19:50',
      peakAt: '29.11.2026 06:00',
      peakMetres: '5,80',
      plusMinus: '0,2',
      reference: 'NHN',
    });
    assert.equal(right.status, 303, await right.text());
    const level = await city.form('leader', `/lagen/${key}/sturmflut/pegel`, { at: '19:55', metres: '8,1', reference: 'PN', source: '' });
    assert.equal(level.status, 303, await level.text());
    const columns = 'polder;polderName;people;facilities;gate;gateName;kind;closingMetres;closingMinutes;pilot;lon;lat;streamId';
    const gates = await city.form('leader', `/lagen/${key}/tore`, { csv: `${columns}\nP1;Polder;100;1;P1-1;Zufahrt;Hubtor;4,2;;Pilot 1;9,95;53,52;` });
    assert.equal(gates.status, 303, await gates.text());
    const [one] = await gatesOf(key);
    assert.equal(one!['closingMinutes'], 15);
    const said = await city.form('leader', `/lagen/${key}/tore/${String(one!['id'])}`, { state: 'closed', at: '19:59', remark: 'zu' });
    assert.equal(said.status, 303, await said.text());
    const unsaid = await city.form('leader', `/lagen/${key}/tore/${String(one!['id'])}`, { state: '', at: '', remark: 'getippt' });
    assert.match(await unsaid.text(), /getippt/);
    const confirmed = await city.form('leader', `/lagen/${key}/sturmflut/massnahme/warnschuesse`, { remark: '' });
    assert.equal(confirmed.status, 303, await confirmed.text());
    const text = await (await city.call('leader', 'GET', `/lagen/${key}/tore/${String(one!['id'])}`)).text();
    assert.match(text, /Jens Leiter/);
    assert.match(text, /geschlossen/);
  });
});
