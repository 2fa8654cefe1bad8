import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, beforeEach, describe, it } from 'node:test';
import { sql } from 'kysely';
import { newId } from '../../../kernel/id.ts';
import { deleteFile, putFile } from '../../../platform/files/files.ts';
import { samplePicture } from '../../../commands/sample-picture.ts';
import { engines } from '../../../../test/support/temporary-database.ts';
import { participationCity, type ParticipationCity } from '../../../../test/support/participation-city.ts';
import { TEST_NOW, temporaryCity } from '../../../../test/support/temporary-city.ts';
import { ACTORS } from '../../../../test/support/test-server.ts';
import type { ParticipationContext } from '../application/context.ts';
import type { CaseEvent, StatementEvent } from '../domain/events.ts';
import { emptyParticipation, evolve } from '../domain/participation.ts';
import { evolveStatement, type Statement } from '../domain/statement.ts';
import { officerPanel } from '../public.ts';
import { findParticipation } from '../store/case-files.ts';
import { participationStream, readContents } from '../store/contents.ts';
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

describe('Officers’ pages', () => {
  it('a whole round by forms: open, ask, extend, paper answer, close', async () => {
    const caseId = newCase();
    const base = `/amt/vorgang/${caseId}/beteiligung`;
    const opened = await to.page('sachbearbeitung', base, {
      action: 'open-round',
      version: '0',
      'open-round-kind': 'stellen',
      'open-round-title': 'Runde eins',
      'open-round-request': 'Worum?',
      'open-round-legalBasis': '§ 4 BauGB',
      'open-round-length': '1',
      'open-round-unit': 'months',
    });
    assert.equal(opened.status, 303, opened.text.slice(0, 500));
    const roundId = (await findParticipation(city.database.read, caseId))!.rounds[0]!.id;
    const refused = await to.page('sachbearbeitung', `${base}/runde/${roundId}`, {
      action: 'ask',
      version: '1',
      'ask-kind': 'toeb',
      'ask-name': '',
      'ask-email': 'x@y.de',
      'ask-length': '1',
      'ask-unit': 'months',
      'ask-legalBasis': '§ 4',
      'ask-silence': 'keine',
    });
    assert.equal(refused.status, 422);
    assert.match(refused.text, /href="#f-ask-name"/);
    assert.match(refused.text, /value="x@y\.de"/);
    const asked = await to.page('sachbearbeitung', `${base}/runde/${roundId}`, {
      action: 'ask',
      version: '1',
      'ask-kind': 'toeb',
      'ask-name': 'Kammer',
      'ask-length': '1',
      'ask-unit': 'months',
      'ask-legalBasis': '§ 4',
      'ask-silence': 'keine',
    });
    assert.equal(asked.status, 303);
    const consultationId = (await findParticipation(city.database.read, caseId))!.consultations[0]!.id;
    const stelle = `${base}/stelle/${consultationId}`;
    assert.equal((await to.page('sachbearbeitung', stelle, { action: 'extend', version: '2', 'extend-dueOn': '31.2.2027', 'extend-reason': 'x' })).status, 422);
    assert.equal(
      (await to.page('sachbearbeitung', stelle, { action: 'extend', version: '2', 'extend-dueOn': '15.1.2027', 'extend-reason': 'Gutachten' })).status,
      303,
    );
    assert.match((await to.page('sachbearbeitung', stelle)).text, /Verlängert von 24\.12\.2026 auf 15\.01\.2027: Gutachten/);
    assert.equal(
      (await to.page('sachbearbeitung', stelle, { action: 'paper', version: '3', 'paper-receivedOn': '24.11.2026', 'paper-answer': 'no-objection' })).status,
      303,
    );
    assert.equal((await to.page('sachbearbeitung', `${base}/runde/${roundId}`, { action: 'close-round', version: '4' })).status, 303);
    assert.match((await to.page('sachbearbeitung', `${base}?ok=1`)).text, /Gespeichert/);
    assert.equal((await to.page('sachbearbeitung', base, { action: 'zaubern' })).status, 404);
    for (const broken of ['x', newId(1)]) assert.equal((await to.page('sachbearbeitung', `${base}/runde/${broken}`)).status, 404);
    assert.match(String(await officerPanel(ctx, ACTORS.sachbearbeitung, caseId, 'de')), /Beteiligung öffnen/);
  });

  it('"no consultees needed" is an answer with its reason', async () => {
    const caseId = newCase();
    const base = `/amt/vorgang/${caseId}/beteiligung`;
    assert.equal((await to.page('sachbearbeitung', base, { action: 'declare-none', version: '0', 'declare-none-reason': '' })).status, 422);
    assert.equal((await to.page('sachbearbeitung', base, { action: 'declare-none', version: '0', 'declare-none-reason': 'Nur ein Fenster' })).status, 303);
    assert.match((await to.page('sachbearbeitung', base)).text, /Nur ein Fenster/);
  });

  it('a round shows documents of the case and of the officer; only they, and only to whom it concerns', async () => {
    const bytes = samplePicture(7);
    const sha256 = await city.database.write((tx) => putFile(tx, bytes, 'image/png'));
    const shownId = newId(1);
    const documents = [
      { id: shownId, fileName: 'lageplan.png', mediaType: 'image/png', sizeBytes: bytes.byteLength, sha256 },
      { id: newId(2), fileName: 'ausweis.png', mediaType: 'image/png', sizeBytes: 1, sha256: 'f'.repeat(64) },
    ];
    const caseId = newCase({ documents });
    const id = await openDisplay(caseId);
    await to.wish(caseId, { action: 'show-documents', roundId: id, documentIds: [shownId] });
    const attached = await to.upload(
      'sachbearbeitung',
      `/cases/${caseId}/participation/rounds/${id}/documents`,
      {},
      { field: 'file', name: 'begruendung.png', bytes: samplePicture(9) },
    );
    assert.equal(attached.status, 201);
    const shown = await to.page(undefined, `/beteiligung/${id}`);
    assert.match(shown.text, /lageplan\.png/);
    assert.match(shown.text, /begruendung\.png/);
    assert.doesNotMatch(shown.text, /ausweis\.png/);
    const fileId = (await to.api(undefined, 'GET', `/participation/displays/${id}`)).json.round.documents[0].id;
    assert.equal((await to.page(undefined, `/beteiligung/${id}/unterlagen/${fileId}`)).status, 200);
    assert.equal((await to.page(undefined, `/beteiligung/${id}/unterlagen/${newId(3)}`)).status, 404);
    await city.database.write((tx) => deleteFile(tx, sha256));
    assert.equal((await to.page(undefined, `/beteiligung/${id}/unterlagen/${fileId}`)).status, 404, 'bytes that are gone are not found, not broken');
  });
});

