import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { sql } from 'kysely';
import type { Actor } from '../../src/kernel/actor.ts';
import { expectOk } from '../../src/kernel/result.ts';
import { samplePicture } from '../../src/commands/sample-picture.ts';
import { demoAccounts } from '../../src/modules/identity/public.ts';
import { addUpload, putAnswers, startDraft, submit, writeLetter } from '../../src/modules/procedure/public.ts';
import { addVariant, makeScenario, saveKit } from '../../src/modules/scenarios/public.ts';
import type { CityServer } from '../../src/platform/http/server.ts';
import type { AnyRoute } from '../../src/platform/http/route.ts';
import { serverOf, wholeCity, type WholeCity } from '../support/whole-city.ts';

/** Who has no business with Katharina's rows, though each holds a role that opens the door. */
const STRANGERS: Readonly<Record<string, Actor>> = {
  neighbour: { kind: 'citizen', accountId: '0190a000-0000-7000-8000-00000000aaaa', trust: 'hoch' },
  'officer elsewhere': {
    kind: 'staff',
    staffId: '0190a000-0000-7000-8000-00000000bbbb',
    roles: ['sachbearbeitung', 'leitung'],
    authorities: ['bezirksamt-wandsbek'],
  },
  administrator: { kind: 'staff', staffId: '0190a000-0000-7000-8000-00000000cccc', roles: ['administration'], authorities: ['bezirksamt-altona'] },
};

let city: WholeCity;
let server: CityServer;
/** Rows that are really there: an application being filled in, and a case with a file and a letter. */
const rows = {
  draft: '',
  case: '',
  draftFile: '',
  caseFile: '',
  letter: 'antrag-eingereicht.1',
  cosigning: '',
  token: '',
  contribution: '',
  scenario: '',
  variant: '',
  kit: '',
};
/** Asked to sign Katharina's draft, and took the invitation. */
const COSIGNER = { givenName: 'Jürgen', familyName: 'Mitzeichner', email: 'mitzeichner@buerger.example' };

before(async () => {
  city = await wholeCity();
  const { ctx } = city;
  const [katharina, second] = await demoAccounts(ctx.database.read);
  const citizen = { kind: 'citizen', accountId: katharina!.id, trust: 'hoch' } as const;
  const begin = async (): Promise<{ id: string; file: string }> => {
    const { walk } = ctx.desk.current('baumfaellung')!;
    const { id } = expectOk(await startDraft(ctx, citizen, 'baumfaellung'));
    expectOk(await putAnswers(ctx, citizen, id, walk.answers, 'de'));
    const files: string[] = [];
    for (const { slot, fileName } of walk.documents) {
      files.push(expectOk(await addUpload(ctx, citizen, { ownerId: id, slot, field: slot, fileName, bytes: samplePicture(), tooLarge: false })).id);
    }
    return { id, file: files[0]! };
  };
  const [draft, submitted] = [await begin(), await begin()];
  expectOk(await submit(ctx, citizen, submitted.id, 'de'));
  await writeLetter(ctx, { caseId: submitted.id, version: 1 });
  const cosigner = { kind: 'citizen', accountId: second!.id, trust: 'hoch' } as const;
  await askedAndTaken(citizen, cosigner, draft.id);
  Object.assign(rows, { draft: draft.id, case: submitted.id, draftFile: draft.file, caseFile: submitted.file });
  await planned(citizen);
  const officer: Actor = { ...STRANGERS['officer elsewhere']!, authorities: ['bezirksamt-altona'] } as Actor;
  const actors: Readonly<Record<string, Actor>> = { ...STRANGERS, owner: citizen, cosigner, officer };
  server = serverOf(city, (token) => actors[token]);
  rows.contribution = await contributed();
});
after(() => city.close());

/** A scenario and a kit of Katharina's. */
async function planned(owner: Actor): Promise<void> {
  const area = {
    type: 'Polygon',
    coordinates: [
      [
        [10, 53.55],
        [10.005, 53.55],
        [10.005, 53.553],
        [10, 53.55],
      ],
    ],
  };
  const { id } = expectOk(await makeScenario(city.ctx, owner, { title: 'Platz der Petersen', question: '', area, data: {} }));
  rows.scenario = id;
  rows.variant = expectOk(await addVariant(city.ctx, owner, id, { name: 'Petersen baut', description: '' })).id;
  rows.kit = expectOk(await saveKit(city.ctx, owner, { title: 'Baukasten Petersen', question: '', views: [], scenarioIds: [id] })).id;
}

