import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { viewOf } from '../../../platform/ui/view.ts';
import { as, testServer, type TestActor } from '../../../../test/support/test-server.ts';
import type { DocumentRef, PlansContext, PublicCaseView } from '../application/context.ts';
import { plansRoutes } from './routes.ts';

const NOW = Temporal.Instant.from('2026-11-24T09:00:00Z');
const DEMO = readFileSync(join(import.meta.dirname, '../../../../services/bebauungsplan/demo/ottensen-77-demo.gml'));
const sha256 = createHash('sha256').update(DEMO).digest('hex');
const document: DocumentRef = { fileName: 'plan.gml', mediaType: 'application/gml+xml', sha256 };
const words = (de: string) => ({ de, en: de, leicht: de });
const PUBLIC = '0190a000-0000-7000-8000-0000000000f1';
const EARLY = '0190a000-0000-7000-8000-0000000000f2';
const ROUND = '0190a000-0000-7000-8000-0000000000f3';

const view = (id: string, documents: readonly DocumentRef[], rounds: PublicCaseView['rounds'] = []): PublicCaseView => ({
  id,
  fileNumber: 'BP-2026-000001-5',
  title: words('Aufstellung eines Bebauungsplans'),
  authority: 'Bezirksamt Altona',
  steps: [
    { id: 'a', name: words('Aufstellungsbeschluss'), legalBasis: '§ 2 Abs. 1 BauGB', stage: 'done', on: '2026-07-27' },
    { id: 'b', name: words('Veröffentlichung'), legalBasis: '§ 3 Abs. 2 BauGB', stage: 'next' },
  ],
  documents,
  rounds,
});
const VIEWS = [view(PUBLIC, [document], [{ id: ROUND, title: 'Veröffentlichung', startsOn: '2026-11-20', dueOn: '2026-12-21' }]), view(EARLY, [])];
const ctx: PlansContext = {
  clock: () => NOW,
  database: { read: {} } as PlansContext['database'],
  readFile: async (_db, hash) => (hash === sha256 ? { bytes: DEMO } : undefined),
  cases: {
    listPublic: async () => VIEWS,
    findPublic: async (id) => VIEWS.find((one) => one.id === id),
    documentsFor: async (actor, id) => (actor.kind === 'staff' && actor.authorities.includes('bezirk-altona') && id === EARLY ? [document] : undefined),
  },
};
const server = testServer(
  plansRoutes(ctx, (visit) => viewOf(visit, { demo: true })),
  { clock: () => NOW },
);
async function get(path: string, who?: TestActor): Promise<{ status: number; type: string; text: string }> {
  const answer = await server.fetch(new Request(`http://localhost:8080${path}`, { headers: { accept: 'text/html', ...(who && as(who)) } }));
  return { status: answer.status, type: answer.headers.get('content-type') ?? '', text: await answer.text() };
}

describe('/plaene', () => {
  it('lists plans with their last step and where to take part', async () => {
    const { status, text } = await get('/plaene');
    assert.equal(status, 200);
    assert.match(text, /Ottensen 77 \(Demo\)/);
    assert.match(text, /Aufstellungsbeschluss, 27\.07\.2026\. Jetzt mitreden/);
    assert.match(text, /Aufstellung eines Bebauungsplans, BP-2026-000001-5/);
  });
  it('shows a plan: steps with days, the running Beteiligung, the drawing and the equal table', async () => {
    const { text } = await get(`/plaene/${PUBLIC}`);
    assert.match(text, new RegExp(`href="/beteiligung/${ROUND}"`));
    assert.match(text, /§ 2 Abs\. 1 BauGB/);
    assert.match(text, new RegExp(`<img class="k-plan" src="/plaene/${PUBLIC}/karte.svg" alt="[^"]+Tabelle`));
    assert.match(text, /WA – Allgemeines Wohngebiet/);
    assert.match(text, /nicht gegen das XSD von XPlanung geprüft/);
    assert.doesNotMatch(text, /style="/);
  });
  it('says so where no drawing is public yet', async () => {
    assert.match((await get(`/plaene/${EARLY}`)).text, /Noch ist keine Planzeichnung öffentlich/);
    assert.equal((await get(`/plaene/${EARLY}/karte.svg`)).status, 404);
    assert.equal((await get(`/plaene/${EARLY}/plan.gml`)).status, 404);
  });
  for (const path of ['/plaene/x', '/plaene/0190a000-0000-7000-8000-00000000dead', '/plaene/x/karte.svg', '/api/plans/0190a000-0000-7000-8000-00000000dead']) {
    it(`finds nothing at ${path}`, async () => assert.equal((await get(path)).status, 404));
  }
  it('gives the drawing as a picture and the file as it was handed in', async () => {
    const drawing = await get(`/plaene/${PUBLIC}/karte.svg`);
    assert.match(drawing.type, /^image\/svg\+xml/);
    assert.match(drawing.text, /WA · IV · GRZ 0,4/);
    assert.equal((await get(`/plaene/${PUBLIC}/plan.gml`)).text, DEMO.toString('utf8'));
  });
  it('tells programs the same: steps, plan, features in WGS 84', async () => {
    const one = JSON.parse((await get(`/api/plans/${PUBLIC}`)).text) as { plan: { name: string }; steps: { stage: string }[] };
    assert.deepEqual([one.plan.name, one.steps.map(({ stage }) => stage)], ['Ottensen 77 (Demo)', ['done', 'next']]);
    const { features } = JSON.parse((await get(`/api/plans/${PUBLIC}/features`)).text) as { features: { geometry: { coordinates: number[][][][] } }[] };
    const [lon, lat] = features[0]!.geometry.coordinates[0]![0]![0]!;
    assert.ok(Math.abs(lon! - 9.9352) < 0.003 && Math.abs(lat! - 53.5577) < 0.003, `${lon} ${lat}`);
  });
});

describe('the officers’ drawing', () => {
  const path = `/amt/vorgang/${EARLY}/plan.svg`;
  it('is there for the authority before anything is public', async () => assert.equal((await get(path, 'sachbearbeitung')).status, 200));
  it('is not for other authorities', async () => assert.equal((await get(path, 'revision')).status, 404));
  it('is not for citizens, nor for nobody', async () => {
    assert.equal((await get(path, 'citizen')).status, 403);
    assert.notEqual((await get(path)).status, 200);
  });
});