describe('The journal', () => {
  it('holds no words and no names, and replayed with the words beside it gives the states', async () => {
    const caseId = newCase();
    const roundId = await to.openAgencies(caseId);
    await to.ask(caseId, roundId, { name: 'Geheimname', email: 'geheim@wasser.example' });
    await to.answer(await to.mailedToken('geheim@wasser.example'), { answer: 'conditions', text: 'Geheimwort', conditions: 'Geheimregel' });
    const { id: statementId } = await to.firstStatement(caseId);
    await to.onStatement(caseId, statementId, { action: 'weigh', result: 'teilweise', reasons: 'Geheimgrund', reply: 'Geheimantwort' });
    const entries = await ctx.journal.readStream(city.database.read, participationStream(caseId));
    assert.ok(entries.length > 4);
    assert.doesNotMatch(JSON.stringify(entries), /Geheim|geheim|wasser\.example/);
    assert.doesNotMatch(JSON.stringify(city.log.lines), /Geheim|wasser\.example/);
    const words = new Map([
      ...(await readContents(city.database.read, caseId)),
      ...[...(await readContents(city.database.read, statementId))].map(([version, one]) => [version + 1000, one] as const),
    ]);
    let state = emptyParticipation(caseId);
    let statement: Statement | undefined;
    for (const { kind, payload, actor } of entries.filter((entry) => entry.payload['version'] !== undefined)) {
      const { subject, version, contentSha256, ...facts } = payload as { subject: string; version: number; contentSha256?: string };
      const kept = words.get(subject === caseId ? version : version + 1000);
      if (contentSha256 !== undefined) assert.equal(createHash('sha256').update(kept!.content).digest('hex'), contentSha256);
      const event = { kind: kind.replace('participation.', ''), facts, ...(kept === undefined ? {} : { content: JSON.parse(kept.content) as unknown }) };
      if (subject === caseId) state = evolve(state, event as CaseEvent, { version, actor });
      else statement = evolveStatement(statement, event as StatementEvent, { version, actor });
    }
    assert.deepEqual(JSON.parse(JSON.stringify(state)), await findParticipation(city.database.read, caseId));
    const kept = await sql<{ state: Statement }>`select state from participation.statement where id = ${statementId}`.execute(city.database.read);
    assert.deepEqual(JSON.parse(JSON.stringify(statement)), kept.rows[0]!.state);
  });
});

describe('The migration', () => {
  for (const engine of engines) {
    it(`runs on ${engine}`, async () => {
      const other = await temporaryCity({ engine });
      const found = await sql<{ n: number }>`select count(*) as n from information_schema.tables where table_schema = 'participation'`.execute(
        other.database.read,
      );
      assert.equal(found.rows[0]!.n, 6);
      await other.close();
    });
  }
});
