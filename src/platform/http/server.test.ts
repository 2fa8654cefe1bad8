import assert from 'node:assert/strict';
import { test } from 'node:test';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { z } from 'zod';
import { ok, refuse } from '../../kernel/result.ts';
import { as, memoryLog, testServer, type TestActor } from '../../../test/support/test-server.ts';
import { html as markup } from '../ui/html.ts';
import { openFile, openTable } from './open-data.ts';
import { apiRoute, dataRoute, getPage, html, postPage, problemPage, redirect, type Access, type FormVisit, type Visit } from './route.ts';

const say = (text: string) => async () => html(markup`<p>${text}</p>`);

test('every role meets every access as the table says', async () => {
  const accesses: Record<string, Access> = {
    public: 'public',
    citizen: 'citizen',
    signedIn: 'signed-in',
    office: ['sachbearbeitung', 'leitung'],
    audit: ['revision'],
  };
  const server = testServer(
    Object.entries(accesses).flatMap(([name, access]) => [
      getPage(`/${name}`, access, say(name)),
      apiRoute({ method: 'get', path: `/api/${name}`, access, tag: 'Test', summary: name, output: z.string(), handle: async () => ok(name) }),
    ]),
  );
  const allowed: Record<string, readonly string[]> = {
    anonymous: ['public'],
    citizen: ['public', 'citizen', 'signedIn'],
    sachbearbeitung: ['public', 'signedIn', 'office'],
    leitung: ['public', 'signedIn', 'office'],
    administration: ['public', 'signedIn'],
    revision: ['public', 'signedIn', 'audit'],
  };
  for (const [who, names] of Object.entries(allowed)) {
    const headers = who === 'anonymous' ? {} : as(who as TestActor);
    for (const name of Object.keys(accesses)) {
      const api = (await server.request(`/api/${name}`, { headers })).status;
      const page = (await server.request(`/${name}`, { headers })).status;
      const refused = who === 'anonymous' ? [401, 303] : [403, 403];
      assert.deepEqual([api, page], names.includes(name) ? [200, 200] : refused, `${who} at ${name}`);
    }
  }
});

test('a session token nobody knows is an anonymous visit', async () => {
  const server = testServer([getPage('/a', 'public', async (visit) => html(markup`${visit.actor.kind} ${visit.sessionToken ?? 'none'}`))]);
  assert.equal(await (await server.request('/a', { headers: { cookie: 'kontor_session=stolen' } })).text(), 'anonymous none');
});

test('a form posted after the session ended comes back with everything typed', async () => {
  const server = testServer([postPage('/antrag', 'citizen', async () => redirect('/'))]);
  const response = await server.request('/antrag', {
    method: 'POST',
    body: new URLSearchParams([
      ['grund', 'Sturm <"&'],
      ['baum', '1'],
      ['baum', '2'],
    ]),
  });
  assert.equal(response.status, 401);
  const page = await response.text();
  assert.ok(page.includes('name="grund" value="Sturm &lt;&quot;&amp;"'));
  assert.equal(page.match(/name="baum"/g)?.length, 2);
  assert.ok(page.includes('action="/antrag"'));
});

test('forms: every field, repeated ones too', async () => {
  let seen: FormVisit | undefined;
  const server = testServer([postPage('/f', 'public', async (visit) => ((seen = visit), redirect('/danke')))]);
  const response = await server.request('/f?x=1', {
    method: 'POST',
    body: new URLSearchParams([
      ['a', 'ä ö'],
      ['a', '2'],
    ]),
  });
  assert.equal(response.status, 303);
  assert.equal(response.headers.get('location'), '/danke');
  assert.deepEqual(seen?.fields.getAll('a'), ['ä ö', '2']);
  assert.equal(seen?.query.get('x'), '1');
});

const CSRF: readonly [string, Record<string, string>, number][] = [
  ['the same origin by Sec-Fetch-Site', { 'sec-fetch-site': 'same-origin' }, 303],
  ['typed into the address bar', { 'sec-fetch-site': 'none' }, 303],
  ['another site', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }, 403],
  ['a neighbour host of the same site', { 'sec-fetch-site': 'same-site' }, 403],
  ['an old browser, same origin', { origin: 'http://localhost:8080' }, 303],
  ['an old browser by the host it used', { origin: 'http://127.0.0.1:8080', host: '127.0.0.1:8080' }, 303],
  ['an old browser, another site', { origin: 'https://evil.example' }, 403],
  ['a hidden origin', { origin: 'null' }, 403],
  ['a program without a browser', {}, 303],
];
for (const [what, headers, status] of CSRF) {
  test(`a form from ${what}: ${status}`, async () => {
    const server = testServer([postPage('/f', 'public', async () => redirect('/'))]);
    assert.equal((await server.request('/f', { method: 'POST', headers, body: new URLSearchParams({ a: '1' }) })).status, status);
  });
}

