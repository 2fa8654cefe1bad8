import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, beforeEach, describe, it } from 'node:test';
import { sql } from 'kysely';
import { newId } from '../../../kernel/id.ts';
import { samplePicture } from '../../../commands/sample-picture.ts';
import { participationCity, type ParticipationCity } from '../../../../test/support/participation-city.ts';
import { TEST_NOW } from '../../../../test/support/temporary-city.ts';
import { ACTORS } from '../../../../test/support/test-server.ts';
import type { ParticipationContext } from '../application/context.ts';
import { sweep } from '../application/sweep.ts';
import { applicantPanel } from '../public.ts';
import { findParticipation } from '../store/case-files.ts';
import type { Driver } from './testing.ts';

let city: ParticipationCity;
let ctx: ParticipationContext;
let to: Driver;
let newCase: ParticipationCity['newCase'];
before(async () => {
  city = await participationCity();
  ({ ctx, to, newCase } = city);
});
after(() => city.close());
beforeEach(() => city.clock.set(TEST_NOW));

describe('Consultees by personal link', () => {
  it('the package proposes who is to be asked, each gets a mail with a link and a day and nothing else', async () => {
    const caseId = newCase();
    const roundId = await to.openAgencies(caseId);
    const seen = await to.api('sachbearbeitung', 'GET', `/cases/${caseId}/participation`);
    assert.deepEqual(seen.json.suggested, ['feuerwehr']);
    const asked = await to.wish(caseId, { action: 'ask-planned', roundId, planIds: ['feuerwehr'] });
    assert.equal(asked.json.consultations[0].dueOn, '2026-12-24');
    await city.jobs.drain();
    const mails = await sql<{ subject: string; body: string }>`select subject, body from platform.demo_mail where recipient = 'feuerwehr@amt.example'`.execute(
      city.database.read,
    );
    assert.equal(mails.rows.length, 1);
    assert.match(mails.rows[0]!.subject, /24\.12\.2026/);
    assert.doesNotMatch(`${mails.rows[0]!.subject} ${mails.rows[0]!.body}`, /Bebauungsplan|Entwurf|BP-|Feuerwehr/);
  });

  it('only the hash of a token is kept, anywhere', async () => {
    const token = await to.mailedToken('feuerwehr@amt.example');
    const kept = await sql<{
      n: number;
    }>`select count(*) as n from participation.link where token_sha256 = ${createHash('sha256').update(token).digest('hex')}`.execute(city.database.read);
    assert.equal(kept.rows[0]!.n, 1);
    for (const table of ['participation.link', 'participation.case_file', 'participation.content', 'platform.mail', 'platform.journal']) {
      const found = await sql<{ n: number }>`select count(*) as n from ${sql.raw(table)} t where t::text like ${`%${token}%`}`.execute(city.database.read);
      assert.equal(found.rows[0]!.n, 0, table);
    }
  });

  it('looking changes nothing: a mail scanner may open the link', async () => {
    const caseId = newCase();
    await to.ask(caseId, await to.openAgencies(caseId), { email: 'scan@wasser.example' });
    const token = await to.mailedToken('scan@wasser.example');
    const before = await findParticipation(city.database.read, caseId);
    const shown = await to.page(undefined, `/stellungnahme/${token}`);
    assert.equal(shown.status, 200);
    assert.match(shown.text, /Bitte nehmen Sie Stellung zum Entwurf/);
    assert.doesNotMatch(shown.text, /BP-/, 'nothing of the case but the question');
    assert.deepEqual(await findParticipation(city.database.read, caseId), before);
  });

  it('answers, changes the answer until the deadline, and is late after it', async () => {
    const caseId = newCase();
    await to.ask(caseId, await to.openAgencies(caseId), { email: 'answer@wasser.example' });
    const token = await to.mailedToken('answer@wasser.example');
    const first = await to.answer(
      token,
      { answer: 'conditions', text: 'Ja, aber.', conditions: 'Brunnen erhalten\n\nRohre schützen' },
      { name: '../../plan.png', bytes: samplePicture() },
    );
    assert.equal(first.status, 200, JSON.stringify(first.json));
    assert.deepEqual(first.json.answer.conditions, ['Brunnen erhalten', 'Rohre schützen']);
    const again = await to.answer(token, { answer: 'no-objection', text: '' });
    assert.deepEqual([again.json.answer.answer, again.json.answer.number], ['no-objection', first.json.answer.number]);
    const statements = await to.api('sachbearbeitung', 'GET', `/cases/${caseId}/participation/statements`);
    assert.deepEqual(
      statements.json.items.map((one: { revision: number; files: { fileName: string }[] }) => [one.revision, one.files[0]?.fileName]),
      [[1, 'plan.png']],
    );
    const same = await to.answer(token, { answer: 'no-objection', text: '' });
    assert.equal(same.status, 200, 'the same words twice are one answer');
    city.clock.advance({ days: 31 });
    assert.equal((await to.answer(token, { answer: 'objection', text: 'Doch nicht.' })).status, 409);
    city.clock.advance({ days: 20 });
    assert.equal((await to.page(undefined, `/stellungnahme/${token}`)).status, 404, 'round and grace are over');
  });

  it('a file that only calls itself a PDF is refused; what was typed stays', async () => {
    const caseId = newCase();
    await to.ask(caseId, await to.openAgencies(caseId), { email: 'file@wasser.example' });
    const token = await to.mailedToken('file@wasser.example');
    const refused = await to.answer(token, { answer: 'objection', text: 'Nein.' }, { name: 'plan.pdf', bytes: Buffer.from('<script>alert(1)</script>') });
    assert.equal(refused.status, 422);
    assert.match(refused.json.errors[0].message, /kein PDF/);
    const typed = await to.page(undefined, `/stellungnahme/${token}`, { answer: 'objection', text: '', conditions: 'Erst <b>prüfen</b>' });
    assert.equal(typed.status, 422);
    assert.match(typed.text, /Erst &lt;b&gt;prüfen/);
    assert.match(typed.text, /Nennen Sie Ihre Gründe/);
  });

  it('a revoked or renewed link ends the old one at once; withdrawing ends all', async () => {
    const caseId = newCase();
    const asked = await to.ask(caseId, await to.openAgencies(caseId), { email: 'link@wasser.example' });
    const consultationId = asked.json.consultations[0].id;
    const old = await to.mailedToken('link@wasser.example');
    city.clock.advance({ minutes: 1 });
    await to.wish(caseId, { action: 'renew-link', consultationId });
    const fresh = await to.mailedToken('link@wasser.example');
    assert.notEqual(fresh, old);
    assert.deepEqual([(await to.page(undefined, `/stellungnahme/${old}`)).status, (await to.page(undefined, `/stellungnahme/${fresh}`)).status], [404, 200]);
    await to.wish(caseId, { action: 'revoke-link', consultationId });
    assert.equal((await to.page(undefined, `/stellungnahme/${fresh}`)).status, 404);
    assert.equal((await to.answer(fresh, { answer: 'no-objection' })).status, 404);
    await to.wish(caseId, { action: 'withdraw', consultationId, reason: 'Irrtum' });
    assert.equal((await to.wish(caseId, { action: 'renew-link', consultationId })).status, 409);
  });

  it('an account takes it over once; another account and another token see nothing of it', async () => {
    const caseId = newCase();
    const roundId = await to.openAgencies(caseId);
    const one = (await to.ask(caseId, roundId, { name: 'Eins', email: 'eins@wasser.example' })).json.consultations[0];
    await to.ask(caseId, roundId, { name: 'Zwei', email: 'zwei@wasser.example' });
    const [token, other] = [await to.mailedToken('eins@wasser.example'), await to.mailedToken('zwei@wasser.example')];
    assert.equal((await to.api(undefined, 'POST', `/consultations/${token}/claim`)).status, 401);
    assert.equal((await to.api('otherCitizen', 'POST', `/consultations/${token}/claim`)).json.id, one.id);
    assert.equal((await to.api('leitung', 'POST', `/consultations/${token}/claim`)).status, 409);
    assert.equal((await to.page('otherCitizen', `/stellungnahme/${one.id}`)).status, 200);
    for (const who of [undefined, 'citizen', 'leitung'] as const) assert.equal((await to.page(who, `/stellungnahme/${one.id}`)).status, 404, String(who));
    assert.match((await to.page('otherCitizen', '/stellungnahmen')).text, new RegExp(`/stellungnahme/${one.id}`));
    assert.doesNotMatch((await to.page('citizen', '/stellungnahmen')).text, new RegExp(one.id));
    assert.doesNotMatch((await to.page(undefined, `/stellungnahme/${other}`)).text, /Eins/);
    const answered = await to.answer(one.id, { answer: 'objection', text: 'Nein.' }, { name: 'a.png', bytes: samplePicture() }, 'otherCitizen');
    const fileId = (await to.api('sachbearbeitung', 'GET', `/cases/${caseId}/participation/statements`)).json.items[0].files[0].id;
    assert.equal(answered.status, 200);
    assert.equal((await to.page('otherCitizen', `/stellungnahme/${one.id}/unterlagen/${fileId}`)).status, 200);
    assert.equal((await to.page(undefined, `/stellungnahme/${other}/unterlagen/${fileId}`)).status, 404);
  });

  it('a made-up key of any shape is not found', async () => {
    for (const key of ['x', 'a'.repeat(43), newId(1), '..%2f..', encodeURIComponent("' or 1=1 --")])
      assert.equal((await to.page(undefined, `/stellungnahme/${key}`)).status, 404, key);
  });
});

