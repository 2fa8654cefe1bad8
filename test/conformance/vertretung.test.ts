import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { samplePdf } from '../../src/commands/sample-pdf.ts';
import { samplePicture } from '../../src/commands/sample-picture.ts';
import { whoApplies } from '../../src/modules/procedure/application/who-applies.ts';
import { findCase } from '../../src/modules/procedure/store/cases.ts';
import { eventually, mandateToken, mailsTo, signedIn, type Person } from '../support/person.ts';
import { testClock } from '../support/temporary-city.ts';
import { wholeCity, type WholeCity } from '../support/whole-city.ts';

const clock = testClock();
let city: WholeCity;
before(async () => {
  city = await wholeCity({ clock: clock.now });
});
after(() => city.close());

/** Fills a draft with the package's own example and hands it in, through the API alone. */
async function apply(person: Person, service: string): Promise<string> {
  const started = await person.api('POST', '/api/drafts', { service });
  assert.equal(started.status, 201, JSON.stringify(started.json));
  const { id } = started.json;
  const { walk } = city.ctx.desk.current(service)!;
  assert.equal((await person.api('PUT', `/api/drafts/${id}/answers`, { answers: walk.answers })).status, 200);
  for (const [index, { slot, fileName }] of walk.documents.entries()) {
    const body = new FormData();
    const bytes = fileName.endsWith('.pdf') ? samplePdf(slot) : samplePicture(index);
    body.append('file', new File([new Uint8Array(bytes)], fileName));
    const sent = await city.server.request(`/api/files/${id}/${slot}`, {
      method: 'POST',
      headers: { cookie: person.cookie, origin: city.ctx.settings.publicUrl },
      body,
    });
    assert.equal(sent.status, 201, await sent.text());
  }
  const submitted = await person.api('POST', `/api/drafts/${id}/submission`);
  assert.equal(submitted.status, 201, JSON.stringify(submitted.json));
  return id;
}

/** A Vollmacht from one to the other, asked for and granted. @returns its id */
async function granted(agent: Person, holder: Person, scope: object): Promise<string> {
  clock.advance({ minutes: 61 }); // a few mails an hour to one address, and no more
  assert.equal((await agent.api('POST', '/api/account/mandates/requests', { email: holder.email, ...scope })).status, 202);
  const answer = await holder.api('POST', `/api/account/mandates/links/${await mandateToken(city, holder.email)}`, { accept: true });
  assert.equal(answer.status, 200, JSON.stringify(answer.json));
  return answer.json.mandateId;
}

const actFor = (agent: Person, mandateId: string) => agent.api('PUT', '/api/session/acting-for', { mandateId });