test('every answer carries the security headers, and production HSTS', async () => {
  for (const production of [false, true]) {
    const server = testServer([getPage('/', 'public', say('hallo'))], { production, formActionOrigins: ['https://idp.example'] });
    for (const path of ['/', '/gibt-es-nicht', '/api/gibt-es-nicht']) {
      const { headers } = await server.request(path);
      const policy = headers.get('content-security-policy')!;
      assert.match(policy, /default-src 'self'/);
      assert.match(policy, /form-action 'self' https:\/\/idp\.example/);
      assert.match(policy, /frame-ancestors 'none'/);
      assert.doesNotMatch(policy, /unsafe/);
      assert.equal(headers.get('x-content-type-options'), 'nosniff');
      assert.equal(headers.get('referrer-policy'), 'same-origin');
      assert.equal(headers.has('strict-transport-security'), production);
      assert.match(headers.get('x-request-id')!, /^[0-9a-f-]{36}$/);
    }
  }
});

test('an exception is a 500 with a number and no trace; the log holds neither path nor query', async () => {
  const log = memoryLog();
  const server = testServer([getPage('/akte/:id', 'public', () => Promise.reject(new TypeError('erika@example.de ist kaputt')))], { log, production: true });
  const response = await server.request('/akte/BF-2026-000042?name=Erika');
  assert.equal(response.status, 500);
  const page = await response.text();
  assert.ok(page.includes(response.headers.get('x-request-id')!));
  assert.doesNotMatch(page, /TypeError|erika|at /);
  const written = JSON.stringify(log.lines);
  assert.doesNotMatch(written, /000042|Erika|erika/);
  const failed = log.lines.find((line) => line.event === 'http.failed');
  assert.equal(failed?.facts['route'], '/akte/:id');
  assert.equal(failed?.facts['error'], 'TypeError');
});

test('API input is checked: each mistake a plain sentence at its field', async () => {
  const server = testServer([
    apiRoute({
      method: 'post',
      path: '/api/baeume',
      access: 'public',
      tag: 'Test',
      summary: 'Baum',
      query: z.object({ limit: z.coerce.number().int().max(200).default(50) }),
      body: z.strictObject({ name: z.string().min(1), umfangCm: z.number().int().min(10), mail: z.email(), art: z.enum(['Eiche', 'Buche']) }),
      output: z.object({ limit: z.number() }),
      handle: async ({ queryInput }) => ok({ limit: queryInput.limit }),
    }),
  ]);
  const post = (body: string, type = 'application/json', query = '') =>
    server.request(`/api/baeume${query}`, { method: 'POST', body, headers: { 'content-type': type } });
  const good = JSON.stringify({ name: 'x', umfangCm: 80, mail: 'a@b.de', art: 'Eiche' });
  assert.deepEqual(await (await post(good)).json(), { limit: 50 });
  const bad = await post(JSON.stringify({ umfangCm: 'dick', mail: 'a', art: 'Palme', farbe: 1 }));
  assert.equal(bad.status, 422);
  const { errors } = (await bad.json()) as { errors: { field: string; message: string }[] };
  assert.deepEqual(errors, [
    { field: 'name', message: 'Diese Angabe fehlt.' },
    { field: 'umfangCm', message: 'Geben Sie hier eine Zahl an.' },
    { field: 'mail', message: 'Geben Sie eine vollständige E-Mail-Adresse an, etwa name@beispiel.de.' },
    { field: 'art', message: 'Wählen Sie einen dieser Werte: Eiche, Buche.' },
    { field: '', message: 'Diese Felder kennt die Stadt hier nicht: farbe. Entfernen Sie sie oder prüfen Sie die Schreibweise.' },
  ]);
  assert.equal((await post('{kaputt')).status, 422);
  assert.equal((await post(good, 'text/plain')).status, 422);
  assert.equal((await post(good, 'application/json', '?limit=900')).status, 422);
  assert.equal((await post(JSON.stringify({ name: 'x'.repeat(6_000_000) }))).status, 413);
});