describe('The clock', () => {
  it('goes on past a case that cannot be worked on, and fails aloud', async () => {
    const [one, other] = [newCase(), newCase()].toSorted();
    for (const caseId of [one!, other!]) await to.ask(caseId, await to.openAgencies(caseId), { email: `${caseId}@wasser.example` });
    city.clock.set('2026-12-18T09:00:00Z');
    await sql`update participation.case_file set state = state || '{"rounds": null}' where case_id = ${one!}`.execute(city.database.read);
    await assert.rejects(sweep(ctx), /in 1 cases/);
    assert.equal((await findParticipation(city.database.read, other!))?.consultations[0]?.remindedOn, '2026-12-18');
    await sql`update participation.consultation set clock_on = null where case_id = ${one!}`.execute(city.database.read);
    await sql`update participation.round set status = 'closed' where case_id = ${one!}`.execute(city.database.read);
  });

  it('reminds once, lets silence count once, ends the round; run again it does nothing', async () => {
    const caseId = newCase();
    await to.ask(caseId, await to.openAgencies(caseId), { email: 'clock@wasser.example' });
    city.clock.set('2026-12-18T09:00:00Z');
    await sweep(ctx);
    assert.equal(await sweep(ctx), 0);
    const state = await findParticipation(city.database.read, caseId);
    assert.equal(state?.consultations[0]?.remindedOn, '2026-12-18');
    assert.equal(
      (await to.page(undefined, `/stellungnahme/${await to.mailedToken('clock@wasser.example')}`)).status,
      200,
      'the reminder brings a link that works',
    );
    city.clock.set('2027-01-20T09:00:00Z');
    assert.ok((await sweep(ctx)) >= 2);
    assert.equal(await sweep(ctx), 0);
    const later = await findParticipation(city.database.read, caseId);
    assert.deepEqual([later?.consultations[0]?.status, later?.rounds[0]?.status], ['expired', 'due']);
  });
});

