import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { sql } from 'kysely';
import { expectOk } from '../../../kernel/result.ts';
import type { CityServer } from '../../../platform/http/server.ts';
import { viewOf } from '../../../platform/ui/view.ts';
import { filledDraft, officer, procedureCity, type ProcedureCity } from '../../../../test/support/procedure-city.ts';
import { testServer } from '../../../../test/support/test-server.ts';
import { submit } from '../application/submit.ts';
import { findCase } from '../store/cases.ts';
import { procedureApi } from './api.ts';
import { officerPages } from './officer-pages.ts';

let city: ProcedureCity;
let server: CityServer;
before(async () => {
  city = await procedureCity();
  const now = city.clock.now();
  const anke = sql`insert into identity.staff (id, issuer, subject, name, email, roles, authorities, first_seen_at, last_seen_at)
    values (${officer.staffId}, 'test', 'anke', 'Anke Altmann', 'test@behoerde.example', ${['sachbearbeitung']}, ${['bezirksamt-altona']}, ${now}, ${now})`;
  await city.database.write(async (tx) => void (await anke.execute(tx)));
  const routes = [
    ...officerPages(
      city.ctx,
      (visit) => viewOf(visit, { demo: true }),
      [],
      () => [],
    ),
    ...procedureApi(city.ctx),
  ];
  server = testServer(routes, { clock: city.clock.now, authenticate: async (token) => ({ actor: token === 'citizen' ? city.citizen : officer }) });
});
after(() => city.close());

const newCase = async (): Promise<string> => expectOk(await submit(city.ctx, city.citizen, await filledDraft(city, 'baumfaellung'), 'de')).id;
const headers = (who: string) => ({ cookie: `kontor_session=${who}`, origin: 'http://localhost:8080' });
const page = async (id: string) => (await server.request(`/eingang/${id}`, { headers: headers('officer') })).text();
/** @returns the status */
async function tick(id: string, ...done: readonly string[]): Promise<number> {
  const { version } = (await findCase(city.database.read, id))!;
  const body = new URLSearchParams([['version', String(version)], ...done.map((key): [string, string] => ['check-tasks.done', key])]);
  return (await server.request(`/eingang/${id}/check-tasks`, { method: 'POST', headers: { ...headers('officer'), accept: 'text/html' }, body })).status;
}
const tickedIn = (text: string): number => [...text.matchAll(/<input[^>]*name="check-tasks\.done"[^>]* checked/g)].length;

it('steps of the examination are ticked off on the page, with who and when, and told in the course', async () => {
  const id = await newCase();
  const [first, second] = city.ctx.desk.current('baumfaellung')!.process.tasks.map(({ de }) => de);
  assert.equal(await tick(id, first!, second!), 303);
  const ticked = await page(id);
  assert.equal(tickedIn(ticked), 2);
  assert.match(ticked, /geprüft: Anke Altmann, 24\.11\.2026/);
  assert.match(ticked, /Anke Altmann hat Prüfschritte abgehakt/);
  assert.equal(await tick(id), 303);
  assert.equal(tickedIn(await page(id)), 0);
  assert.match(await page(id), new RegExp(`wieder offen: ${first}`));
  assert.equal(await tick(id, 'erfunden'), 422);
});

it('and by API; the applicant reads nothing of them', async () => {
  const id = await newCase();
  const [first] = city.ctx.desk.current('baumfaellung')!.process.tasks.map(({ de }) => de);
  const { version } = (await findCase(city.database.read, id))!;
  const body = JSON.stringify({ expectedVersion: version, command: { action: 'check-tasks', done: [first] } });
  const done = await server.request(`/api/cases/${id}/actions`, {
    method: 'POST',
    headers: { ...headers('officer'), 'content-type': 'application/json' },
    body,
  });
  assert.equal(done.status, 200, await done.clone().text());
  const checksFor = async (who: string) =>
    ((await (await server.request(`/api/cases/${id}`, { headers: headers(who) })).json()) as { checks: object[] }).checks;
  assert.deepEqual((await checksFor('officer'))[0], { key: first, name: first, required: false, done: { by: `staff:${officer.staffId}`, on: '2026-11-24' } });
  assert.deepEqual(await checksFor('citizen'), []);
});