test('a read carries an ETag, and an unchanged one costs no body', async () => {
  const server = testServer([
    apiRoute({ method: 'get', path: '/api/x', access: 'public', tag: 'T', summary: 's', output: z.string(), handle: async () => ok('x') }),
  ]);
  const first = await server.request('/api/x');
  const etag = first.headers.get('etag')!;
  const again = await server.request('/api/x', { headers: { 'if-none-match': etag } });
  assert.equal(again.status, 304);
  assert.equal(await again.text(), '');
});

test('open data: any page reads them, caches keep them, the licence comes along, and everybody gets the answer of a guest', async () => {
  const who = async ({ actor, sessionToken }: Visit) => ok(`${actor.kind} ${sessionToken ?? 'none'}`);
  const rows = async function* () {
    yield [['a', 'b']];
    for (let at = 1; at <= 3; at += 1) yield [[String(at), 'x;y']];
  };
  const server = testServer([
    apiRoute({ ...{ method: 'get', path: '/api/offen', access: 'public', open: true, tag: 'T', summary: 's', output: z.string() }, handle: who }),
    openFile('/offen.txt', async (visit) => ok({ mediaType: 'text/plain', fileName: 'offen.txt', body: (await who(visit)).value })),
    openFile('/lang.csv', async () => ok(openTable('lang.csv', { version: '7', parts: rows() }))),
    openFile('/nichts.csv', async () => refuse({ kind: 'not-found', detail: 'Das gibt es nicht.' })),
  ]);
  for (const path of ['/api/offen', '/offen.txt', '/lang.csv']) {
    const answer = await server.request(path, { headers: as('leitung') });
    assert.equal(answer.headers.get('access-control-allow-origin'), '*', path);
    assert.match(answer.headers.get('access-control-expose-headers')!, /ETag/, path);
    assert.equal(answer.headers.get('cache-control'), 'public, max-age=60', path);
    assert.equal(answer.headers.get('link'), '<https://www.govdata.de/dl-de/by-2-0>; rel="license"', path);
    if (path !== '/lang.csv') assert.match(await answer.text(), /^"?anonymous none"?$/);
    const again = await server.request(path, { headers: { 'if-none-match': answer.headers.get('etag')! } });
    assert.deepEqual([again.status, await again.text(), again.headers.get('access-control-allow-origin')], [304, '', '*'], path);
  }
  const table = '\uFEFFa;b\r\n1;"x;y"\r\n2;"x;y"\r\n3;"x;y"\r\n';
  const bytes = async (headers = {}) => Buffer.from(await (await server.request('/lang.csv', { headers })).arrayBuffer());
  assert.equal((await bytes()).toString(), table, 'the mark of the file stands there once');
  assert.equal(gunzipSync(await bytes({ 'accept-encoding': 'gzip' })).toString(), table);
  const refused = await server.request('/nichts.csv');
  assert.deepEqual([refused.status, refused.headers.get('access-control-allow-origin')], [404, '*']);
  assert.match(refused.headers.get('content-type')!, /problem\+json/);
  const page = await server.request('/nichts.csv', { headers: { accept: 'text/html' } });
  assert.equal(page.status, 404);
  assert.match(page.headers.get('content-type')!, /text\/html/);
});

test('what not everybody may read, or what writes, cannot be declared open', () => {
  const about = { path: '/api/x', open: true, tag: 'T', summary: 's', output: z.string(), handle: async () => ok('x') } as const;
  assert.throws(() => apiRoute({ ...about, method: 'get', access: 'signed-in' }), /only what everybody may read/);
  assert.throws(() => apiRoute({ ...about, method: 'post', access: 'public' }), /only what everybody may read/);
});

test('pages are compressed for those who can read it', async () => {
  const server = testServer([getPage('/lang', 'public', say('Antrag '.repeat(1000)))]);
  const plain = await (await server.request('/lang')).text();
  const response = await server.request('/lang', { headers: { 'accept-encoding': 'gzip, br' } });
  assert.equal(response.headers.get('content-encoding'), 'br');
  const packed = Buffer.from(await response.arrayBuffer());
  assert.equal(brotliDecompressSync(packed).toString(), plain);
  assert.ok(packed.byteLength < plain.length / 10);
});

