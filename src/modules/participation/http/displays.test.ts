import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { sql } from 'kysely';
import { newId } from '../../../kernel/id.ts';
import type { Agent } from '../../../kernel/actor.ts';
import { viewOf } from '../../../platform/ui/view.ts';
import { participationCity, type ParticipationCity } from '../../../../test/support/participation-city.ts';
import { TEST_NOW } from '../../../../test/support/temporary-city.ts';
import { ACTORS, testServer } from '../../../../test/support/test-server.ts';
import type { ParticipationContext } from '../application/context.ts';
import { newReceipt, submitStatement } from '../application/submit-statement.ts';
import { abwaegungComplete, holdingsOf, participationRoutes } from '../public.ts';
import type { Driver } from './testing.ts';

let city: ParticipationCity;
let ctx: ParticipationContext;
let to: Driver;
let newCase: ParticipationCity['newCase'];
let openDisplay: ParticipationCity['openDisplay'];
before(async () => {
  city = await participationCity();
  ({ ctx, to, newCase, openDisplay } = city);
});
after(() => city.close());
beforeEach(() => city.clock.set(TEST_NOW));

describe('Public display', () => {
  it('is announced before its first day: no documents, no statements yet', async () => {
    const caseId = newCase();
    const opened = await to.wish(caseId, {
      action: 'open-round',
      kind: 'oeffentlich',
      planId: 'entwurf',
      title: 'Angekündigt',
      request: 'Bald.',
      startsOn: to.day(8),
    });
    const id = opened.json.rounds[0].id;
    const seen = await to.api(undefined, 'GET', `/participation/displays/${id}`);
    assert.deepEqual([seen.json.state, seen.json.open], ['coming', false]);
    assert.equal((await to.api(undefined, 'POST', `/participation/displays/${id}/statements`, { text: 'zu früh' })).status, 409);
    assert.equal(
      (await to.wish(caseId, { action: 'open-round', kind: 'oeffentlich', planId: 'entwurf', title: 'x', request: 'x', startsOn: to.day(7) })).status,
      422,
    );
  });

  it('lists and finds what is on display, page by page, and survives a made-up cursor', async () => {
    const id = await openDisplay(newCase());
    const found = await to.api(undefined, 'GET', '/participation/displays?search=neue&limit=1');
    assert.equal(found.json.items[0].title, 'Neue Mitte');
    assert.equal((await to.api(undefined, 'GET', '/participation/displays?search=gibtesnicht')).json.items.length, 0);
    assert.equal((await to.api(undefined, 'GET', '/participation/displays?cursor=abc&search=%27%26%21')).status, 200);
    assert.match((await to.page(undefined, '/beteiligung?suche=neue')).text, new RegExp(`/beteiligung/${id}`));
    assert.equal((await to.page(undefined, '/beteiligung?nach=x&zeit=x&suche=%3A*%20%26')).status, 200);
  });

  it('takes a statement without an account; sent twice it is one, with one receipt', async () => {
    const caseId = newCase();
    const id = await openDisplay(caseId);
    const form = await to.page(undefined, `/beteiligung/${id}/stellungnahme`);
    const receipt = /name="receipt" value="([^"]{43})"/.exec(form.text)![1]!;
    const typed = { receipt, text: 'Zu hoch!', name: 'Erika Beispiel', address: '', email: '', 'place.lon': '10,0', 'place.lat': '53,55' };
    const sent = await to.page(undefined, `/beteiligung/${id}/stellungnahme`, typed);
    const again = await to.page(undefined, `/beteiligung/${id}/stellungnahme`, typed);
    assert.deepEqual([sent.status, sent.to, again.to], [303, `/beteiligung/eingang/${receipt}`, sent.to]);
    const rows = (await to.api('sachbearbeitung', 'GET', `/cases/${caseId}/participation/statements`)).json.items;
    assert.equal(rows.length, 1);
    assert.deepEqual(rows[0].places, [{ lon: 10, lat: 53.55 }]);
    const shown = await to.page(undefined, sent.to);
    assert.match(shown.text, new RegExp(rows[0].number));
    assert.equal((await to.page(undefined, `/beteiligung/eingang/${'b'.repeat(43)}`)).status, 404);
  });

  it('two at the same moment with one secret are one statement', async () => {
    const caseId = newCase();
    const id = await openDisplay(caseId);
    const body = { text: 'Gleichzeitig', receipt: 'c'.repeat(43) };
    const answers = await Promise.all([1, 2, 3].map(() => to.api(undefined, 'POST', `/participation/displays/${id}/statements`, body)));
    assert.ok(answers.some(({ status }) => status === 201));
    assert.equal((await to.api('sachbearbeitung', 'GET', `/cases/${caseId}/participation/statements`)).json.items.length, 1);
    const repeated = await to.api(undefined, 'POST', `/participation/displays/${id}/statements`, body);
    assert.equal(repeated.json.number, answers.find(({ status }) => status === 201)?.json.number);
  });

  it('a mistake keeps all that was typed; several places are collected without JavaScript', async () => {
    const id = await openDisplay(newCase());
    const path = `/beteiligung/${id}/stellungnahme`;
    const typed = { receipt: 'd'.repeat(43), text: 'Mein <b>Text</b>', name: 'N', address: 'A', email: 'kein-at', 'place.lon': '10,0', 'place.lat': '53,55' };
    const refused = await to.page(undefined, path, typed);
    assert.equal(refused.status, 422);
    for (const kept of ['Mein &lt;b&gt;Text', 'value="N"', 'value="kein-at"', 'd'.repeat(43)]) assert.ok(refused.text.includes(kept), kept);
    const added = await to.page(undefined, path, { ...typed, 'add-place': 'ja' });
    assert.match(added.text, /name="places" value="10,53\.55"/);
    const removed = await to.page(undefined, path, { ...typed, places: '10,53.55;9.9,53.5', 'remove-place': '0', 'place.lon': '', 'place.lat': '' });
    assert.match(removed.text, /name="places" value="9\.9,53\.5"/);
    assert.equal((await to.page(undefined, path, { ...typed, email: '', receipt: 'short' })).status, 422);
  });

  it('shows nothing of a statement before it is published, and never the person', async () => {
    const caseId = newCase();
    const id = await openDisplay(caseId);
    await to.api(undefined, 'POST', `/participation/displays/${id}/statements`, {
      text: 'Ich, Erika Beispiel, sehe Schatten.',
      author: { name: 'Erika Beispiel', address: 'Weg 1', email: 'erika@example.de' },
      places: [{ lon: 9.93, lat: 53.55 }],
    });
    const statement = await to.firstStatement(caseId);
    assert.doesNotMatch((await to.page(undefined, `/beteiligung/${id}`)).text, /Schatten|Erika/);
    assert.equal((await to.onStatement(caseId, statement.id, { action: 'publish' })).status, 409);
    assert.equal((await to.onStatement(caseId, statement.id, { action: 'anonymise', text: 'Erika sieht Schatten.' })).status, 422);
    const officer = await to.page('sachbearbeitung', `/amt/vorgang/${caseId}/beteiligung/stellungnahme/${statement.id}`);
    assert.match(officer.text, /<mark class="k-personal">Erika<\/mark>/);
    await to.onStatement(caseId, statement.id, { action: 'anonymise', text: 'Es gibt Schatten.' });
    await to.onStatement(caseId, statement.id, { action: 'publish' });
    const shown = await to.page(undefined, `/beteiligung/${id}`);
    assert.match(shown.text, /Es gibt Schatten/);
    assert.match(shown.text, /53,55° N/, 'the place stands in the list beside the map');
    assert.doesNotMatch(shown.text, /Erika|Weg 1|erika@/);
    assert.doesNotMatch(JSON.stringify((await to.api(undefined, 'GET', `/participation/displays/${id}`)).json), /Erika|Weg 1|erika@/);
    await to.onStatement(caseId, statement.id, { action: 'anonymise', text: 'Es gibt Schatten.', placesShown: false });
    assert.doesNotMatch((await to.page(undefined, `/beteiligung/${id}`)).text, /53,55° N/, 'a place that gives the home away is hidden');
    await to.onStatement(caseId, statement.id, { action: 'unpublish' });
    assert.doesNotMatch((await to.page(undefined, `/beteiligung/${id}`)).text, /Schatten/);
  });

  it('a crowd writes at once and nobody is turned away; agencies of one case neither', async () => {
    const caseId = newCase();
    const id = await openDisplay(caseId);
    const crowd = await Promise.all(
      Array.from({ length: 12 }, (_, index) => to.api(undefined, 'POST', `/participation/displays/${id}/statements`, { text: `Nummer ${index}` })),
    );
    assert.deepEqual([...new Set(crowd.map(({ status }) => status))], [201]);
    assert.equal(new Set(crowd.map(({ json }) => json.number as string)).size, 12);
    const round = await to.openAgencies(caseId);
    for (const index of [1, 2, 3]) await to.ask(caseId, round, { name: `Stelle ${index}`, email: `stelle${index}-${id}@amt.example` });
    const tokens: string[] = [];
    for (const index of [1, 2, 3]) tokens.push(await to.mailedToken(`stelle${index}-${id}@amt.example`));
    const answers = await Promise.all(tokens.map((token) => to.answer(token, { answer: 'no-objection' })));
    assert.deepEqual(
      answers.map(({ status }) => status),
      [200, 200, 200],
    );
  });

  it('published statements come page by page, none lost', async () => {
    const caseId = newCase();
    const id = await openDisplay(caseId);
    for (let index = 0; index < 53; index += 1) {
      await to.api(undefined, 'POST', `/participation/displays/${id}/statements`, { text: `Nummer ${index}` });
      city.clock.advance({ seconds: 1 });
    }
    const all = (await to.api('sachbearbeitung', 'GET', `/cases/${caseId}/participation/statements?limit=200`)).json.items as { id: string }[];
    for (const { id: statementId } of all) {
      await to.onStatement(caseId, statementId, { action: 'anonymise', text: 'Ohne Namen.' });
      await to.onStatement(caseId, statementId, { action: 'publish' });
    }
    const first = (await to.api(undefined, 'GET', `/participation/displays/${id}`)).json;
    const second = (await to.api(undefined, 'GET', `/participation/displays/${id}?cursor=${first.next}`)).json;
    assert.deepEqual([first.statements.length, second.statements.length, second.next], [50, 3, null]);
    const shown = await to.page(undefined, `/beteiligung/${id}`);
    const next = /href="(\/beteiligung\/[^"#]*nach=[^"#]*)/.exec(shown.text)![1]!;
    assert.match((await to.page(undefined, next)).text, new RegExp(second.statements[2].number as string));
  });

  it('a place of the application is shown only when the officer says so', async () => {
    const caseId = newCase({ place: { lon: 9.91, lat: 53.54 } });
    const wished = { action: 'open-round', kind: 'oeffentlich', planId: 'entwurf', title: 'Ort', request: 'Ort?', startsOn: to.day(0), noticedOn: to.day(-9) };
    const hidden = (await to.wish(caseId, wished)).json.rounds[0].id as string;
    const shown = (await to.wish(caseId, { ...wished, showPlace: true })).json.rounds[1].id as string;
    assert.doesNotMatch((await to.page(undefined, `/beteiligung/${hidden}`)).text, /9,91/);
    assert.match((await to.page(undefined, `/beteiligung/${shown}`)).text, /9,91/);
  });

  it('an address gets one receipt an hour, so that nobody is flooded with mails', async () => {
    const id = await openDisplay(newCase());
    for (const text of ['eins', 'zwei', 'drei'])
      await to.api(undefined, 'POST', `/participation/displays/${id}/statements`, { text, author: { email: 'opfer@example.de' } });
    await city.jobs.drain();
    const mails = await sql`select 1 from platform.demo_mail where recipient = 'opfer@example.de'`.execute(city.database.read);
    assert.equal(mails.rows.length, 1);
  });

  it('tries at links and forms are limited for each address', async () => {
    const limited = testServer(
      participationRoutes(ctx, (visit) => viewOf(visit, { demo: true }), city.hub),
      { clock: city.clock.now, rateLimit: 1 },
    );
    const statuses: number[] = [];
    for (let index = 0; index < 25; index += 1) statuses.push((await limited.request(`/stellungnahme/${String(index).padStart(43, 'x')}`)).status);
    assert.deepEqual([statuses[0], statuses.at(-1)], [404, 429]);
  });

  it('what the account holds is told to its owner, and the result only once it was told', async () => {
    const id = await openDisplay(newCase());
    await to.api('otherCitizen', 'POST', `/participation/displays/${id}/statements`, { text: 'Mit Konto', linkAccount: true });
    await to.api('otherCitizen', 'POST', `/participation/displays/${id}/statements`, { text: 'Ohne Konto' });
    const held = JSON.stringify(await holdingsOf(ctx, ACTORS.otherCitizen.accountId));
    assert.match(held, /Mit Konto/);
    assert.doesNotMatch(held, /Ohne Konto/);
    assert.match((await to.page('otherCitizen', '/stellungnahmen')).text, /ST-2026-/);
    assert.doesNotMatch((await to.page('citizen', '/stellungnahmen')).text, /ST-2026-/);
  });

  it('§ 14 VwVfG: who acts for somebody speaks into their Postfach only with a mandate for everything', async () => {
    const roundId = await openDisplay(newCase());
    const holder = ACTORS.otherCitizen.accountId;
    const before = JSON.stringify(await holdingsOf(ctx, holder));
    const rights = { accountId: ACTORS.citizen.accountId, mandateId: newId(0), trust: 'hoch', receives: true, writes: true } as const;
    const says = (agent: Agent, linkAccount: boolean) =>
      submitStatement(
        ctx,
        { kind: 'citizen', accountId: holder, trust: 'einfach', agent },
        { roundId, receipt: newReceipt(), text: 'In Vertretung', files: [], linkAccount },
      );
    for (const agent of [
      { ...rights, services: ['baugenehmigung'] },
      { ...rights, writes: false },
    ]) {
      const refused = await says(agent, true);
      assert.deepEqual(refused.ok ? 'taken' : refused.problem.fields?.[0]?.field, 'postfach');
    }
    assert.equal(JSON.stringify(await holdingsOf(ctx, holder)), before);
    assert.ok((await says({ ...rights, services: ['baugenehmigung'] }, false)).ok, 'without the Postfach anybody may speak');
    assert.ok((await says(rights, true)).ok);
    assert.match(JSON.stringify(await holdingsOf(ctx, holder)), /In Vertretung/);
  });

  it('the token of a consultee is no receipt', async () => {
    const caseId = newCase();
    const id = await openDisplay(caseId);
    await to.ask(caseId, await to.openAgencies(caseId), { email: 'kein-beleg@wasser.example' });
    const receipt = await to.mailedToken('kein-beleg@wasser.example');
    assert.equal((await to.api(undefined, 'POST', `/participation/displays/${id}/statements`, { text: 'x', receipt })).status, 422);
    assert.equal((await to.page(undefined, `/beteiligung/eingang/${receipt}`)).status, 404);
  });

  it('a round of agencies is no display, whatever its id', async () => {
    const roundId = await to.openAgencies(newCase());
    assert.equal((await to.page(undefined, `/beteiligung/${roundId}`)).status, 404);
    assert.equal((await to.api(undefined, 'POST', `/participation/displays/${roundId}/statements`, { text: 'x' })).status, 404);
  });

  it('late: taken and marked while open, refused when closed, on paper always', async () => {
    const caseId = newCase();
    const id = await openDisplay(caseId);
    city.clock.advance({ days: 60 });
    const late = await to.api(undefined, 'POST', `/participation/displays/${id}/statements`, { text: 'zu spät' });
    assert.deepEqual([late.status, late.json.late], [201, true]);
    assert.equal((await to.wish(caseId, { action: 'close-round', roundId: id })).status, 200);
    assert.equal((await to.api(undefined, 'POST', `/participation/displays/${id}/statements`, { text: 'noch später' })).status, 409);
    const paper = await to.api('sachbearbeitung', 'POST', `/cases/${caseId}/participation/statements`, {
      to: { roundId: id },
      receivedOn: to.day(-50),
      text: 'Brief',
      author: { name: 'Otto' },
    });
    assert.deepEqual([paper.status, paper.json.late], [201, false]);
  });
});

