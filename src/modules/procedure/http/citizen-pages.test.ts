import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { filledDraft, procedureCity, type ProcedureCity } from '../../../../test/support/procedure-city.ts';
import type { Answer, FormVisit, GetPage, PostPage } from '../../../platform/http/route.ts';
import { viewOf } from '../../../platform/ui/view.ts';
import { readAssisted, typeAssisted } from '../application/assisted-draft.ts';
import { standOf } from '../application/kept-fields.ts';
import { findDraft } from '../store/drafts.ts';
import { draftPages } from './citizen-draft.ts';

let city: ProcedureCity;
before(async () => {
  city = await procedureCity();
});
after(() => city.close());

/** Calls a page as the server would after its checks. */
async function call(
  method: 'get' | 'post',
  path: string,
  params: Record<string, string>,
  fields: Record<string, string> = {},
  more: Partial<FormVisit> = {},
): Promise<Answer> {
  const routes = draftPages(city.ctx, (visit) => viewOf(visit, { demo: true }));
  const route = routes.find((one) => one.method === method && one.path === path) as GetPage | PostPage | undefined;
  assert.ok(route, path);
  const visit: FormVisit = {
    actor: city.citizen,
    lang: 'de',
    wishes: [],
    now: city.clock.now(),
    url: path,
    origin: 'http://localhost',
    requestId: 'r',
    sessionToken: undefined,
    params,
    query: new URLSearchParams(),
    cookies: {},
    fields: new URLSearchParams(fields),
    files: [],
    ...more,
  };
  return route.handle(visit);
}

async function begun(): Promise<string> {
  const answer = await call('post', '/antrag/neu/:service', { service: 'baumfaellung' });
  assert.equal(answer.kind, 'redirect');
  return answer.kind === 'redirect' ? answer.to.split('/')[2]! : '';
}

const PAGE = '/antrag/:id/seite/:page';
const first = { query: new URLSearchParams({ nr: '0' }) };

