import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { sql } from 'kysely';
import type { Actor } from '../../../kernel/actor.ts';
import { expectOk } from '../../../kernel/result.ts';
import type { CityServer } from '../../../platform/http/server.ts';
import { serverOf, wholeCity, type WholeCity } from '../../../../test/support/whole-city.ts';
import { startDraft } from '../../procedure/public.ts';
import { endLapsedHelp } from '../application/end-help.ts';
import { forgetHelp, helpOf } from '../application/holdings.ts';

const SECRET_WORDS = 'Waldschrat';
let now = Temporal.Instant.from('2026-11-30T10:00:00Z');
let city: WholeCity;
let server: CityServer;

const citizen = (id: string) => ({ kind: 'citizen', accountId: `0190a000-0000-7000-8000-00000000${id}`, trust: 'hoch' }) as const;
const guide = (id: string) => ({ kind: 'staff', staffId: `0190a000-0000-7000-8000-00000000${id}`, roles: ['lotse'], authorities: [] }) as const;
const ACTORS = { person: citizen('1111'), stranger: citizen('2222'), lotte: guide('3333'), dirk: guide('4444') } satisfies Record<string, Actor>;
type Who = keyof typeof ACTORS;

before(async () => {
  city = await wholeCity({ clock: () => now });
  server = serverOf(
    city,
    (token) => ACTORS[token as Who],
    () => now,
  );
});
after(() => city.close());

