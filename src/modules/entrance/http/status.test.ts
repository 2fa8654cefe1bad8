import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { entranceCity, type EntranceCity } from '../../../../test/support/entrance-city.ts';
import { officer } from '../../../../test/support/procedure-city.ts';
import { expectOk } from '../../../kernel/result.ts';
import { act, writeLetter } from '../../procedure/public.ts';
import { codeForLetter } from '../application/own-code.ts';
import { casePart } from './case-part.ts';

const ROOT = 'http://localhost:8080';

describe('how far an application is, without signing in', () => {
  let city: EntranceCity;
  let one: { id: string; fileNumber: string };
  before(async () => {
    city = await entranceCity();
    one = await city.begin('baumfaellung');
  });
  after(() => city.close());

  const form = async (fields: Record<string, string>, lang = 'de') => {
    const headers = { accept: 'text/html', origin: ROOT, cookie: `kontor_lang=${lang}`, 'content-type': 'application/x-www-form-urlencoded' };
    const answer = await city.server.request('/status', { method: 'POST', headers, body: new URLSearchParams(fields) });
    return { status: answer.status, text: await answer.text(), location: answer.headers.get('location') };
  };
  const json = async (method: string, path: string, body?: object, who?: string) => {
    const headers = { 'content-type': 'application/json', ...(who !== undefined && { cookie: `kontor_session=${who}` }) };
    const answer = await city.server.request(path, { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };
  const ask = (fileNumber: string, code: string) => json('POST', '/api/status', { fileNumber, code });
  const codePath = (id = one.id) => `/api/cases/${id}/status-code`;
  const codeOf = async (id = one.id): Promise<string> => String((await json('GET', codePath(id), undefined, 'owner')).body['code']);
  const journal = async () => (await city.ctx.journal.readStream(city.database.read, `case-status:${one.id}`)).map(({ kind, actor }) => `${kind} ${actor}`);

  it('shows stage, since when and the next day, and nothing else', async () => {
    const { status, text } = await form({ fileNumber: one.fileNumber, code: await codeOf() });
    assert.equal(status, 200);
    assert.match(text, /Eingegangen/);
    assert.match(text, /24\. November 2026/);
    const seen = text.replaceAll(/<[^>]*>/g, ' ');
    for (const secret of ['Katharina', 'Petersen', 'Baum', 'Bezirksamt', 'Beispiel']) assert.ok(!seen.includes(secret), secret);
    assert.deepEqual((await ask(one.fileNumber, await codeOf())).body, { stage: 'received', since: '2026-11-24', next: null });
  });

  it('is read as people type it, in three languages', async () => {
    const code = await codeOf();
    for (const [lang, said] of [
      ['de', 'Eingegangen'],
      ['en', 'Received'],
      ['leicht', 'Der Antrag ist da'],
    ] as const) {
      const { status, text } = await form({ fileNumber: ` ${one.fileNumber.toLowerCase()} `, code: code.replace('-', ' ').toLowerCase() }, lang);
      assert.equal(status, 200);
      assert.ok(text.includes(said), lang);
    }
  });

  it('follows the case: examined with the day of the decision, waiting for the applicant, and back', async () => {
    const two = await city.begin('baumfaellung');
    const does = async (command: Parameters<typeof act>[2]['command']) => expectOk(await act(city.ctx, officer, { caseId: two.id, command }));
    const state = await does({ action: 'confirm-complete' });
    const examined = (await ask(two.fileNumber, await codeOf(two.id))).body;
    assert.equal(state.status, 'in_pruefung');
    assert.equal(examined['stage'], 'examined');
    assert.equal((examined['next'] as { what: string }).what, 'decision');
    assert.match((examined['next'] as { on: string }).on, /^2027-\d\d-\d\d$/);
    city.clock.advance({ days: 2 });
    await does({
      action: 'request-documents',
      requestId: '0190a000-0000-7000-8000-0000000000c1',
      items: [{ id: 'photo', text: 'Ein Foto' }],
      text: 'Bitte ein Foto.',
      dueOn: '2026-12-10',
    });
    assert.deepEqual((await ask(two.fileNumber, await codeOf(two.id))).body, {
      stage: 'waiting',
      since: '2026-11-26',
      next: { what: 'answer', on: '2026-12-10' },
    });
    city.clock.advance({ days: -2 });
  });

  it('answers a wrong number, a wrong code, a strange one and one switched off with the same words', async () => {
    const code = await codeOf();
    const off = await city.begin('bewohnerparkausweis');
    const offCode = await codeOf(off.id);
    assert.equal((await json('PUT', codePath(off.id), { action: 'switch-off' }, 'owner')).body['code'], null);
    const wrong: readonly (readonly [string, string])[] = [
      [one.fileNumber, 'BCDFG-HJK23'],
      ['BF-2026-999999-0', code],
      ['nichts davon', code],
      ["' or 1=1 --", code],
      [one.fileNumber.slice(0, -1), code],
      [off.fileNumber, offCode],
      [off.fileNumber, code],
    ];
    const answers = await Promise.all(
      wrong.map(async ([fileNumber, typed]) => {
        const { status, text } = await form({ fileNumber, code: typed });
        return `${status} ${text.replaceAll(/<input[^>]*>/g, '')}`;
      }),
    );
    assert.match(answers[0]!, /^404 .*passen nicht zusammen/s);
    assert.equal(new Set(answers).size, 1);
    const apis = await Promise.all(wrong.map(async ([fileNumber, typed]) => ask(fileNumber, typed)));
    assert.equal(new Set(apis.map(({ status, body }) => `${status} ${String(body['detail'])}`)).size, 1);
  });

  it('asks the database the same questions for a wrong number and for a wrong code', async () => {
    const count = async (typed: { fileNumber: string; code: string }): Promise<number> => {
      let questions = 0;
      const read = new Proxy(city.database.read, {
        get(target, key, receiver) {
          if (key === 'getExecutor') questions += 1;
          const value: unknown = Reflect.get(target, key, receiver);
          return typeof value === 'function' ? value.bind(target) : value;
        },
      });
      const { lookAtStatus } = await import('../application/status.ts');
      assert.equal((await lookAtStatus({ ...city.ctx, database: { ...city.database, read } }, typed)).ok, false);
      return questions;
    };
    const known = await count({ fileNumber: one.fileNumber, code: 'BCDFG-HJK23' });
    assert.ok(known > 0);
    assert.equal(await count({ fileNumber: 'BF-2026-999999-0', code: 'BCDFG-HJK23' }), known);
  });

  it('names the field that is empty, and nothing stands in an address', async () => {
    const { status, text, location } = await form({ fileNumber: '', code: '' });
    assert.equal(status, 422);
    assert.equal(location, null);
    for (const field of ['fileNumber', 'code']) assert.match(text, new RegExp(`href="#f-${field}"`));
    assert.match(text, /method="post" action="\/status"/);
    assert.equal((await ask('', 'x')).status, 422);
  });

  it('each look is journalled as nobody’s and counted for the holder; a renewed code makes the former worthless', async () => {
    const before_ = await json('GET', codePath(), undefined, 'owner');
    const old = String(before_.body['code']);
    await ask(one.fileNumber, old);
    const seen = await json('GET', codePath(), undefined, 'owner');
    assert.equal(seen.body['looks'], Number(before_.body['looks']) + 1);
    assert.equal((await journal()).at(-1), 'entrance.status-looked-at anonymous');
    const renewed = await json('PUT', codePath(), { action: 'renew' }, 'owner');
    assert.notEqual(renewed.body['code'], old);
    assert.deepEqual([renewed.body['looks'], renewed.body['lastLookAt']], [0, null]);
    assert.equal((await ask(one.fileNumber, old)).status, 404);
    assert.equal((await ask(one.fileNumber, String(renewed.body['code']))).status, 200);
    assert.match((await journal()).at(-2)!, /^entrance\.status-code-renewed citizen:/);
    assert.doesNotMatch(
      JSON.stringify(await city.ctx.journal.readStream(city.database.read, `case-status:${one.id}`)),
      /127\.0\.0\.1|address|[BCDF-HJ-NP-TV-XZ2-9]{5}-[BCDF-HJ-NP-TV-XZ2-9]{5}/,
    );
  });

  it('switches off and on again with the same code', async () => {
    const code = await codeOf();
    await json('PUT', codePath(), { action: 'switch-off' }, 'owner');
    assert.equal((await ask(one.fileNumber, code)).status, 404);
    assert.equal((await json('PUT', codePath(), { action: 'switch-on' }, 'owner')).body['code'], code);
    assert.equal((await ask(one.fileNumber, code)).status, 200);
  });

  it('a stranger sees and changes no code, who may only read changes none, and the look opens nothing else', async () => {
    for (const method of ['GET', 'PUT'])
      assert.equal((await json(method, codePath(), method === 'PUT' ? { action: 'renew' } : undefined, 'stranger')).status, 404);
    const code = await codeOf();
    assert.equal((await json('PUT', codePath(), { action: 'renew' }, 'reader')).status, 403);
    assert.equal((await json('GET', codePath(), undefined, 'reader')).body['code'], code);
    const page = await city.server.request(`/vorgang/${one.id}/stand-code`, {
      method: 'POST',
      headers: { cookie: 'kontor_session=stranger', origin: ROOT, 'content-type': 'application/x-www-form-urlencoded' },
      body: 'action=renew',
    });
    assert.equal(page.status, 404);
    assert.equal(await codeOf(), code);
    const { status, text } = await form({ fileNumber: one.fileNumber, code });
    assert.equal(status, 200);
    assert.doesNotMatch(text, /href="\/(vorgang|antrag|postfach)/);
  });

  it('stands on the holder’s page of the case, with its buttons, and on nobody else’s', async () => {
    const code = await codeOf();
    const own = String(await casePart(city.ctx, city.citizen, one.id, 'de'));
    assert.ok(own.includes(code));
    assert.match(own, /value="renew"/);
    assert.equal(await casePart(city.ctx, city.stranger, one.id, 'de'), undefined);
    assert.equal(await casePart(city.ctx, officer, one.id, 'de'), undefined);
    const done = await city.server.request(`/vorgang/${one.id}/stand-code`, {
      method: 'POST',
      headers: { cookie: 'kontor_session=owner', origin: ROOT, 'content-type': 'application/x-www-form-urlencoded' },
      body: 'action=switch-off',
    });
    assert.equal(done.headers.get('location'), `/vorgang/${one.id}#stand-code`);
    assert.doesNotMatch(String(await casePart(city.ctx, city.citizen, one.id, 'leicht')), new RegExp(code));
    await json('PUT', codePath(), { action: 'switch-on' }, 'owner');
  });

  it('the first letter holds it, and one that is switched off stands in none', async () => {
    const data: object[] = [];
    const typesetter = {
      ...city.ctx.typesetter,
      compile: (template: string, given: object, files?: never) => (data.push(given), city.ctx.typesetter.compile(template, given, files)),
    };
    const ctx = { ...city.ctx, typesetter, statusCode: codeForLetter.bind(undefined, city.ctx.secret) } as typeof city.ctx;
    await writeLetter(ctx, { caseId: one.id, version: 1 });
    assert.deepEqual((data[0] as { status?: unknown }).status, { code: await codeOf(), url: `${ROOT}/status` });
    const off = await city.begin('baumfaellung');
    await json('PUT', codePath(off.id), { action: 'switch-off' }, 'owner');
    await writeLetter(ctx, { caseId: off.id, version: 1 });
    assert.equal((data[2] as { status?: unknown }).status, null);
  });

  it('what the authority begins by itself has no status to look at', async () => {
    const own = await city.begin('baumfaellung');
    const code = await codeOf(own.id);
    await sql`update procedure.case_file set state = state || '{"origin": "amt"}' where id = ${own.id}`.execute(city.database.read);
    assert.equal((await ask(own.fileNumber, code)).status, 404);
  });
});