describe('the level of the sign-in', () => {
  const start = async (service: string, actor: FormVisit['actor']): Promise<string> => {
    const answer = await call('get', '/antrag/neu/:service', { service }, {}, { actor, url: `/antrag/neu/${service}?k=abc` });
    assert.ok(answer.kind === 'html');
    return String(await answer.body);
  };
  it('is raised exactly where the service needs it, with the reason, help and the way back', async () => {
    const weak = { ...city.citizen, trust: 'einfach' } as const;
    for (const pkg of city.ctx.desk.services.packages.values()) {
      if (pkg.initiator === 'amt') continue;
      const asked = (await start(pkg.key, weak)).includes('brauchen Sie den Online-Ausweis');
      assert.equal(asked, pkg.trust !== 'einfach', pkg.key);
      assert.doesNotMatch(await start(pkg.key, { ...weak, trust: 'hoch' }), /brauchen Sie den Online-Ausweis/, pkg.key);
    }
    const text = await start('bewohnerparkausweis', weak);
    assert.match(text, /sicher wissen, wer Sie sind/);
    const back = encodeURIComponent('/antrag/neu/bewohnerparkausweis?k=abc');
    assert.ok(text.includes(`href="/anmelden/eid?weiter=${back}"`) && text.includes(`href="/online-ausweis?weiter=${back}"`));
    assert.match(text, /Den Ausweis brauchen Sie erst zum Absenden[^]*action="\/antrag\/neu\/bewohnerparkausweis"/);
  });
  it('of who acts for somebody is their own', async () => {
    const agent = { accountId: '0190a000-0000-7000-8000-00000000aaaa', mandateId: '0190a000-0000-7000-8000-00000000bbbb', receives: true, writes: true };
    const asked = await start('bewohnerparkausweis', { ...city.citizen, trust: 'einfach', agent: { ...agent, trust: 'einfach' } });
    assert.match(asked, /brauchen Sie den Online-Ausweis/);
    const enough = await start('bewohnerparkausweis', { ...city.citizen, trust: 'einfach', agent: { ...agent, trust: 'hoch' } });
    assert.doesNotMatch(enough, /brauchen Sie den Online-Ausweis/, 'the mandate is what is weak');
    assert.match(enough, /muss die Vertretung mit dem Online-Ausweis neu erteilt werden/);
  });
  it('is raised on the last page: what the card proves is shown, and taken over only where the person says so', async () => {
    const weak = { ...city.citizen, trust: 'einfach' } as const;
    const id = await filledDraft(city, 'bewohnerparkausweis', (answers) => ({ ...answers, givenName: 'Käthe', birthDate: undefined }), weak);
    const review = async (actor: FormVisit['actor']): Promise<string> => {
      const answer = await call('get', '/antrag/:id/pruefen', { id }, {}, { actor });
      assert.ok(answer.kind === 'html');
      return String(await answer.body);
    };
    const before = await review(weak);
    assert.ok(before.includes(`href="/anmelden/eid?weiter=${encodeURIComponent(`/antrag/${id}/pruefen`)}"`));
    assert.doesNotMatch(before, /Aus Ihrem Online-Ausweis|>Jetzt einreichen</, 'nothing proven yet, and no button that could only be refused');

    const proven = { givenName: 'eid', birthDate: 'eid' };
    await city.database.write((tx) =>
      sql`update identity.account set birth_date = '1990-02-03', sources = sources || ${proven}::jsonb where id = ${weak.accountId}`.execute(tx),
    );
    const after = await review(city.citizen);
    assert.match(after, /Vorname: Katharina<[^]*Im Antrag steht: Käthe/);
    assert.match(after, /value="birthDate" checked[^]*Geburtsdatum: 03\.02\.1990<[^]*Im Antrag noch leer/);
    assert.match(after, /value="givenName"(?! checked)/);
    const kept = async () => {
      const { givenName, birthDate } = (await findDraft(city.database.read, id, { accountId: weak.accountId }))!.answers;
      return [givenName, birthDate];
    };
    assert.deepEqual(await kept(), ['Käthe', undefined], 'looking changes nothing');

    await call('post', '/antrag/:id/ausweis', { id }, { fields: 'birthDate' }, { actor: city.citizen });
    assert.deepEqual(await kept(), ['Käthe', '1990-02-03']);
    assert.equal((await call('post', '/antrag/:id/ausweis', { id }, { fields: 'givenName' }, { actor: city.stranger })).kind, 'problem');
    await call('post', '/antrag/:id/ausweis', { id }, { fields: 'givenName' }, { actor: city.citizen });
    assert.doesNotMatch(await review(city.citizen), /Aus Ihrem Online-Ausweis/);
  });
  it('costs nothing typed: a draft is there after the sign-in is raised, and with a weaker one later', async () => {
    const id = await begun();
    await call('post', PAGE, { id, page: 'trees' }, { circumferenceCm: '88', asked: 'circumferenceCm' }, first);
    for (const trust of ['einfach', 'substanziell', 'hoch'] as const) {
      const answer = await call('get', PAGE, { id, page: 'trees' }, {}, { ...first, actor: { ...city.citizen, trust } });
      assert.ok(answer.kind === 'html' && String(await answer.body).includes('value="88"'), trust);
    }
  });
});