async function call(
  who: Who,
  method: string,
  path: string,
  body?: object,
): Promise<{ status: number; json: Record<string, never> & { code?: string; id?: string; state?: string } }> {
  const headers = { cookie: `kontor_session=${who}`, origin: 'http://localhost:8080', 'content-type': 'application/json' };
  const answer = await server.request(path, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  return { status: answer.status, json: (await answer.json()) as never };
}

/** A draft of the person's and help that runs. */
async function runningHelp(): Promise<{ draft: string; help: string }> {
  const draft = expectOk(await startDraft(city.ctx, ACTORS.person, 'hund')).id;
  const { code } = (await call('person', 'POST', `/api/drafts/${draft}/help`)).json;
  const help = (await call('lotte', 'POST', '/api/guides/assistances', { code })).json.id!;
  const yes = await call('person', 'POST', `/api/drafts/${draft}/help/answer`, { guideId: ACTORS.lotte.staffId, agreed: true });
  assert.equal(yes.json.state, 'running');
  return { draft, help };
}

const stand = async (help: string): Promise<string> =>
  ((await call('lotte', 'GET', `/api/guides/assistances/${help}/pages/hund`)).json as unknown as { stand: string }).stand;

it('only the owner opens help, only who was named may be agreed to, and nobody else sees the page', async () => {
  const draft = expectOk(await startDraft(city.ctx, ACTORS.person, 'hund')).id;
  assert.equal((await call('stranger', 'POST', `/api/drafts/${draft}/help`)).status, 404);
  const { code } = (await call('person', 'POST', `/api/drafts/${draft}/help`)).json;
  const help = (await call('lotte', 'POST', '/api/guides/assistances', { code })).json.id!;
  assert.equal((await call('dirk', 'POST', '/api/guides/assistances', { code })).status, 404, 'one use');
  assert.equal((await call('lotte', 'GET', `/api/guides/assistances/${help}/pages/hund`)).status, 404, 'nothing before the yes');
  assert.equal((await call('person', 'POST', `/api/drafts/${draft}/help/answer`, { guideId: ACTORS.dirk.staffId, agreed: true })).status, 409);
  assert.equal((await call('stranger', 'POST', `/api/drafts/${draft}/help/answer`, { guideId: ACTORS.lotte.staffId, agreed: true })).status, 404);
  await call('person', 'POST', `/api/drafts/${draft}/help/answer`, { guideId: ACTORS.lotte.staffId, agreed: true });
  assert.equal((await call('lotte', 'GET', `/api/guides/assistances/${help}/pages/hund`)).status, 200);
  assert.equal((await call('dirk', 'GET', `/api/guides/assistances/${help}/pages/hund`)).status, 404);
  for (const path of [`/api/drafts/${draft}`, `/api/drafts/${draft}/help`])
    assert.ok([401, 403, 404].includes((await call('lotte', 'GET', path)).status), path);
});

it('the guide types answers but no declaration, and leaves what the person changed meanwhile', async () => {
  const { draft, help } = await runningHelp();
  const seen = await stand(help);
  const put = await call('person', 'PUT', `/api/drafts/${draft}/answers`, { answers: { dogName: 'Bella' } });
  assert.equal(put.status, 200, JSON.stringify(put.json));
  const typed = await call('lotte', 'PUT', `/api/guides/assistances/${help}/pages/hund`, {
    stand: seen,
    fields: { dogName: SECRET_WORDS, breed: 'labrador', chip: '276098100000001' },
  });
  assert.deepEqual((typed.json as unknown as { typed: string[]; kept: string[] }).typed, ['breed', 'chip']);
  assert.deepEqual((typed.json as unknown as { kept: string[] }).kept, ['dogName']);
  const last = await call('lotte', 'GET', `/api/guides/assistances/${help}/pages/person`);
  const { stand: lastStand } = last.json as unknown as { stand: string };
  await call('lotte', 'PUT', `/api/guides/assistances/${help}/pages/person`, { stand: lastStand, fields: { givenName: 'Käthe', truthful: 'ja' } });
  const { answers } = (await call('person', 'GET', `/api/drafts/${draft}`)).json as unknown as { answers: Record<string, unknown> };
  assert.equal(answers['dogName'], 'Bella');
  assert.equal(answers['breed'], 'labrador');
  assert.equal(answers['givenName'], 'Käthe');
  assert.equal(answers['truthful'], undefined, 'declaring is the person’s');
});

it('what the person corrects on a page from before the guide typed is theirs; what they left alone stays the guide’s', async () => {
  const { draft, help } = await runningHelp();
  const path = `/antrag/${draft}/seite/hund`;
  const headers = { cookie: 'kontor_session=person', origin: 'http://localhost:8080' };
  const shown = await (await server.request(path, { headers })).text();
  const hidden = (name: string): string => new RegExp(`name="${name}" value="([^"]*)"`).exec(shown)?.[1] ?? '';
  now = now.add({ seconds: 5 });
  const typed = await call('lotte', 'PUT', `/api/guides/assistances/${help}/pages/hund`, {
    stand: await stand(help),
    fields: { dogName: SECRET_WORDS, chip: '276098100000001' },
  });
  assert.equal(typed.status, 200);
  const body = new URLSearchParams({ asked: hidden('asked'), stand: hidden('stand'), shown: hidden('shown'), dogName: 'Bella', chip: '' });
  await server.request(path, { method: 'POST', headers, body });
  const { answers } = (await call('person', 'GET', `/api/drafts/${draft}`)).json as unknown as { answers: Record<string, unknown> };
  assert.deepEqual([answers['dogName'], answers['chip']], ['Bella', '276098100000001']);
});

it('after the end every route of the help is refused to the guide, and every route about the draft was all along', async () => {
  const ways: readonly ((draft: string, help: string) => Promise<unknown>)[] = [
    (draft) => call('person', 'DELETE', `/api/drafts/${draft}/help`),
    (_, help) => call('lotte', 'DELETE', `/api/guides/assistances/${help}`),
    async () => (now = now.add({ minutes: 30 })),
    (draft) => call('person', 'DELETE', `/api/drafts/${draft}`),
  ];
  for (const end of ways) {
    const { draft, help } = await runningHelp();
    assert.equal((await call('lotte', 'GET', `/api/guides/assistances/${help}/pages/hund`)).status, 200);
    await end(draft, help);
    const routes = server.routes.filter(
      ({ path }) => /^\/(api\/guides\/assistances|lotsen\/hilfe)\/:id/.test(path) || /\/(antrag|vorgang|eingang|cases|drafts|files)\/:id/.test(path),
    );
    assert.ok(routes.length >= 25, `only ${routes.length}`);
    for (const { method, path } of routes) {
      if (path.endsWith('/beenden') || (method === 'delete' && path === '/api/guides/assistances/:id')) continue;
      const at = path
        .replace(':id', /assistances|lotsen/.test(path) ? help : draft)
        .replace(':page', 'hund')
        .replace(/:\w+/g, '0');
      const headers = { cookie: 'kontor_session=lotte', origin: 'http://localhost:8080' };
      const body = path.startsWith('/api') ? JSON.stringify({ stand: '', fields: {} }) : new URLSearchParams({ stand: '' });
      const type = path.startsWith('/api') ? { 'content-type': 'application/json' } : {};
      const answer = await server.request(at, { method: method.toUpperCase(), headers: { ...headers, ...type }, ...(method === 'get' ? {} : { body }) });
      assert.ok([400, 403, 404, 422].includes(answer.status), `${method} ${at}: ${answer.status}`);
    }
  }
});

it('what time has ended is told by the journal, which knows pages and fields and no words', async () => {
  const { draft, help } = await runningHelp();
  await call('lotte', 'PUT', `/api/guides/assistances/${help}/pages/hund`, { stand: await stand(help), fields: { dogName: SECRET_WORDS } });
  now = now.add({ minutes: 31 });
  await endLapsedHelp(city.ctx);
  const steps = await city.ctx.journal.readStream(city.ctx.database.read, `assistance:${help}`);
  assert.deepEqual(
    steps.map(({ kind }) => kind.replace('guides.assistance-', '')),
    ['opened', 'offered', 'consented', 'page-seen', 'field-typed', 'ended'],
  );
  assert.deepEqual(steps.at(-2)!.payload['fields'], ['dogName']);
  assert.equal(steps.at(-1)!.payload['because'], 'time');
  assert.doesNotMatch(JSON.stringify(steps), new RegExp(SECRET_WORDS));
  const kept = await sql<{ lang: string; text: string }>`select consent_lang as lang, consent_text as text from guides.assistance where id = ${help}`.execute(
    city.ctx.database.read,
  );
  assert.equal(kept.rows[0]!.lang, 'de');
  assert.match(kept.rows[0]!.text, /Ich kann die Hilfe jederzeit beenden/);
  now = now.add({ hours: 24 * 32 });
  await endLapsedHelp(city.ctx);
  const left = await sql`select 1 from guides.assistance where draft_id = ${draft}`.execute(city.ctx.database.read);
  assert.equal(left.rows.length, 0, 'deleted after thirty days');
});

it('goes into the export of the account without who helped, and is forgotten with it', async () => {
  const { help } = await runningHelp();
  await call('person', 'DELETE', `/api/guides/assistances/${help}`);
  const held = await helpOf(city.ctx.database.read, ACTORS.person.accountId);
  const last = held.at(-1)!;
  assert.deepEqual([last.service, last.consentedAt], ['hund', now.toString()]);
  assert.match(last.consentText!, /\w{3}/);
  assert.ok(!JSON.stringify(held).includes(ACTORS.lotte.staffId));
  assert.deepEqual(await helpOf(city.ctx.database.read, ACTORS.stranger.accountId), []);
  await city.ctx.database.write((tx) => forgetHelp(tx, ACTORS.person.accountId));
  assert.deepEqual(await helpOf(city.ctx.database.read, ACTORS.person.accountId), []);
});

it('asked for twice at once, the later code holds and nothing breaks', async () => {
  const draft = expectOk(await startDraft(city.ctx, ACTORS.person, 'hund')).id;
  const both = await Promise.all([1, 2].map(() => call('person', 'POST', `/api/drafts/${draft}/help`)));
  assert.ok(
    both.every(({ status }) => status < 300),
    JSON.stringify(both),
  );
});

it('a guide learns nothing by a code alone, not even which service it is about', async () => {
  const draft = expectOk(await startDraft(city.ctx, ACTORS.person, 'hund')).id;
  const { code } = (await call('person', 'POST', `/api/drafts/${draft}/help`)).json;
  const help = (await call('lotte', 'POST', '/api/guides/assistances', { code })).json.id!;
  const seen = await call('lotte', 'GET', `/api/guides/assistances/${help}`);
  assert.deepEqual([seen.status, seen.json.state, seen.json['service']], [200, 'offered', null]);
  const desk = await (await server.request('/lotsen', { headers: { cookie: 'kontor_session=lotte' } })).text();
  const row = new RegExp(`<tr(?:(?!</tr>)[\\s\\S])*${help}[\\s\\S]*?</tr>`).exec(desk)![0];
  assert.doesNotMatch(row, /Hund/);
  await call('person', 'POST', `/api/drafts/${draft}/help/answer`, { guideId: ACTORS.lotte.staffId, agreed: true });
  assert.equal((await call('lotte', 'GET', `/api/guides/assistances/${help}`)).json['service'], 'hund');
});

it('who takes the yes back in the middle is not looked at afterwards, however close the two come', async () => {
  const { draft, help } = await runningHelp();
  const at = `/api/guides/assistances/${help}/pages/hund`;
  const form = { stand: await stand(help), fields: { dogName: 'Zu spät' } };
  await Promise.all([
    ...Array.from({ length: 6 }, () => call('lotte', 'GET', at)),
    call('person', 'DELETE', `/api/drafts/${draft}/help`),
    ...Array.from({ length: 6 }, () => call('lotte', 'GET', at)),
    call('lotte', 'PUT', at, form),
  ]);
  assert.equal((await call('lotte', 'GET', at)).status, 404);
  assert.equal((await call('lotte', 'PUT', at, form)).status, 404);
  const kinds = (await city.ctx.journal.readStream(city.ctx.database.read, `assistance:${help}`)).map(({ kind }) => kind);
  assert.equal(kinds.indexOf('guides.assistance-ended'), kinds.length - 1, 'nothing happens after the end');
});

it('shows the person every help with a draft, who gave it and what they did, also once the draft is gone', async () => {
  const { draft, help } = await runningHelp();
  await call('lotte', 'PUT', `/api/guides/assistances/${help}/pages/hund`, { stand: await stand(help), fields: { dogName: 'Bodo' } });
  await call('person', 'DELETE', `/api/drafts/${draft}/help`);
  now = now.add({ seconds: 5 });
  const { code } = (await call('person', 'POST', `/api/drafts/${draft}/help`)).json;
  await call('dirk', 'POST', '/api/guides/assistances', { code });
  await call('person', 'POST', `/api/drafts/${draft}/help/answer`, { guideId: ACTORS.dirk.staffId, agreed: false });
  const page = async (who: Who): Promise<Response> => server.request(`/antrag/${draft}/hilfe`, { headers: { cookie: `kontor_session=${who}` } });
  const both = await (await page('person')).text();
  assert.match(both, /Sie haben Nein gesagt[\s\S]*Frühere Hilfe[\s\S]*hat etwas eingetragen: /);
  assert.equal((await call('person', 'DELETE', `/api/drafts/${draft}`)).status, 200);
  const gone = await page('person');
  assert.equal(gone.status, 200);
  const text = await gone.text();
  assert.match(text, /hat etwas eingetragen: /);
  assert.doesNotMatch(text, /Neuen Code holen/);
  assert.equal((await page('stranger')).status, 404);
  assert.equal((await call('person', 'POST', `/api/drafts/${draft}/help`)).status, 404);
});

it('asks for help by a page that can be loaded again: the code stays the same, and is gone once it is used', async () => {
  const path = `/antrag/${expectOk(await startDraft(city.ctx, ACTORS.person, 'hund')).id}/hilfe`;
  const headers = { cookie: 'kontor_session=person', origin: 'http://localhost:8080' };
  const shown = async (): Promise<string | undefined> => />([A-Z2-9]{4}-[A-Z2-9]{4})</.exec(await (await server.request(path, { headers })).text())?.[1];
  const asked = await server.request(path, { method: 'POST', headers, body: new URLSearchParams() });
  assert.deepEqual([asked.status, asked.headers.get('location')], [303, path]);
  const code = await shown();
  assert.ok(code !== undefined && (await shown()) === code);
  assert.equal((await call('lotte', 'POST', '/api/guides/assistances', { code })).status, 201);
  assert.equal(await shown(), undefined);
});

it('a guide’s desk cannot be used to write to many: links are limited', () => {
  const links = city.server.routes.filter(({ path }) => path === '/api/guides/links' || path === '/lotsen/leistung/:service/link');
  assert.deepEqual(
    links.map((route) => 'limit' in route && route.limit),
    ['sign-in', 'sign-in'],
  );
});
