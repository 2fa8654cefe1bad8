import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { sql } from 'kysely';
import { whoApplies } from '../../src/modules/procedure/application/who-applies.ts';
import { findCase } from '../../src/modules/procedure/store/cases.ts';
import { mandateToken, mailsTo, eventually, signedIn, type Person } from '../support/person.ts';
import { testClock } from '../support/temporary-city.ts';
import { wholeCity, type WholeCity } from '../support/whole-city.ts';

const clock = testClock();
let city: WholeCity;
let founder: Person;
let colleague: Person;
let reader: Person;
let id: string;
before(async () => {
  city = await wholeCity({ clock: clock.now });
  founder = await signedIn(city, 'katharina.petersen', 'substanziell');
  colleague = await signedIn(city, 'yusuf.oezkan', 'hoch');
  reader = await signedIn(city, 'lena.schutz', 'substanziell');
});
after(() => city.close());

const ELBHAUS = {
  name: 'Elbhaus Architektur GmbH',
  registerNumber: 'HRB 123456, Amtsgericht Hamburg',
  street: 'Am Musterdeich',
  houseNumber: '5',
  postcode: '21037',
  place: 'Hamburg',
};
const organisation = (person: Person) => person.api('GET', `/api/account/organisations/${id}`);
const ownPlace = async (person: Person): Promise<string> => {
  const own = (await person.api('GET', '/api/account/organisations')).json as { id: string; mandateId: string }[];
  return own.find((one) => one.id === id)!.mandateId;
};
const act = async (person: Person): Promise<void> => {
  assert.equal((await person.api('PUT', '/api/session/acting-for', { mandateId: await ownPlace(person) })).status, 200);
};
async function join(person: Person, role: string): Promise<void> {
  assert.equal((await founder.api('POST', `/api/account/organisations/${id}/invitations`, { email: person.email, role })).status, 202);
  const answer = await person.api('POST', `/api/account/mandates/links/${await mandateToken(city, person.email)}`, { accept: true });
  assert.equal(answer.status, 200, JSON.stringify(answer.json));
}

it('somebody founds an organisation and manages it; to all others it does not exist', async () => {
  const founded = await founder.api('POST', '/api/account/organisations', ELBHAUS);
  assert.equal(founded.status, 201);
  id = founded.json.id;
  const { json } = await organisation(founder);
  assert.deepEqual(
    [json.name, json.registerNumber, json.trust, json.ownRole],
    ['Elbhaus Architektur GmbH', ELBHAUS.registerNumber, 'substanziell', 'verwaltung'],
  );
  assert.equal((await organisation(colleague)).status, 404);
  assert.equal((await colleague.page(`/organisationen/${id}`)).status, 404);
  assert.equal((await colleague.api('PUT', `/api/account/organisations/${id}`, ELBHAUS)).status, 404);
});

it('colleagues join by a link; drafts begun for the organisation are theirs in common', async () => {
  await join(colleague, 'bearbeitung');
  await join(reader, 'lesen');
  await act(founder);
  const draft = (await founder.api('POST', '/api/drafts', { service: 'baumfaellung' })).json.id;
  assert.equal((await colleague.api('GET', `/api/drafts/${draft}`)).status, 404, 'not in their own name');
  await act(colleague);
  assert.equal((await colleague.api('GET', `/api/drafts/${draft}`)).status, 200);
  assert.equal((await colleague.api('PUT', `/api/drafts/${draft}/answers`, { answers: { owner: true } })).status, 200);
  assert.equal((await founder.api('GET', `/api/drafts/${draft}`)).json.answers.owner, true);
});

it('the form is filled with the organisation’s address, and says where it is from', async () => {
  const draft = (await founder.api('POST', '/api/drafts', { service: 'baumfaellung' })).json.id;
  const { pages } = city.ctx.desk.current('baumfaellung')!.form;
  const page = pages.find(({ fields }) => fields.some(({ prefill }) => prefill === 'account.address'))!;
  const { text } = await founder.page(`/antrag/${draft}/seite/${page.id}`);
  assert.match(text, /Am Musterdeich/);
  assert.match(text, /Übernommen aus: /);
  assert.doesNotMatch(text, /Beispielstraße|katharina\.petersen@/);
});