describe('§ 1 Abs. 7 BauGB: the Abwaegung', () => {
  it('is complete when every round is closed and every statement weighed; the answer reaches its author', async () => {
    const caseId = newCase();
    assert.equal((await abwaegungComplete(city.database.read, caseId)).complete, true);
    const id = await openDisplay(caseId);
    await to.api(undefined, 'POST', `/participation/displays/${id}/statements`, { text: 'Mehr Bäume', author: { email: 'baum@example.de' } });
    const statement = await to.firstStatement(caseId);
    assert.deepEqual(await abwaegungComplete(city.database.read, caseId), { complete: false, statements: 1, unweighed: 1, openRounds: 1 });
    assert.equal((await to.wish(caseId, { action: 'close-round', roundId: id })).status, 409);
    city.clock.advance({ days: 60 });
    await to.wish(caseId, { action: 'close-round', roundId: id });
    assert.equal((await abwaegungComplete(city.database.read, caseId)).complete, false);
    assert.equal((await to.onStatement(caseId, statement.id, { action: 'reply' })).status, 409);
    await to.onStatement(caseId, statement.id, { action: 'weigh', result: 'gefolgt', reasons: 'Bäume kühlen.', reply: 'Wir pflanzen 40 Bäume.' });
    assert.equal((await abwaegungComplete(city.database.read, caseId)).complete, true);
    const token = await to.mailedToken('baum@example.de');
    assert.doesNotMatch((await to.page(undefined, `/beteiligung/eingang/${token}`)).text, /40 Bäume/, 'not before it is told');
    await to.onStatement(caseId, statement.id, { action: 'reply' });
    const told = await to.mailedToken('baum@example.de');
    assert.match((await to.page(undefined, `/beteiligung/eingang/${told}`)).text, /40 Bäume/);
  });

  it('two officers on one statement: the second is told and keeps what they typed', async () => {
    const caseId = newCase();
    const id = await openDisplay(caseId);
    await to.api(undefined, 'POST', `/participation/displays/${id}/statements`, { text: 'Streit' });
    const { id: statementId, version } = await to.firstStatement(caseId);
    const path = `/amt/vorgang/${caseId}/beteiligung/stellungnahme/${statementId}`;
    const typed = { action: 'weigh', version: String(version), 'weigh-result': 'gefolgt', 'weigh-reasons': 'Gute Gründe', 'weigh-reply': 'Danke' };
    assert.equal((await to.page('sachbearbeitung', path, typed)).status, 303);
    const second = await to.page('leitung', path, { ...typed, 'weigh-reasons': 'Andere Gründe' });
    assert.equal(second.status, 409);
    assert.match(second.text, /Andere Gründe/);
    assert.equal((await to.page('sachbearbeitung', path, { ...typed, version: '' })).status, 409);
  });

  it('the synopsis filters, and its CSV gives a spreadsheet no formula', async () => {
    const caseId = newCase();
    const id = await openDisplay(caseId);
    await to.api(undefined, 'POST', `/participation/displays/${id}/statements`, { text: '=HYPERLINK("http://x")', author: { name: '@cmd' } });
    await to.api(undefined, 'POST', `/participation/displays/${id}/statements`, { text: 'Zweite; mit "Zeichen"' });
    const base = `/amt/vorgang/${caseId}/beteiligung/synopse`;
    assert.match((await to.page('sachbearbeitung', base)).text, /Zweite; mit/);
    assert.doesNotMatch((await to.page('sachbearbeitung', `${base}?suche=hyperlink`)).text, /Zweite/);
    assert.doesNotMatch((await to.page('sachbearbeitung', `${base}?zeige=abgewogen`)).text, /Zweite/);
    assert.equal((await to.page('sachbearbeitung', `${base}?druck=1&nach=kaputt`)).status, 200);
    const { text } = await to.page('sachbearbeitung', `${base}.csv`);
    assert.match(text, /;'@cmd;/);
    assert.match(text, /"'=HYPERLINK\(""http:\/\/x""\)"/);
    const first = await to.api('sachbearbeitung', 'GET', `/cases/${caseId}/participation/statements?limit=1`);
    const second = await to.api('sachbearbeitung', 'GET', `/cases/${caseId}/participation/statements?limit=1&cursor=${first.json.next}`);
    assert.deepEqual([first.json.items.length, second.json.items.length, second.json.next], [1, 1, null]);
    assert.notEqual(first.json.items[0].id, second.json.items[0].id);
  });
});