describe('an architect files for an owner', () => {
  let owner: Person;
  let architect: Person;
  let mandateId: string;
  let caseId: string;
  before(async () => {
    owner = await signedIn(city, 'katharina.petersen', 'substanziell');
    architect = await signedIn(city, 'yusuf.oezkan', 'hoch');
  });

  it('asks; the mail carries a link and nothing of what it is about', async () => {
    const asked = await architect.api('POST', '/api/account/mandates/requests', {
      email: owner.email,
      services: ['baugenehmigung'],
      receives: false,
      validUntil: '2026-12-31',
    });
    assert.equal(asked.status, 202);
    const [mail] = (await mailsTo(city, owner.email)).filter(({ body }) => body.includes('/vertretung/link/'));
    assert.doesNotMatch(mail!.subject + mail!.body, /Yusuf|Özkan|Petersen|baugenehmigung|Baugenehmigung/);
  });

  it('the owner sees exactly scope and days, and grants; the link is good once', async () => {
    const token = await mandateToken(city, owner.email);
    const { json } = await owner.api('GET', `/api/account/mandates/links/${token}`);
    assert.deepEqual(
      [json.offer.askerName, json.offer.services, json.offer.receives, json.offer.validFrom, json.offer.validUntil],
      ['Yusuf Özkan', ['baugenehmigung'], false, '2026-11-24', '2026-12-31'],
    );
    const page = await owner.page(`/vertretung/link/${token}`);
    assert.match(page.text, /Yusuf Özkan bittet Sie um eine Vollmacht[\s\S]*Baugenehmigung[\s\S]*24\.11\.2026 – 31\.12\.2026/);
    const grantedTo = await owner.api('POST', `/api/account/mandates/links/${token}`, { accept: true });
    mandateId = grantedTo.json.mandateId;
    assert.equal(grantedTo.status, 200);
    assert.equal((await owner.api('POST', `/api/account/mandates/links/${token}`, { accept: true })).status, 409);
  });

  it('the architect acts for the owner, with a banner on every page, and files', async () => {
    assert.equal((await actFor(architect, mandateId)).json.name, 'Katharina Petersen');
    for (const path of ['/', '/antraege', '/vertretung', '/konto'])
      assert.match((await architect.page(path)).text, /Sie handeln für: Katharina Petersen\./, path);
    const { id, proven } = (await architect.api('POST', '/api/drafts', { service: 'baugenehmigung' })).json;
    assert.deepEqual(proven, [], 'the card of the owner is shown to nobody else');
    assert.equal((await architect.api('POST', `/api/drafts/${id}/proven-answers`, { fields: ['familyName'] })).status, 403);
    assert.equal((await architect.api('DELETE', `/api/drafts/${id}`)).status, 200);
    caseId = await apply(architect, 'baugenehmigung');
  });

  it('the owner sees the case and who filed it; so does the authority, and the journal names both', async () => {
    const seen = await owner.api('GET', `/api/cases/${caseId}`);
    assert.equal(seen.json.filedBy, 'Yusuf Özkan für Katharina Petersen (Vollmacht)');
    assert.match((await owner.page(`/vorgang/${caseId}`)).text, /Yusuf Özkan für Katharina Petersen \(Vollmacht\) hat den Antrag eingereicht/);
    const entries = await city.ctx.journal.readStream(city.ctx.database.read, `case:${caseId}`);
    const [filed] = entries.filter(({ kind }) => kind === 'procedure.antrag-eingereicht');
    assert.equal(filed!.actor, `citizen:${architect.accountId}`);
    assert.deepEqual([filed!.payload['mandateId'], filed!.payload['actedFor'], filed!.payload['accountId']], [mandateId, owner.accountId, owner.accountId]);
    assert.doesNotMatch(JSON.stringify(entries), /Yusuf|Özkan|Katharina|Petersen/);
    assert.ok(!entries.some(({ kind }) => kind === 'procedure.akte-gelesen'), 'the owner’s own look is nobody’s business');
    const filedCase = (await findCase(city.ctx.database.read, caseId))!;
    assert.notEqual((await whoApplies(city.ctx.database.read, filedCase))?.proof, 'card', 'nobody showed the card of the owner for it');
    assert.equal((await architect.api('GET', `/api/cases/${caseId}`)).status, 200);
    const after = await city.ctx.journal.readStream(city.ctx.database.read, `case:${caseId}`);
    assert.ok(after.some(({ kind, actor }) => kind === 'procedure.akte-gelesen' && actor === `citizen:${architect.accountId}`));
  });

  it('§ 14 Abs. 1 Satz 2 VwVfG: outside the scope there is nothing, in lists, drafts, cases and files', async () => {
    const draft = (await owner.api('POST', '/api/drafts', { service: 'baumfaellung' })).json.id;
    const other = await apply(owner, 'baumfaellung');
    for (const path of [`/api/drafts/${draft}`, `/api/cases/${other}`, `/api/cases/${other}/letters/antrag-eingereicht.1`])
      assert.equal((await architect.api('GET', path)).status, 404, path);
    for (const path of [`/antrag/${draft}/pruefen`, `/vorgang/${other}`]) assert.equal((await architect.page(path)).status, 404, path);
    assert.equal((await architect.api('POST', '/api/drafts', { service: 'baumfaellung' })).status, 403);
    assert.equal((await architect.api('PUT', `/api/drafts/${draft}/answers`, { answers: {} })).status, 404);
    assert.equal((await architect.api('POST', `/api/cases/${other}/actions`, { command: { action: 'withdraw', reason: '' } })).status, 404);
    const uploads = await sql<{ id: string }>`select id from procedure.upload where owner_id = ${other}`.execute(city.ctx.database.read);
    assert.equal((await architect.api('GET', `/api/cases/${other}/files/${uploads.rows[0]!.id}`)).status, 404);
    const seen = (await architect.api('GET', '/api/cases')).json.items.map((one: { service: string }) => one.service);
    assert.deepEqual(new Set(seen), new Set(['baugenehmigung']));
    assert.deepEqual((await architect.api('GET', '/api/drafts')).json, []);
    assert.doesNotMatch((await architect.page('/antraege/export')).text, /baumfaellung/);
    assert.ok((await owner.api('GET', '/api/cases')).json.items.some((one: { service: string }) => one.service === 'baumfaellung'));
  });

  it('§ 41 Abs. 1 Satz 2 VwVfG: without the right to receive, the Postfach stays closed', async () => {
    const message = await eventually(async () => (await owner.api('GET', '/api/mailbox')).json.items[0] as { id: string } | undefined);
    for (const path of ['/api/mailbox', `/api/mailbox/${message.id}`, `/api/mailbox/${message.id}/documents/0`])
      assert.equal((await architect.api('GET', path)).status, 403, path);
    assert.equal((await architect.page('/postfach')).status, 403);
    assert.equal((await architect.api('GET', '/api/me')).json.unread, 0);
  });

  it('the same idempotency key under another hat is another request', async () => {
    const send = async (acting: boolean) => {
      if (acting) await actFor(architect, mandateId);
      else await architect.api('DELETE', '/api/session/acting-for');
      const answer = await city.server.request('/api/drafts', {
        method: 'POST',
        headers: { cookie: architect.cookie, origin: city.ctx.settings.publicUrl, 'content-type': 'application/json', 'idempotency-key': 'the-same' },
        body: '{"service":"baugenehmigung"}',
      });
      return ((await answer.json()) as { id: string }).id;
    };
    const [own, owners] = [await send(false), await send(true)];
    assert.notEqual(own, owners);
    assert.equal((await architect.api('GET', `/api/drafts/${own}`)).status, 404);
    assert.equal((await owner.api('GET', `/api/drafts/${owners}`)).status, 200);
  });

  it('§ 14 Abs. 1 Satz 4 VwVfG: revoked, it ends at once', async () => {
    assert.equal((await architect.api('GET', `/api/cases/${caseId}`)).status, 200);
    assert.equal((await owner.api('DELETE', `/api/account/mandates/${mandateId}`)).status, 200);
    assert.equal((await architect.api('GET', `/api/cases/${caseId}`)).status, 404);
    assert.equal((await architect.page(`/vorgang/${caseId}`)).status, 404);
    assert.equal((await actFor(architect, mandateId)).status, 404);
    assert.equal((await architect.api('GET', '/api/me')).json.actingFor, null);
    assert.match((await architect.page('/antraege')).text, /Ihre Vertretung für Katharina Petersen ist beendet/);
    assert.equal((await architect.page('/vertretung/selbst', {})).status, 303);
    assert.doesNotMatch((await architect.page('/antraege')).text, /Ihre Vertretung für/);
  });
});