test('too many requests: 429 with the time to wait', async () => {
  const server = testServer([postPage('/anmelden', 'public', async () => redirect('/'), { limit: 'sign-in' })], { rateLimit: 1 });
  const statuses: number[] = [];
  let last: Response | undefined;
  for (let i = 0; i < 22; i++) {
    last = await server.request('/anmelden', { method: 'POST', body: new URLSearchParams({ a: '1' }) });
    statuses.push(last.status);
  }
  assert.equal(statuses.filter((status) => status === 303).length, 20);
  assert.equal(last?.status, 429);
  assert.equal(last?.headers.get('retry-after'), '4');
});

for (const [limit, wait] of [
  ['costly', '5'],
  ['scarce', '100'],
] as const)
  test(`what is ${limit} is limited for anybody`, async () => {
    const server = testServer([getPage('/druck', 'public', say('PDF'), { limit })], { rateLimit: 1 });
    const answers: Response[] = [];
    for (let i = 0; i < 12; i++) answers.push(await server.request('/druck'));
    assert.deepEqual([answers.filter(({ status }) => status === 200).length, answers.at(-1)!.status], [10, 429]);
    assert.equal(answers.at(-1)!.headers.get('retry-after'), wait);
  });

const LANGUAGES: readonly [string, Record<string, string>, string][] = [
  ['/', {}, 'de'],
  ['/', { 'accept-language': 'en-GB,en;q=0.9' }, 'en'],
  ['/', { 'accept-language': 'tr' }, 'en'],
  ['/', { 'accept-language': 'tr-TR,tr;q=0.9,de;q=0.8,en;q=0.7' }, 'de'],
  ['/', { 'accept-language': 'en;q=0.1, de-AT;q=0.7, *;q=0.05' }, 'de'],
  ['/', { 'accept-language': 'de;q=0, en' }, 'en'],
  ['/', { 'accept-language': '*' }, 'de'],
  ['/', { 'accept-language': 'en', cookie: 'kontor_lang=leicht' }, 'leicht'],
  ['/?lang=de', { cookie: 'kontor_lang=en' }, 'de'],
  ['/?lang=xx', {}, 'de'],
];
for (const [path, headers, lang] of LANGUAGES) {
  test(`language of ${path} with ${JSON.stringify(headers)} is ${lang}`, async () => {
    const server = testServer([getPage('/', 'public', async (visit) => html(markup`${visit.lang}`))]);
    assert.equal(await (await server.request(path, { headers })).text(), lang);
  });
}

test('who follows a link into a language reads on in it; a frame, a fetch in advance and a form keep nothing', async () => {
  const server = testServer([getPage('/', 'public', say('a')), postPage('/', 'public', async () => html(markup`a`))]);
  const kept = async (path: string, headers: Record<string, string> = {}, method = 'GET') =>
    (await server.request(path, { method, headers })).headers.getSetCookie();
  const [cookie, ...others] = await kept('/?lang=leicht');
  assert.match(cookie ?? '', /^kontor_lang=leicht;/);
  assert.doesNotMatch(cookie!, /Max-Age|Expires/i, 'until the browser is closed');
  assert.deepEqual(others, []);
  assert.deepEqual(await kept('/'), []);
  assert.deepEqual(await kept('/?lang=xx'), []);
  assert.deepEqual(await kept('/?lang=en', { cookie: 'kontor_lang=en' }), []);
  assert.deepEqual(await kept('/?lang=en', { 'sec-fetch-dest': 'iframe' }), []);
  assert.deepEqual(await kept('/?lang=en', { 'sec-purpose': 'prefetch' }), []);
  assert.deepEqual(await kept('/?lang=en', { origin: 'http://localhost:8080' }, 'POST'), []);
});

test('a link into a language keeps it on the way through the sign-in, and through a page that leads on', async () => {
  const server = testServer([getPage('/postfach', 'citizen', say('a')), getPage('/weiter', 'public', async () => redirect('/postfach'))]);
  for (const [path, to] of [
    ['/postfach?lang=leicht', '/anmelden?weiter=%2Fpostfach%3Flang%3Dleicht'],
    ['/weiter?lang=leicht', '/postfach'],
  ] as const) {
    const answer = await server.request(path);
    assert.equal(answer.headers.get('location'), to);
    assert.match(answer.headers.getSetCookie().join(), /^kontor_lang=leicht;/);
  }
});