it('who only reads sees everything and changes nothing, by page and by API', async () => {
  await act(reader);
  const [draft] = (await reader.api('GET', '/api/drafts')).json;
  assert.equal((await reader.api('GET', `/api/drafts/${draft.id}`)).status, 200);
  const refused: string[] = [];
  for (const route of city.server.routes.filter(({ access, method }) => access === 'citizen' && method !== 'get')) {
    const path = route.path.replace(':id', draft.id).replace(/:\w+/g, 'foto');
    const answer = route.kind === 'page' ? await reader.page(path, {}) : await reader.api(route.method.toUpperCase(), path, {});
    if (answer.status !== 403) refused.push(`${route.method} ${route.path}: ${answer.status}`);
  }
  assert.deepEqual(refused, []);
  assert.equal((await reader.api('GET', '/api/mailbox')).status, 403);
  assert.match((await reader.page('/antraege')).text, /Sie handeln für: Elbhaus Architektur GmbH\.[\s\S]*Sie dürfen nur lesen/);
  assert.equal((await reader.api('GET', '/api/drafts')).json.length, 2);
});

it('a case goes on in common: filed by one, read by all, told to all but who only reads', async () => {
  const { walk, form } = city.ctx.desk.current('sondernutzung')!;
  const draft = (await colleague.api('POST', '/api/drafts', { service: 'sondernutzung' })).json.id;
  const page = form.pages.find(({ fields }) => fields.some(({ prefill }) => prefill === 'account.organisation'))!;
  assert.match((await colleague.page(`/antrag/${draft}/seite/${page.id}`)).text, /value="Elbhaus Architektur GmbH"/);
  await colleague.api('PUT', `/api/drafts/${draft}/answers`, { answers: { ...walk.answers, organisation: 'Elbhaus Architektur GmbH' } });
  for (const { slot, fileName } of walk.documents) await upload(colleague, draft, slot, fileName);
  assert.equal((await colleague.api('POST', `/api/drafts/${draft}/submission`)).status, 201);
  for (const person of [founder, colleague, reader]) {
    const seen = await person.api('GET', `/api/cases/${draft}`);
    assert.equal(seen.json.filedBy, 'Yusuf Özkan für Elbhaus Architektur GmbH (Organisation)');
  }
  const state = (await findCase(city.ctx.database.read, draft))!;
  const { registerNumber } = ELBHAUS;
  assert.deepEqual(await whoApplies(city.ctx.database.read, state), { proof: 'organisation', registerNumber }, 'for the desk: by its own word');
  const { rows } = await sql<{ lines: string[] }>`select state->'applicant'->'addressLines' as lines from procedure.case_file where id = ${draft}`.execute(
    city.ctx.database.read,
  );
  assert.deepEqual(rows[0]!.lines.slice(0, 2), ['Elbhaus Architektur GmbH', 'Katharina Petersen'], 'the Bescheid is addressed as the form says');
  assert.deepEqual((await reader.api('GET', `/api/cases/${draft}`)).json.actions, []);
  assert.equal((await reader.api('POST', `/api/cases/${draft}/actions`, { command: { action: 'withdraw', reason: '' } })).status, 403);
  const notices = async (person: Person) => (await mailsTo(city, person.email)).filter(({ subject }) => subject.startsWith('Neue Nachricht')).length;
  await eventually(async () => ((await notices(founder)) > 0 && (await notices(colleague)) > 0 ? true : undefined));
  assert.equal(await notices(reader), 0);
  const [message] = (await founder.api('GET', '/api/mailbox')).json.items;
  assert.equal((await colleague.api('GET', `/api/mailbox/${message.id}`)).status, 200);
  await founder.api('DELETE', '/api/session/acting-for');
  assert.equal((await founder.api('GET', `/api/cases/${draft}`)).status, 404, 'it is the organisation’s, not the founder’s');
});

it('roles: only who manages changes them, and one always does', async () => {
  const { members } = (await organisation(founder)).json;
  const memberOf = (person: Person) => members.find((one: { agent: { accountId: string } }) => one.agent.accountId === person.accountId).id;
  const role = (by: Person, of: Person, to: string) => by.api('PUT', `/api/account/organisations/${id}/members/${memberOf(of)}`, { role: to });
  assert.equal((await role(colleague, reader, 'verwaltung')).status, 404);
  assert.equal((await role(founder, founder, 'lesen')).status, 409, 'the last one stays');
  assert.equal((await founder.api('DELETE', `/api/account/mandates/${memberOf(founder)}`)).status, 409);
  assert.equal((await founder.api('DELETE', '/api/account')).status, 409);
  assert.equal((await role(founder, reader, 'bearbeitung')).status, 200);
  assert.equal((await reader.api('POST', '/api/drafts', { service: 'baumfaellung' })).status, 201, 'at once, in the session that is open');
  assert.equal((await role(founder, reader, 'lesen')).status, 200);
  assert.equal((await reader.api('POST', '/api/drafts', { service: 'baumfaellung' })).status, 403);
});