/** By the API, as people would; the token is read where the mail waits. */
async function askedAndTaken(owner: Actor, cosigner: Actor, draftId: string): Promise<void> {
  const call = async (path: string, actor: Actor, body: object): Promise<{ id: string }> => {
    const route = city.server.routes.find((one) => one.kind === 'api' && one.method === 'post' && one.path === path);
    assert.ok(route?.kind === 'api');
    return expectOk(await route.handle({ actor, params: { id: draftId }, body, now: city.ctx.clock(), lang: 'de' } as never)) as { id: string };
  };
  rows.cosigning = (await call('/api/drafts/:id/cosigners', owner, COSIGNER)).id;
  const mail = await sql<{ text: string }>`select body as text from platform.mail where recipient = ${COSIGNER.email}
    union all select body from platform.demo_mail where recipient = ${COSIGNER.email}`.execute(city.ctx.database.read);
  rows.token = /mitzeichnen\/([\w-]{43})/.exec(mail.rows.map(({ text }) => text).join('\n'))![1]!;
  assert.equal((await call('/api/cosignings', cosigner, { token: rows.token })).id, rows.cosigning);
}

/** What Katharina wrote on the map with her account; nobody has published it. */
async function contributed(): Promise<string> {
  const today = city.ctx.clock().toZonedDateTimeISO('Europe/Berlin').toPlainDate();
  const write = async (path: string, who: string, body: object): Promise<{ id: string }> => {
    const headers = { cookie: `kontor_session=${who}`, 'content-type': 'application/json' };
    const answer = await server.request(path, { method: 'POST', headers, body: JSON.stringify(body) });
    assert.equal(answer.status, 201, await answer.clone().text());
    return (await answer.json()) as { id: string };
  };
  const at = '/api/contributions/participations';
  await write(at, 'officer', {
    key: 'markt',
    title: 'Markt',
    text: 'Was fehlt?',
    area: city.ctx.desk.services.districts.find(({ id }) => id === 'altona')!.rings,
    categories: [{ id: 'alles', name: 'Alles' }],
    startsOn: today.toString(),
    endsOn: today.toString(),
    moderation: 'before',
    authority: 'bezirksamt-altona',
  });
  return (await write(`${at}/markt/contributions`, 'owner', { category: 'alles', title: 'Beispielstraße', text: 'Von Petersen.', withAccount: true })).id;
}

/** The route's path with the ids of rows that are there. */
function concrete(path: string): string[] {
  return [
    { id: rows.draft, file: rows.draftFile },
    { id: rows.case, file: rows.caseFile },
    { id: rows.cosigning, file: rows.draftFile },
    { id: rows.scenario, file: rows.draftFile },
    { id: rows.kit, file: rows.draftFile },
  ].map(({ id, file }) =>
    path
      .replace(':id', id)
      .replace(/:(uploadId|upload)\b/, file)
      .replace(/:(cosignerId|person)\b/, rows.cosigning)
      .replace(':token', /mein-beitrag|receipts/.test(path) ? rows.contribution : rows.token)
      .replace(/:(variantId|variante)\b/, rows.variant)
      .replace(':slot', 'foto.0')
      .replace(':page', 'trees')
      .replace(':key', rows.letter)
      .replace(':action', 'note')
      .replace(/:\w+/g, '0'),
  );
}

const BODIES: Readonly<Record<string, object>> = {
  '/api/cases/:id/actions': { command: { action: 'note', text: 'fremd' } },
  '/api/cases/:id/status-code': { action: 'renew' },
  '/api/drafts/:id/answers': { answers: { owner: false } },
  '/api/drafts/:id/channel': { channel: 'post' },
  '/api/drafts/:id/cosigners': { givenName: 'Fremde', familyName: 'Person', email: 'fremd@buerger.example' },
  '/api/cosignings': {
    get token() {
      return rows.token;
    },
  },
  '/api/cosignings/:id/signature': { sha256: 'f'.repeat(64) },
  '/api/cosignings/:id/refusal': { reason: 'fremd' },
  '/api/twin/scenarios/:id': { title: 'fremd', area: '10 53.55\n10.01 53.55\n10.01 53.56' },
  '/api/twin/scenarios/:id/visibility': { visibility: 'public' },
  '/api/twin/scenarios/:id/variants': { name: 'fremd' },
  '/api/twin/scenarios/:id/variants/:variantId': { name: 'fremd' },
  '/api/twin/scenarios/:id/variants/:variantId/plan': { type: 'FeatureCollection', features: [] },
  '/api/twin/scenarios/:id/variants/:variantId/features': {
    type: 'Feature',
    properties: { kind: 'tree' },
    geometry: { type: 'Point', coordinates: [10, 53.55] },
  },
  '/api/twin/scenarios/:id/runs': { process: 'canopy' },
  '/api/twin/scenarios/:id/share': { days: 7 },
  '/api/twin/scenarios/:id/invitation': { days: 7 },
  '/api/twin/scenarios/:id/comments': { text: 'fremd' },
};

function call(route: AnyRoute, path: string, who: string): Promise<Response> {
  const headers = { cookie: `kontor_session=${who}`, origin: 'http://localhost:8080' };
  if (route.method === 'get') return server.request(path, { headers });
  if (route.kind === 'page' || (route.kind === 'api' && route.upload === true))
    return server.request(path, { method: 'POST', headers, body: new URLSearchParams({ text: 'fremd', version: '1' }) });
  return server.request(path, {
    method: route.method.toUpperCase(),
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(BODIES[route.path] ?? {}),
  });
}

