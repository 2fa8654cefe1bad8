import { parseId } from '../../../kernel/id.ts';
import { csv } from '../../../platform/http/csv.ts';
import { problemStatus } from '../../../platform/http/problem.ts';
import {
  getPage,
  html as answerHtml,
  LAGE_ACCESS,
  postPage,
  problemPage,
  redirect,
  type AnyRoute,
  type Answer,
  type Visit,
} from '../../../platform/http/route.ts';
import type { FloodContext } from '../application/context.ts';
import { allGrids, bringGridToLage, gridById } from '../application/grids.ts';
import { MOST_GRID_BYTES } from '../application/read-grid.ts';
import { layerOutlines, layerPicture, layersOfRun } from '../application/results.ts';
import { cancelFloodRun, floodedFacilities, floodRun, floodRuns, startFloodRun } from '../application/runs.ts';
import { whatIf } from '../application/what-if.ts';
import { floodPage } from './flood-page.ts';
import type { Typed } from './forms.ts';
import type { LageFrame } from './frame.ts';
import { readGridWish, readRun, readWhatIf } from './read-form.ts';
import { runPage } from './run-page.ts';

const ROWS = 20;
const FACILITY_ROWS = 50;
const CSV_STEP = 1_000;

/** What a staff sees and orders of floods. */
export function floodPages(ctx: FloodContext, frame: LageFrame): AnyRoute[] {
  const spool = { directory: ctx.uploads, maxBytes: MOST_GRID_BYTES };
  const base = '/lagen/:key/flut';
  return [
    getPage(base, LAGE_ACCESS, (visit) => overview(ctx, frame, visit), { limit: 'drawing' }),
    getPage(`${base}/bild.png`, LAGE_ACCESS, (visit) => instantPicture(ctx, visit), { limit: 'drawing' }),
    postPage(`${base}/rechnungen`, LAGE_ACCESS, async (visit) => {
      const key = visit.params['key']!;
      const done = await startFloodRun(ctx, visit.actor, key, readRun(visit.fields));
      if (done.ok) return redirect(`/lagen/${key}/flut/rechnungen/${done.value.id}`);
      return overview(ctx, frame, visit, { name: 'run', fields: visit.fields, problem: done.problem });
    }),
    postPage(
      `${base}/gitter`,
      LAGE_ACCESS,
      async (visit) => {
        const key = visit.params['key']!;
        const done = await bringGridToLage(ctx, visit.actor, key, visit.spooled?.find(({ field }) => field === 'file')?.path, readGridWish(visit.fields));
        if (done.ok) return redirect(`/lagen/${key}/flut?gitter=${done.value.id}`);
        return overview(ctx, frame, visit, { name: 'grid', fields: visit.fields, problem: done.problem });
      },
      { spool },
    ),
    getPage(`${base}/rechnungen/:id`, LAGE_ACCESS, (visit) => oneRun(ctx, frame, visit)),
    postPage(`${base}/rechnungen/:id/abbrechen`, LAGE_ACCESS, async (visit) => {
      const { key, id } = visit.params as { key: string; id: string };
      const done = await cancelFloodRun(ctx, visit.actor, key, id);
      return done.ok ? redirect(`/lagen/${key}/flut/rechnungen/${id}`) : problemPage(done.problem);
    }),
    getPage(`${base}/rechnungen/:id/:file`, LAGE_ACCESS, (visit) => file(ctx, visit), { limit: 'drawing' }),
  ];
}

async function overview(ctx: FloodContext, frame: LageFrame, visit: Visit, typed?: Typed): Promise<Answer> {
  const key = visit.params['key']!;
  const before = parseId(visit.query.get('nach') ?? '');
  const listed = await floodRuns(ctx, visit.actor, key, { limit: ROWS, ...(before === undefined ? {} : { before }) });
  if (!listed.ok) return problemPage(listed.problem);
  const { view: entered, runs, next } = listed.value;
  // who may not do what they sent gets a page that says so, and not a form
  if (typed?.problem.kind === 'not-allowed') return problemPage(typed.problem);
  const grids = await allGrids(ctx);
  const asked = typed === undefined ? readWhatIf(visit.query) : undefined;
  const answer = asked === undefined ? undefined : await whatIf(ctx, visit.actor, key, asked);
  const wanted = visit.query.get('gitter');
  const body = floodPage(frame(visit, entered), {
    ...{ entered, grids, runs, next, typed, query: visit.query, grid: grids.find(({ id }) => id === wanted) ?? grids[0] },
    answer: answer?.ok === true ? answer.value : undefined,
    problem: answer?.ok === false ? answer.problem : undefined,
  });
  const problem = typed?.problem ?? (answer?.ok === false ? answer.problem : undefined);
  return answerHtml(body, problem === undefined ? 200 : problemStatus(problem));
}