it('who is removed is out at once', async () => {
  const { members } = (await organisation(founder)).json;
  const member = members.find((one: { agent: { accountId: string } }) => one.agent.accountId === reader.accountId).id;
  assert.equal((await reader.api('GET', '/api/drafts')).json.length > 0, true);
  assert.equal((await founder.api('DELETE', `/api/account/organisations/${id}/members/${member}`)).status, 200);
  assert.deepEqual((await reader.api('GET', '/api/drafts')).json, []);
  assert.equal((await organisation(reader)).status, 404);
  assert.match((await reader.page('/antraege')).text, /Ihre Vertretung für Elbhaus Architektur GmbH ist beendet/);
});

it('an invitation by somebody who does not manage any more is worth nothing', async () => {
  clock.advance({ minutes: 61 });
  const { members } = (await organisation(founder)).json;
  const member = members.find((one: { agent: { accountId: string } }) => one.agent.accountId === colleague.accountId).id;
  await founder.api('PUT', `/api/account/organisations/${id}/members/${member}`, { role: 'verwaltung' });
  const guest = await signedIn(city, 'wiebke.cordes');
  assert.equal((await colleague.api('POST', `/api/account/organisations/${id}/invitations`, { email: guest.email, role: 'verwaltung' })).status, 202);
  const token = await mandateToken(city, guest.email);
  await founder.api('PUT', `/api/account/organisations/${id}/members/${member}`, { role: 'bearbeitung' });
  assert.equal((await guest.api('POST', `/api/account/mandates/links/${token}`, { accept: true })).status, 409);
});

it('an organisation gives a Vollmacht, and only who manages it may', async () => {
  clock.advance({ minutes: 61 });
  const agent = await signedIn(city, 'wiebke.cordes', 'substanziell');
  const offer = { email: agent.email, services: ['sondernutzung'], holderId: id };
  assert.equal((await colleague.api('POST', '/api/account/mandates/offers', offer)).status, 404);
  await founder.api('DELETE', `/api/account/mandates/offers/${(await organisation(founder)).json.offers[0].id}`);
  assert.equal((await founder.api('POST', '/api/account/mandates/offers', offer)).status, 202);
  const accepted = await agent.api('POST', `/api/account/mandates/links/${await mandateToken(city, agent.email)}`, { accept: true });
  await agent.api('PUT', '/api/session/acting-for', { mandateId: accepted.json.mandateId });
  assert.equal((await agent.api('GET', '/api/me')).json.actingFor.name, 'Elbhaus Architektur GmbH');
  assert.equal((await organisation(founder)).json.given[0].agent.name, 'Wiebke Cordes');
});

it('it cannot be deleted while a case runs, and has no way to sign in', async () => {
  assert.equal((await founder.api('DELETE', `/api/account/organisations/${id}`)).status, 409);
  await act(colleague);
  const [running] = (await colleague.api('GET', '/api/cases')).json.items;
  await colleague.api('POST', `/api/cases/${running.id}/actions`, { command: { action: 'withdraw', reason: 'Es wird nicht gebaut.' } });
  assert.equal((await colleague.api('DELETE', `/api/account/organisations/${id}`)).status, 404, 'who does not manage it');
  const deleted = await founder.api('DELETE', `/api/account/organisations/${id}`);
  assert.equal(deleted.status, 200, JSON.stringify(deleted.json));
  assert.equal((await colleague.api('GET', `/api/cases/${running.id}`)).status, 404);
  assert.deepEqual((await founder.api('GET', '/api/account/organisations')).json, [], 'and with it every place in it');
});

async function upload(person: Person, owner: string, slot: string, fileName: string): Promise<void> {
  const { samplePdf } = await import('../../src/commands/sample-pdf.ts');
  const { samplePicture } = await import('../../src/commands/sample-picture.ts');
  const body = new FormData();
  body.append('file', new File([new Uint8Array(fileName.endsWith('.pdf') ? samplePdf(slot) : samplePicture(1))], fileName));
  const headers = { cookie: person.cookie, origin: city.ctx.settings.publicUrl };
  const sent = await city.server.request(`/api/files/${owner}/${slot}`, { method: 'POST', headers, body });
  assert.equal(sent.status, 201, await sent.text());
}