describe('rules of a Vollmacht', () => {
  it('a Vollmacht ends with its last day, and begins with its first', async () => {
    const [agent, holder] = [await signedIn(city, 'lena.schutz', 'substanziell'), await signedIn(city, 'wiebke.cordes', 'substanziell')];
    const mandate = await granted(agent, holder, { services: null, receives: true, validFrom: '2026-11-25', validUntil: '2026-11-26' });
    assert.equal((await actFor(agent, mandate)).status, 404, 'not before its first day');
    clock.set('2026-11-25T00:30:00+01:00');
    const [early, late] = [await signedIn(city, 'lena.schutz'), await signedIn(city, 'lena.schutz')];
    assert.equal((await actFor(early, mandate)).status, 200);
    clock.set('2026-11-26T23:59:00+01:00');
    const last = await signedIn(city, 'lena.schutz');
    assert.equal((await actFor(last, mandate)).status, 200, 'on its last day, to its last minute');
    assert.equal((await last.api('GET', '/api/me')).json.actingFor.accountId, holder.accountId);
    clock.set('2026-11-27T00:00:00+01:00');
    assert.equal((await last.api('GET', '/api/me')).json.actingFor, null);
    assert.equal((await actFor(late, mandate)).status, 401, 'and that session is over by now');
    clock.set('2026-11-27T09:00:00+01:00');
  });

  it('given with a password, it sends nothing that needs the eID, whoever the agent is; the holder sends it', async () => {
    const [agent, holder] = [await signedIn(city, 'yusuf.oezkan', 'hoch'), await signedIn(city, 'wiebke.cordes', 'einfach')];
    await actFor(agent, await granted(agent, holder, { services: null }));
    const begun = (await agent.api('POST', '/api/drafts', { service: 'baugenehmigung' })).json.id;
    const handedIn = await agent.api('POST', `/api/drafts/${begun}/submission`);
    assert.deepEqual([handedIn.status, /ohne Online-Ausweis erteilt/.test(handedIn.json.detail)], [403, true]);
    assert.match((await agent.page(`/antrag/${begun}/pruefen`)).text, /Zum Absenden reicht Ihre Vertretung nicht/);
    const strong = await signedIn(city, 'wiebke.cordes', 'substanziell');
    assert.equal((await strong.api('POST', `/api/drafts/${begun}/submission`)).status, 422, 'only what is missing keeps the holder');
  });

  it('the agent may be weaker than the Vollmacht: then their own sign-in counts', async () => {
    const [agent, holder] = [await signedIn(city, 'lena.schutz', 'einfach'), await signedIn(city, 'wiebke.cordes', 'substanziell')];
    await actFor(agent, await granted(agent, holder, { services: null }));
    const begun = (await agent.api('POST', '/api/drafts', { service: 'baugenehmigung' })).json.id;
    const refused = await agent.api('POST', `/api/drafts/${begun}/submission`);
    assert.deepEqual([refused.status, /Melden Sie sich mit dem Online-Ausweis an/.test(refused.json.detail)], [403, true]);
  });

  it('with the right to receive: the Postfach of these services, and a notice by mail', async () => {
    const [agent, holder] = [await signedIn(city, 'yusuf.oezkan', 'hoch'), await signedIn(city, 'katharina.petersen', 'substanziell')];
    await actFor(agent, await granted(agent, holder, { services: ['baumfaellung'], receives: true }));
    const before = (await mailsTo(city, agent.email)).filter(({ subject }) => subject.startsWith('Neue Nachricht')).length;
    const caseId = await apply(agent, 'baumfaellung');
    const notices = await eventually(async () => {
      const found = (await mailsTo(city, agent.email)).filter(({ subject }) => subject.startsWith('Neue Nachricht'));
      return found.length > before ? found : undefined;
    });
    assert.equal(notices.length, before + 1);
    assert.doesNotMatch(notices.map(({ body }) => body).join(), /Baum|Petersen/);
    const items = (await agent.api('GET', '/api/mailbox?limit=100')).json.items as { id: string; caseId: string }[];
    const about = await sql<{ id: string; service: string }>`select id, service from procedure.case_file where account_id = ${holder.accountId}`.execute(
      city.ctx.database.read,
    );
    const services = new Set(items.map((one) => about.rows.find(({ id }) => id === one.caseId)?.service));
    assert.deepEqual(services, new Set(['baumfaellung']));
    assert.equal((await agent.api('GET', `/api/mailbox/${items.find((one) => one.caseId === caseId)!.id}`)).status, 200);
    const all = (await holder.api('GET', '/api/mailbox?limit=100')).json.items as { id: string; caseId: string }[];
    const foreign = all.find((one) => about.rows.find(({ id }) => id === one.caseId)?.service === 'baugenehmigung')!;
    assert.equal((await agent.api('GET', `/api/mailbox/${foreign.id}`)).status, 404);
    assert.equal((await agent.api('GET', `/api/mailbox/${foreign.id}/documents/0`)).status, 404);
  });

  it('a case filed by somebody else is not decided by the machine', async () => {
    const [agent, holder] = [await signedIn(city, 'lena.schutz', 'substanziell'), await signedIn(city, 'katharina.petersen', 'substanziell')];
    const own = await apply(holder, 'bewohnerparkausweis');
    await actFor(agent, await granted(agent, holder, { services: ['bewohnerparkausweis'] }));
    const filed = await apply(agent, 'bewohnerparkausweis');
    const reasons = async (id: string): Promise<string> => {
      const { status, json } = await holder.api('GET', `/api/cases/${id}`);
      assert.equal(status, 200, JSON.stringify(json));
      return json.handedToPerson.join();
    };
    assert.match(await eventually(async () => (await reasons(filed)) || undefined), /in Vertretung/);
    assert.doesNotMatch(await reasons(own), /in Vertretung/);
  });

  it('nobody represents themselves, and nobody ends what is not theirs', async () => {
    const [agent, holder, stranger] = [await signedIn(city, 'lena.schutz'), await signedIn(city, 'katharina.petersen'), await signedIn(city, 'jan.niedrig')];
    clock.advance({ minutes: 61 });
    await agent.api('POST', '/api/account/mandates/requests', { email: agent.email, services: null });
    const own = await agent.api('POST', `/api/account/mandates/links/${await mandateToken(city, agent.email)}`, { accept: true });
    assert.equal(own.status, 422);
    const mandate = await granted(agent, holder, { services: null });
    assert.equal((await stranger.api('DELETE', `/api/account/mandates/${mandate}`)).status, 404);
    assert.equal((await actFor(stranger, mandate)).status, 404);
    assert.equal((await agent.api('DELETE', `/api/account/mandates/${mandate}`)).status, 200, 'the agent resigns');
    assert.equal((await actFor(agent, mandate)).status, 404);
  });

  it('an address with an account and one without are answered alike; all is never given by forgetting', async () => {
    const person = await signedIn(city, 'jan.niedrig');
    const ask = (email: string) => person.api('POST', '/api/account/mandates/offers', { email, services: null });
    const [known, unknown] = [await ask('lena.schutz@buerger.example'), await ask('nobody@example.org')];
    assert.deepEqual([known.status, unknown.status], [202, 202]);
    assert.deepEqual(Object.keys(known.json), Object.keys(unknown.json));
    const forgotten = await person.api('POST', '/api/account/mandates/offers', { email: 'nobody@example.org' });
    assert.deepEqual([forgotten.status, forgotten.json.fields?.[0]?.field ?? forgotten.json.errors?.[0]?.field], [422, 'scope']);
    for (let tries = 0; tries < 3; tries += 1) await ask('nobody@example.org');
    assert.equal((await ask('nobody@example.org')).status, 429);
  });
});