const picture = (bytes: Uint8Array, fileName: string): Answer => ({ kind: 'file', bytes, mediaType: 'image/png', fileName, inline: true });

async function instantPicture(ctx: FloodContext, visit: Visit): Promise<Answer> {
  const asked = readWhatIf(visit.query) ?? { gridId: '', levelMetres: Number.NaN, open: [] };
  const answer = await whatIf(ctx, visit.actor, visit.params['key']!, asked);
  return answer.ok ? picture(answer.value.picture, 'flut.png') : problemPage(answer.problem);
}

async function oneRun(ctx: FloodContext, frame: LageFrame, visit: Visit): Promise<Answer> {
  const { key, id } = visit.params as { key: string; id: string };
  const whole = await floodRun(ctx, visit.actor, key, id);
  if (!whole.ok) return problemPage(whole.problem);
  const { run } = whole.value;
  const [grid, listed] = [await gridById(ctx, run.gridId), await floodedFacilities(ctx, visit.actor, key, id, { after: 0, limit: FACILITY_ROWS })];
  if (!grid.ok) return problemPage(grid.problem);
  const facilities = listed.ok ? listed.value.facilities : [];
  const layers = layersOfRun(key, run);
  return answerHtml(runPage(frame(visit, whole.value.view), { whole: whole.value, grid: grid.value, layers, facilities, now: visit.now }));
}

/** Results as files: `depth.png`, `depth.geojson`, `einrichtungen.csv`. */
async function file(ctx: FloodContext, visit: Visit): Promise<Answer> {
  const { key, id, file: name } = visit.params as { key: string; id: string; file: string };
  if (name === 'einrichtungen.csv') return facilitiesAsCsv(ctx, visit, key, id);
  const [layer = '', kind] = name.split('.');
  if (kind === 'geojson') {
    const read = await layerOutlines(ctx, visit.actor, key, id, layer);
    if (!read.ok) return problemPage(read.problem);
    const features = read.value.map(({ geometry, ...properties }) => ({ type: 'Feature', geometry, properties }));
    return {
      kind: 'file',
      bytes: Buffer.from(JSON.stringify({ type: 'FeatureCollection', features })),
      mediaType: 'application/geo+json',
      fileName: `flut-${name}`,
    };
  }
  const read = await layerPicture(ctx, visit.actor, key, id, kind === 'png' ? layer : '');
  return read.ok ? picture(read.value, `flut-${name}`) : problemPage(read.problem);
}

async function facilitiesAsCsv(ctx: FloodContext, visit: Visit, key: string, id: string): Promise<Answer> {
  const rows: string[][] = [['Einrichtung', 'Art', 'Menschen', 'Wassertiefe in cm', 'Minuten bis zum Wasser', 'Wahrscheinlichkeit in %', 'Länge', 'Breite']];
  for (let after: number | undefined = 0; after !== undefined;) {
    const listed = await floodedFacilities(ctx, visit.actor, key, id, { after, limit: CSV_STEP });
    if (!listed.ok) return problemPage(listed.problem);
    for (const one of listed.value.facilities)
      rows.push([
        ...[one.name, one.what, String(one.people), String(one.depthCentimetres), String(one.arrivalMinutes ?? ''), String(one.probabilityPercent ?? '')],
        ...[one.lon.toFixed(6), one.lat.toFixed(6)],
      ]);
    after = listed.value.next;
  }
  return { kind: 'file', bytes: csv(rows), mediaType: 'text/csv; charset=utf-8', fileName: 'einrichtungen-im-wasser.csv' };
}