test('a refusal that names a path of ours links it; what is no page, and what others write, stays words', async () => {
  const refused = (detail: string) => async () => problemPage({ kind: 'not-found', detail });
  const server = testServer([
    getPage('/orte', 'public', say('a')),
    getPage('/orte/:ort/termin', 'public', say('a')),
    getPage('/eins', 'public', refused('Alle Orte stehen unter /orte. Termine unter /orte/bus/termin, und/orte nicht.')),
    getPage('/zwei', 'public', refused('Nicht /fehlt, nicht /orte.csv, nicht /api/orte, nicht //orte und nicht <b>x@y.de/orte</b>')),
    apiRoute({ method: 'get', path: '/api/orte', access: 'public', tag: 'x', summary: 'x', output: z.object({}), handle: async () => ok({}) }),
  ]);
  const one = await (await server.request('/eins')).text();
  const links = [...one.matchAll(/<a class="kern-link" href="([^"]+)">([^<]+)<\/a>/g)].map(([, href, shown]) => [href, shown]);
  assert.deepEqual(links, [
    ['/orte', '/orte'],
    ['/orte/bus/termin', '/orte/bus/termin'],
  ]);
  assert.match(one, /<\/a>\. Termine unter <a/);
  const two = await (await server.request('/zwei')).text();
  assert.doesNotMatch(two, /<a |<b>/);
  assert.match(two, /Nicht \/fehlt, nicht \/orte\.csv/);
});

test('cookies are HttpOnly, SameSite=Lax, and Secure outside localhost', async () => {
  const routes = [
    postPage('/in', 'public', async () =>
      redirect('/', [
        { name: 'kontor_session', value: 'tok en', maxAgeSeconds: 60 },
        { name: 'alt', value: '' },
      ]),
    ),
  ];
  for (const [publicUrl, secure] of [
    ['http://localhost:8080', false],
    ['https://stadt.example', true],
  ] as const) {
    const response = await testServer(routes, { publicUrl }).request('/in', { method: 'POST' });
    const suffix = secure ? '; Secure' : '';
    assert.deepEqual(response.headers.getSetCookie(), [
      `kontor_session=tok%20en; Path=/; HttpOnly; SameSite=Lax${suffix}; Max-Age=60`,
      `alt=; Path=/; HttpOnly; SameSite=Lax${suffix}; Max-Age=0`,
    ]);
  }
});

test('/ready names what is missing and how to mend it', async () => {
  const server = testServer([], {
    ready: async () => ({
      checks: [
        { name: 'database', ok: false, remedy: 'Prüfen Sie DATABASE_URL.' },
        { name: 'jobs', ok: true, remedy: '' },
      ],
    }),
  });
  const response = await server.request('/ready');
  assert.equal(response.status, 503);
  assert.deepEqual(((await response.json()) as { errors: unknown }).errors, [{ field: 'database', message: 'Prüfen Sie DATABASE_URL.' }]);
  assert.equal((await server.request('/health')).status, 200);
});

test('a trailing slash leads to the page without it', async () => {
  const server = testServer([getPage('/leistungen', 'public', say('da'))]);
  const response = await server.request('/leistungen/');
  assert.equal(response.status, 301);
  assert.match(response.headers.get('location')!, /\/leistungen$/);
});

test('a data route reads paths, headers and bodies itself, is open to any page, and knows devices by their access key', async () => {
  const server = testServer(
    [
      dataRoute('get', '/sta/v1.1/:path{.+}', 'public', async ({ params, header }) => ({
        status: 200,
        headers: { 'content-type': 'text/plain' },
        body: `${params['path']} ${header('accept')}`,
      })),
      dataRoute('patch', '/sta/v1.1/:path{.+}', ['device'], async ({ actor, body }) => ({
        status: 200,
        headers: {},
        body: `${JSON.stringify(actor)} ${await new Response(body).text()}`,
      })),
    ],
    { authenticateDevice: async (key) => (key === 'schluessel' ? { actor: { kind: 'device', deviceId: 'pegel' } } : undefined) },
  );
  const read = await server.request('/sta/v1.1/Things(1)/name', { headers: { accept: 'text/plain' } });
  assert.equal(await read.text(), 'Things(1)/name text/plain');
  assert.equal(read.headers.get('access-control-allow-origin'), '*');
  const patch = (headers: Record<string, string>) => server.request('/sta/v1.1/Things(1)', { method: 'PATCH', headers, body: 'neu' });
  assert.equal(await (await patch({ authorization: 'Bearer schluessel' })).text(), '{"kind":"device","deviceId":"pegel"} neu');
  const unknown = await patch({ authorization: 'Bearer falsch' });
  assert.equal(unknown.status, 401);
  assert.equal(unknown.headers.get('www-authenticate'), 'Bearer');
  assert.equal((await patch(as('administration'))).status, 403);
});