describe('The applicant sees nothing before the officer confirms it', () => {
  it('panel and API stay empty, then show the agency and its conditions', async () => {
    const caseId = newCase();
    await to.ask(caseId, await to.openAgencies(caseId), { email: 'released@wasser.example' });
    await to.answer(await to.mailedToken('released@wasser.example'), { answer: 'conditions', text: 'Ja.', conditions: 'Leitung verlegen' });
    const released = async (who: string | undefined) => to.api(who, 'GET', `/cases/${caseId}/participation/released`);
    assert.deepEqual((await released('citizen')).json.items, []);
    assert.equal(await applicantPanel(ctx, ACTORS.citizen, caseId, 'de'), undefined);
    const statement = await to.firstStatement(caseId);
    await to.onStatement(caseId, statement.id, { action: 'release' });
    assert.deepEqual(
      (await released('citizen')).json.items.map((one: { from: string; conditions: string[] }) => [one.from, one.conditions]),
      [['Wasserwerk', ['Leitung verlegen']]],
    );
    assert.match(String(await applicantPanel(ctx, ACTORS.citizen, caseId, 'leicht')), /Leitung verlegen/);
    assert.equal(await applicantPanel(ctx, ACTORS.otherCitizen, caseId, 'de'), undefined);
    assert.deepEqual([(await released('otherCitizen')).status, (await released(undefined)).status], [404, 401]);
  });

  it('of a neighbour only the version without the name', async () => {
    const caseId = newCase();
    await to.ask(caseId, await to.openAgencies(caseId), { kind: 'nachbar', name: 'Otto Nachbar', email: 'otto@example.de' });
    await to.answer(await to.mailedToken('otto@example.de'), { answer: 'objection', text: 'Otto Nachbar will das nicht.' });
    const statement = await to.firstStatement(caseId);
    assert.equal((await to.onStatement(caseId, statement.id, { action: 'release' })).status, 409);
    await to.onStatement(caseId, statement.id, { action: 'anonymise', text: 'Eine Nachbarin ist dagegen.' });
    await to.onStatement(caseId, statement.id, { action: 'release' });
    assert.doesNotMatch(JSON.stringify((await to.api('citizen', 'GET', `/cases/${caseId}/participation/released`)).json), /Otto/);
  });

  it('the applicant and other offices have no way into the officers’ pages or API', async () => {
    const caseId = newCase({ authority: 'bezirk-nord' });
    const own = newCase();
    for (const path of ['', '/synopse', '/synopse.csv', '/live']) {
      assert.equal((await to.page('sachbearbeitung', `/amt/vorgang/${caseId}/beteiligung${path}`)).status, 404, path);
      assert.equal((await to.page('citizen', `/amt/vorgang/${own}/beteiligung${path}`)).status, 403, path);
      assert.match((await to.page(undefined, `/amt/vorgang/${own}/beteiligung${path}`)).to, /^\/anmelden/, path);
    }
    const open = { action: 'open-round', kind: 'stellen', title: 'x', request: 'x', legalBasis: 'x', period: { length: 1, unit: 'months' } };
    assert.deepEqual(
      [(await to.wish(caseId, open)).status, (await to.wish(own, open, 'citizen')).status, (await to.wish(own, open, 'revision')).status],
      [404, 403, 403],
    );
    assert.equal((await to.page('revision', `/amt/vorgang/${own}/beteiligung`)).status, 200);
  });
});
