import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { as, testServer, type TestActor } from '../../../../test/support/test-server.ts';
import { XDF } from '../domain/xdatenfelder-standard.ts';
import { XZUFI } from '../domain/xzufi.ts';
import { draftRoutes } from './draft-routes.ts';

const server = testServer(
  draftRoutes({
    packageDraft: ({ name, pages }) => ({ key: 'entwurf', files: { 'entwurf/form.yaml': JSON.stringify({ name, pages }) } }),
    serviceDraft: (service) => JSON.stringify(service),
  }),
);

async function send(path: string, who: TestActor | undefined, content?: string): Promise<{ readonly status: number; readonly body: Record<string, unknown> }> {
  const body = new FormData();
  body.set('note', 'x');
  if (content !== undefined) body.set('file', new Blob([content]), 'file.xml');
  const headers = { ...(who === undefined ? {} : as(who)), origin: 'http://localhost:8080' };
  const answer = await server.request(path, { method: 'POST', body, headers });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

const common = '<freigabestatus><code>6</code></freigabestatus><letzteAenderung>2026-01-01T10:00:00Z</letzteAenderung>';
const FIELD = `<xdatenfelder.datenfeld.0104 xmlns="${XDF}"><header><nachrichtID>1</nachrichtID><erstellungszeitpunkt>2026-01-01T10:00:00Z</erstellungszeitpunkt></header>
<datenfeld><identifikation><id>F1</id></identifikation><name>Farbe</name>${common}<bezeichnungEingabe>Welche Farbe?</bezeichnungEingabe><schemaelementart><code>ABS</code></schemaelementart><feldart><code>input</code></feldart><datentyp><code>text</code></datentyp><vorbefuellung><code>keine</code></vorbefuellung></datenfeld></xdatenfelder.datenfeld.0104>`;
const LEISTUNG = `<leistung xmlns="${XZUFI}"><modulText><leikaTextmodul><code>02</code></leikaTextmodul><inhalt>Angeln</inhalt></modulText></leistung>`;

describe('files of others as drafts', () => {
  it('XDatenfelder: files of a package and what is missing', async () => {
    const { status, body } = await send('/api/exchange/xdatenfelder', 'administration', FIELD);
    assert.equal(status, 200, JSON.stringify(body));
    assert.equal(body['key'], 'entwurf');
    assert.match((body['files'] as Record<string, string>)['entwurf/form.yaml']!, /"farbe"/);
    assert.deepEqual(body['findings'], []);
  });
  it('XDatenfelder: every mistake as a problem, hostile XML too', async () => {
    const broken = await send('/api/exchange/xdatenfelder', 'administration', FIELD.replace('<name>Farbe</name>', '').replace('>F1<', '>X<'));
    assert.equal(broken.status, 422);
    assert.equal((broken.body['errors'] as unknown[]).length, 2);
    const hostile = await send('/api/exchange/xdatenfelder', 'administration', `<!DOCTYPE a [<!ENTITY b "c">]>${FIELD}`);
    assert.deepEqual([hostile.status, /Dokumenttyp/.test(String(hostile.body['detail']))], [422, true]);
  });
  it('XZuFi: one draft for each Leistung', async () => {
    const { status, body } = await send('/api/exchange/xzufi', 'administration', LEISTUNG);
    assert.equal(status, 200, JSON.stringify(body));
    const [draft] = body['items'] as { key: string; files: Record<string, string> }[];
    assert.deepEqual([draft!.key, JSON.parse(draft!.files['angeln/service.yaml']!).name], ['angeln', { de: 'Angeln', en: null, leicht: null }]);
  });
  it('are for the administration, and want a file', async () => {
    for (const path of ['/api/exchange/xdatenfelder', '/api/exchange/xzufi']) {
      assert.equal((await send(path, undefined, FIELD)).status, 401);
      assert.equal((await send(path, 'citizen', FIELD)).status, 403);
      assert.equal((await send(path, 'leitung', FIELD)).status, 403);
      assert.equal((await send(path, 'administration')).status, 422);
    }
  });
});