/** Pages that tell nothing of a row, whoever asks: the link itself, and everybody's own list. Both have a test of their own. */
const TELLS_NOTHING = ['get /mitzeichnen/:token', 'get /api/cosignings'];
const aboutRows = (): AnyRoute[] =>
  server.routes.filter(
    (route) =>
      /\/(antrag|vorgang|eingang|cases|drafts|files|mitantrag|cosignings|scenarios|szenarien|kits|baukasten)\/:id|\/mitzeichnen\/|\/mein-beitrag\/:token|\/contributions\/receipts\/|\/api\/cosignings$/.test(
        route.path,
      ) && !TELLS_NOTHING.includes(`${route.method} ${route.path}`),
  );

it('gives the owner what is theirs: the probes reach real rows', async () => {
  for (const path of [
    `/vorgang/${rows.case}`,
    `/vorgang/${rows.case}/unterlagen/${rows.caseFile}`,
    `/api/cases/${rows.case}`,
    `/api/cases/${rows.case}/letters/${rows.letter}`,
    `/api/drafts/${rows.draft}`,
    `/mein-beitrag/${rows.contribution}`,
    `/api/contributions/receipts/${rows.contribution}`,
    `/api/twin/scenarios/${rows.scenario}`,
    `/api/twin/kits/${rows.kit}`,
  ]) {
    assert.equal((await server.request(path, { headers: { cookie: 'kontor_session=owner' } })).status, 200, path);
  }
});

it('gives and changes nothing of anybody else, whatever the route and the role', async () => {
  const before = await snapshot();
  const wrong: string[] = [];
  const routes = aboutRows();
  assert.ok(routes.length >= 20, `only ${routes.length} routes found`);
  for (const route of routes) {
    for (const who of Object.keys(STRANGERS)) {
      for (const path of concrete(route.path)) {
        const answer = await call(route, path, who);
        const toSignIn = answer.status === 303 && (answer.headers.get('location') ?? '').startsWith('/anmelden');
        if (![400, 403, 404, 409, 422].includes(answer.status) && !toSignIn) wrong.push(`${route.method} ${route.path} as ${who}: ${answer.status}`);
        if (/Petersen|Beispielstraße|Mitzeichner/.test(await answer.text())) wrong.push(`${route.method} ${route.path} as ${who} tells names`);
      }
    }
  }
  assert.deepEqual(wrong, []);
  assert.deepEqual(await snapshot(), before);
});

it('shows the draft to the one account that was asked, and only by its own address', async () => {
  const headers = { cookie: 'kontor_session=cosigner' };
  for (const path of [
    `/mitantrag/${rows.cosigning}`,
    `/mitantrag/${rows.cosigning}/datei/${rows.draftFile}`,
    `/api/cosignings/${rows.cosigning}`,
    `/api/cosignings/${rows.cosigning}/files/${rows.draftFile}`,
  ]) {
    assert.equal((await server.request(path, { headers })).status, 200, path);
  }
  for (const path of [
    `/antrag/${rows.draft}`,
    `/antrag/${rows.draft}/pruefen`,
    `/antrag/${rows.draft}/datei/${rows.draftFile}`,
    `/api/drafts/${rows.draft}`,
    `/vorgang/${rows.case}`,
  ]) {
    assert.equal((await server.request(path, { headers })).status, 404, path);
  }
});

it('the personal link alone tells nothing of the application, whoever opens it', async () => {
  for (const who of ['nobody', ...Object.keys(STRANGERS)]) {
    const answer = await server.request(`/mitzeichnen/${rows.token}`, { headers: { cookie: `kontor_session=${who}` } });
    const said = await answer.text();
    assert.equal(answer.status, 200, who);
    assert.match(said, /gebeten, einen Antrag mitzuzeichnen/);
    assert.doesNotMatch(said, /Petersen|Katharina|Baum|Mitzeichner|Beispielstraße/);
  }
  assert.equal((await server.request(`/mitzeichnen/${'A'.repeat(43)}`)).status, 404);
  const list = await server.request('/api/cosignings', { headers: { cookie: 'kontor_session=neighbour' } });
  assert.deepEqual(await list.json(), []);
});

async function snapshot(): Promise<unknown> {
  const headers = { cookie: 'kontor_session=owner' };
  return [
    await (await server.request(`/api/drafts/${rows.draft}`, { headers })).json(),
    await (await server.request(`/api/cases/${rows.case}`, { headers })).json(),
    await (await server.request(`/api/cases/${rows.case}/status-code`, { headers })).json(),
    await (await server.request(`/api/contributions/receipts/${rows.contribution}`, { headers })).json(),
    await (await server.request(`/api/twin/scenarios/${rows.scenario}`, { headers })).json(),
    await (await server.request('/api/twin/kits', { headers })).json(),
  ];
}
