import type { Problem } from '../../../kernel/problem.ts';
import type { Result } from '../../../kernel/result.ts';
import {
  getPage,
  html as answerHtml,
  postPage,
  problemPage,
  redirect,
  type Answer,
  type AnyRoute,
  type FormVisit,
  type Visit,
} from '../../../platform/http/route.ts';
import { describeScenario } from '../application/change-scenario.ts';
import { addToPlan, addVariant, NO_VARIANT, removeVariant, renameVariant, takeFromPlan } from '../application/change-variants.ts';
import type { Ordering } from '../application/context.ts';
import { drawVariant } from '../application/draw.ts';
import { models, parametersFrom } from '../application/models.ts';
import { orderRuns } from '../application/order-runs.ts';
import { drawn, planFromText, planTyped } from '../application/plan-io.ts';
import { showScenario } from '../application/show.ts';
import type { NewFeature, PlanKind } from '../domain/plan.ts';
import { isTyped, LIST, pathOf, type Frame } from './parts.ts';
import { planPicture } from './picture.ts';
import { readScenarioForm } from './scenario-form.ts';
import { workPage, type WorkView } from './work-page.ts';

const VARIANT = `${LIST}/:id/varianten/:variante`;
type FormName = NonNullable<WorkView['typed']>['form'];

/** Drawing, variants and running, for people. */
export function workPages(ctx: Ordering, frame: Frame): AnyRoute[] {
  return [
    getPage(`${LIST}/:id`, 'public', (visit) => show(ctx, visit, frame)),
    getPage(`${LIST}/:id/karte.svg`, 'public', (visit) => picture(ctx, visit)),
    getPage(`${VARIANT}/plan.geojson`, 'public', (visit) => download(ctx, visit)),
    postPage(`${LIST}/:id`, 'signed-in', (visit) =>
      done(ctx, visit, frame, 'describe', describeScenario(ctx, visit.actor, idOf(visit), readScenarioForm(visit.fields))),
    ),
    postPage(`${LIST}/:id/varianten`, 'signed-in', (visit) => add(ctx, visit, frame)),
    postPage(VARIANT, 'signed-in', (visit) => {
      const wish = { name: visit.fields.get('newName') ?? '', description: visit.fields.get('description') ?? '' };
      return done(ctx, visit, frame, 'variant', renameVariant(ctx, visit.actor, idOf(visit), variantOf(visit), wish), { name: 'newName' });
    }),
    postPage(`${VARIANT}/loeschen`, 'signed-in', async (visit) => {
      const gone = await removeVariant(ctx, visit.actor, idOf(visit), variantOf(visit));
      return gone.ok ? redirect(pathOf(idOf(visit))) : problemPage(gone.problem);
    }),
    postPage(`${VARIANT}/zeichnen`, 'signed-in', (visit) => draw(ctx, visit, frame)),
    postPage(`${VARIANT}/radieren`, 'signed-in', (visit) =>
      done(ctx, visit, frame, 'draw', takeFromPlan(ctx, visit.actor, idOf(visit), variantOf(visit), visit.fields.get('feature') ?? ''), {}, '#plan'),
    ),
    postPage(`${LIST}/:id/rechnen`, 'signed-in', (visit) => run(ctx, visit, frame)),
  ];
}

const idOf = ({ params }: Visit): string => params['id'] ?? '';
const variantOf = ({ params, query }: Visit): string => params['variante'] ?? query.get('variante') ?? '';

async function show(ctx: Ordering, visit: Visit, frame: Frame, typed?: WorkView['typed']): Promise<Answer> {
  const found = await showScenario(ctx, visit.actor, idOf(visit));
  if (!found.ok) return problemPage(found.problem);
  const { variants } = found.value;
  const variant = variants.find(({ id }) => id === variantOf(visit)) ?? variants.at(-1);
  if (variant === undefined) return problemPage(NO_VARIANT);
  const wished = visit.query.get('modell') ?? typed?.fields.get('process');
  const process = models().find(({ id }) => id === wished)?.id ?? models()[0]!.id;
  const work: WorkView = { picture: found.value, variant, process, ...(typed === undefined ? {} : { typed }) };
  return answerHtml(workPage(frame(visit), work), typed === undefined ? 200 : 422);
}

/** Goes on where the person was, or shows the form again with what is wrong. @param names of fields as the form calls them */
async function done(
  ctx: Ordering,
  visit: FormVisit,
  frame: Frame,
  form: FormName,
  doing: Promise<Result<unknown, Problem>>,
  names: Readonly<Record<string, string>> = {},
  anchor = '',
): Promise<Answer> {
  const result = await doing;
  if (result.ok) return redirect(`${pathOf(idOf(visit))}${variantOf(visit) === '' ? '' : `?variante=${variantOf(visit)}`}${anchor}`);
  return refused(ctx, visit, frame, form, result.problem, names);
}

