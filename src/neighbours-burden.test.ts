import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { sql } from 'kysely';
import { temporaryCity, type TemporaryCity } from '../test/support/temporary-city.ts';
import type { Indicators } from './kernel/indicator.ts';
import { newId } from './kernel/id.ts';
import { cityFrame } from './frame.ts';
import { followProcessingTimes } from './modules/catalogue/public.ts';
import { indicatorsModule, type IndicatorsModule } from './modules/indicators/public.ts';
import { burdenOn } from './neighbours-burden.ts';

let city: TemporaryCity;
let module: IndicatorsModule;
before(async () => {
  city = await temporaryCity();
  const ctx = { ...city.ctx, outbound: { text: never, download: never, admit: never }, ports: {}, serviceName: () => undefined };
  module = indicatorsModule(ctx, cityFrame({ demo: true }).view);
  // a city that has kept its journal for years: what is dated before its first entry would not be told
  const entry = { stream: 'situation:1', kind: 'situation.lage-opened', payload: { exercise: true } };
  const long = Temporal.Instant.from('2024-01-10T09:00:00Z');
  await city.database.write((tx) => city.ctx.journal.append(tx, { kind: 'system', job: 'test' }, long, [entry]));
});
after(() => city.close());

const never = (): never => assert.fail('nothing is fetched');
const SERVICES = ['gross', 'klein', 'mittel', 'neu'];
const cases = (indicators: Pick<Indicators, 'history'> = module.indicators) => {
  const desk = { services: { packages: new Map(SERVICES.map((key) => [key, {}])) } };
  return burdenOn({ ...city.ctx, desk } as never, indicators).cases();
};

/** So many applications that came in on a day. @param noted when this city heard of them */
async function arrive(service: string, receivedOn: string, count: number, noted = receivedOn): Promise<void> {
  const at = Temporal.Instant.from(`${noted}T09:00:00Z`);
  const entries = Array.from({ length: count }, () => {
    const caseId = newId(city.clock.now().epochMilliseconds);
    return { stream: `case:${caseId}`, kind: 'procedure.antrag-eingereicht', payload: { caseId, service, authority: 'a', receivedOn } };
  });
  await city.database.write((tx) => city.ctx.journal.append(tx, { kind: 'system', job: 'test' }, at, entries));
  await module.catchUp();
  await followProcessingTimes(city.ctx);
}

it('cases are those of the last twelve whole months by the day they came in, in tens', async () => {
  await arrive('gross', '2025-10-31', 500);
  await arrive('gross', '2025-11-01', 21);
  await arrive('gross', '2026-10-31', 16, '2026-11-02');
  await arrive('gross', '2026-11-01', 40);
  await arrive('neu', '2026-11-02', 30);
  assert.deepEqual(await cases(), new Map([['gross', { byWay: { online: 30 }, countedMonths: 0 }]]));
});

it('who looks daily sees no single case', async () => {
  const before = await cases();
  await arrive('gross', '2026-11-23', 1);
  await arrive('klein', '2026-11-23', 1);
  city.clock.advance({ hours: 5 * 24 });
  assert.deepEqual(await cases(), before);
});

it('a month that may not be shown changes nothing: the tens are no way around what the indicators hide', async () => {
  // 21 + 16 are shown; with nine more the tens would tell that a hidden month has three cases at least, and with others exactly how many
  const before = await cases();
  await arrive('gross', '2026-08-10', 9);
  await arrive('klein', '2026-08-10', 3);
  assert.deepEqual(await cases(), before);
  // a service that never has ten a month is unknown, not 0 and not its sum
  for (const month of ['02', '03', '04', '05']) await arrive('klein', `2026-${month}-01`, 9);
  assert.equal((await cases()).get('klein'), undefined);
});

it('the counters’ cases of the same months come beside them, by way, and say in how many months somebody counted', async () => {
  const counted = [
    ['2025-10-01', 'gross', 'counter', 90],
    ['2025-11-01', 'gross', 'counter', 20],
    ['2026-10-01', 'gross', 'counter', 30],
    ['2026-10-01', 'gross', 'post', 10],
    ['2026-11-01', 'gross', 'counter', 70],
    ['2026-09-01', 'neu', 'phone', 40],
  ] as const;
  await city.database.write(async (tx) => {
    for (const [month, service, channel, count] of counted)
      await sql`insert into usage.counter_cases (month, service, channel, count) values (${month}, ${service}, ${channel}, ${count})`.execute(tx);
  });
  const all = await cases();
  assert.deepEqual(all.get('gross'), { byWay: { online: 30, counter: 50, post: 10 }, countedMonths: 2 });
  assert.deepEqual(all.get('neu'), { byWay: { phone: 40 }, countedMonths: 1 });
  await city.database.write((tx) => sql`delete from usage.counter_cases`.execute(tx));
});

it('is reckoned from nothing but what the indicators tell everybody', async () => {
  const told: string[] = [];
  const points = [
    { month: '2026-09', value: 13, cases: 13 },
    { month: '2026-10', value: undefined, cases: undefined },
  ];
  const indicators = {
    history: async (key: string, question: { readonly service?: string } = {}) => {
      told.push(`${key} ${question.service}`);
      return question.service === 'mittel' ? points : [];
    },
  };
  assert.deepEqual(await cases(indicators), new Map([['mittel', { byWay: { online: 10 }, countedMonths: 0 }]]));
  assert.deepEqual(
    told,
    SERVICES.map((service) => `applications ${service}`),
  );
});