describe('filling in', () => {
  it('an unfinished page is kept as typed and comes back with its mistakes', async () => {
    const id = await begun();
    const answer = await call(
      'post',
      PAGE,
      { id, page: 'trees' },
      { circumferenceCm: 'dick', reasonText: 'Pilze <b>', asked: 'circumferenceCm reasonText' },
      first,
    );
    assert.ok(answer.kind === 'html' && answer.status === 422);
    const text = (await answer.body).toString();
    assert.ok(text.includes('value="dick"') && text.includes('Pilze &lt;b&gt;'), 'typed text is there, escaped');
  });
  it('a click on the map is a place, and the page comes back with it', async () => {
    const id = await begun();
    const click = { 'position.view': '9.993700,53.551100,10', 'position.mapl.x': '320', 'position.mapl.y': '210', asked: 'position' };
    const answer = await call('post', PAGE, { id, page: 'trees' }, click, first);
    assert.ok(answer.kind === 'html' && answer.status === 200);
    assert.match((await answer.body).toString(), /name="position\.lon"[^>]*value="9,99/);
  });
  it('coordinates in UTM count as the place they are', async () => {
    const id = await begun();
    await call(
      'post',
      PAGE,
      { id, page: 'trees' },
      { 'position.view': '9.9,53.5,10', 'position.lon': '565834', 'position.lat': '5934038', asked: 'position' },
      first,
    );
    const again = await call('get', PAGE, { id, page: 'trees' }, {}, first);
    assert.ok(again.kind === 'html');
    assert.match((await again.body).toString(), /name="position\.lon"[^>]*value="9,99369/);
  });
  it('autosave keeps what is there and answers without a page', async () => {
    const id = await begun();
    const answer = await call('post', PAGE, { id, page: 'trees' }, { reasonText: 'halb fert' }, { ...first, autosave: true });
    assert.ok(answer.kind === 'html' && (answer.status ?? 200) === 200);
    const again = await call('get', PAGE, { id, page: 'trees' }, {}, first);
    assert.ok(again.kind === 'html' && (await again.body).toString().includes('halb fert'));
  });
  it('a field that an answer has only now called up is shown before it is demanded', async () => {
    const id = await begun();
    const fields = {
      'site.street': 'A',
      'site.houseNumber': '1',
      'site.postcode': '22765',
      'site.place': 'Hamburg',
      owner: 'nein',
      asked: 'site flurstueck owner',
    };
    const answer = await call('post', PAGE, { id, page: 'grundstueck' }, fields);
    assert.ok(answer.kind === 'html' && answer.status === 200);
    assert.match((await answer.body).toString(), /Zustimmung der Eigentümerin/);
  });
  it("a stranger's draft is not found", async () => {
    const id = await begun();
    const answer = await call('get', PAGE, { id, page: 'trees' }, {}, { ...first, actor: city.stranger });
    assert.ok(answer.kind === 'problem' && answer.problem.kind === 'not-found');
  });
});

it('an item is taken out by its number alone; an address that is none finds nothing', async () => {
  const id = await begun();
  const status = async (path: string, draft: string, fields: Record<string, string>): Promise<unknown> => {
    const answer = await call('post', path, { id: draft, page: 'baeume' }, fields);
    return answer.kind;
  };
  for (const fields of [{}, { nr: 'abc' }, { nr: '-1' }]) assert.equal(await status(`${PAGE}/entfernen`, id, fields as Record<string, string>), 'problem');
  assert.equal(await status(`${PAGE}/entfernen`, 'keine', { nr: '0' }), 'problem');
  assert.equal(await status('/antrag/:id/verwerfen', 'keine', {}), 'problem');
});

it('what a guide typed for an item goes nowhere when the person has taken an item out meanwhile', async () => {
  const draftId = await begun();
  const door = { draftId, accountId: city.citizen.accountId, stillRuns: async () => true };
  const found = city.ctx.desk.current('baumfaellung')!.form.pages.find(({ repeat }) => repeat !== undefined)!;
  const read = async () => (await readAssisted(city.ctx, city.ctx.database.read, door))!.answers;
  const text = found.fields.find(({ type }) => type === 'text' || type === 'number')!.id;
  const params = { id: draftId, page: found.id };
  for (const nr of ['0', '1']) await call('post', PAGE, params, { [text]: '1' }, { query: new URLSearchParams({ nr }) });
  const stand = standOf(found, await read(), 0);
  await call('post', `${PAGE}/entfernen`, params, { nr: '0' });
  const before = await read();
  const input = { pageId: found.id, itemIndex: 0, posted: new URLSearchParams({ [text]: '2' }), stand, lang: 'de' } as const;
  const done = await city.ctx.database.transaction((tx) => typeAssisted(city.ctx, tx, city.citizen, door, input));
  assert.ok(done.ok);
  assert.deepEqual([done.value.typed, done.value.kept.includes(text)], [[], true]);
  assert.deepEqual(await read(), before);
});