function refused(
  ctx: Ordering,
  visit: FormVisit,
  frame: Frame,
  form: FormName,
  problem: Problem,
  names: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  if (!isTyped(problem)) return Promise.resolve(problemPage(problem));
  const problems = (problem.fields ?? []).map(({ field, message }) => ({ field: names[field] ?? field, message }));
  return show(ctx, visit, frame, { form, fields: visit.fields, problems });
}

async function add(ctx: Ordering, visit: FormVisit, frame: Frame): Promise<Answer> {
  const from = visit.fields.get('from') ?? '';
  const wish = { name: visit.fields.get('variantName') ?? '', description: '', ...(from === '' ? {} : { from }) };
  const made = await addVariant(ctx, visit.actor, idOf(visit), wish);
  if (made.ok) return redirect(`${pathOf(idOf(visit))}?variante=${made.value.id}`);
  return refused(ctx, visit, frame, 'variant', made.problem, { name: 'variantName' });
}

const metres = (text: string): number | undefined =>
  text.trim() === '' ? undefined : Number(/^\d{1,6}(?:[.,]\d{1,6})?$/.test(text.trim()) ? text.trim().replace(',', '.') : 'x');

/** Features as typed, pasted or uploaded. */
function drawnFeatures({ fields, files }: FormVisit): Result<readonly NewFeature[], Problem> {
  const kind = (['building', 'tree', 'closed', 'destination'] satisfies readonly PlanKind[]).find((one) => one === fields.get('kind')) ?? 'building';
  const file = files.find(({ bytes }) => bytes.byteLength > 0);
  if (file !== undefined) return planFromText(new TextDecoder().decode(file.bytes.subarray(0, 2_000_000)), 'file', kind);
  const geojson = fields.get('geojson') ?? '';
  if (fields.has('geojson')) return planFromText(geojson, 'geojson', kind);
  const [heightMetres, crownMetres] = [metres(fields.get('heightMetres') ?? ''), metres(fields.get('crownMetres') ?? '')];
  return planTyped({
    ...{ kind, name: fields.get('name') ?? '', places: fields.get('places') ?? '' },
    ...(heightMetres === undefined ? {} : { heightMetres }),
    ...(crownMetres === undefined ? {} : { crownMetres }),
  });
}

async function draw(ctx: Ordering, visit: FormVisit, frame: Frame): Promise<Answer> {
  const features = drawnFeatures(visit);
  if (!features.ok) return refused(ctx, visit, frame, 'draw', features.problem);
  return done(ctx, visit, frame, 'draw', addToPlan(ctx, visit.actor, idOf(visit), variantOf(visit), features.value), {}, '#plan');
}

async function run(ctx: Ordering, visit: FormVisit, frame: Frame): Promise<Answer> {
  const process = visit.fields.get('process') ?? '';
  const parameters = parametersFrom(process, (name) => visit.fields.get(`p.${name}`) ?? '');
  const ordered = await orderRuns(ctx, visit.actor, idOf(visit), { process, parameters });
  if (ordered.ok) return redirect(`${pathOf(idOf(visit))}?modell=${process}#stand`);
  return refused(ctx, visit, frame, 'run', ordered.problem);
}

async function picture(ctx: Ordering, visit: Visit): Promise<Answer> {
  const { query, actor } = visit;
  const [runId, key] = [query.get('lauf') ?? undefined, query.get('schluessel') ?? undefined];
  const wish = { variantId: variantOf(visit), ...(runId === undefined ? {} : { runId }), ...(key === undefined ? {} : { key }) };
  const drawing = await drawVariant(ctx, actor, idOf(visit), wish);
  if (!drawing.ok) return problemPage(drawing.problem);
  return { kind: 'file', bytes: new TextEncoder().encode(planPicture(drawing.value)), mediaType: 'image/svg+xml', fileName: 'plan.svg', inline: true };
}

async function download(ctx: Ordering, visit: Visit): Promise<Answer> {
  const found = await showScenario(ctx, visit.actor, idOf(visit));
  if (!found.ok) return problemPage(found.problem);
  const variant = found.value.variants.find(({ id }) => id === variantOf(visit));
  if (variant === undefined) return problemPage(NO_VARIANT);
  const bytes = new TextEncoder().encode(JSON.stringify(drawn(variant.plan), null, 1));
  return { kind: 'file', bytes, mediaType: 'application/geo+json', fileName: `plan-${variant.number}.geojson` };
}
