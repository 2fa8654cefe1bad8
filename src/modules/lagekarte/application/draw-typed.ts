import type { Actor } from '../../../kernel/actor.ts';
import { invalidFields, type FieldProblem } from '../../../kernel/problem.ts';
import type { Geometry, KeptObject } from '../../../kernel/picture.ts';
import { readPlace } from '../../../kernel/place-text.ts';
import { refuse, type Result } from '../../../kernel/result.ts';
import { draw, DRAWN_KINDS, enterLage, readObject, type DrawInput, type DrawnKind, type LageProblem } from '../../situation/public.ts';
import type { LagekarteContext } from './context.ts';

/** What somebody typed to draw without a map: all of it text, as it came. */
export interface TypedDrawing {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly shape: string;
  /** One place a line, in any notation. */
  readonly places: string;
  readonly sign: string;
  readonly basis: string;
}

/** The sign stays as it is. */
export const KEEP_SIGN = 'keep';

export const SHAPES = ['punkt', 'linie', 'flaeche'] as const;
const LEAST: Readonly<Record<(typeof SHAPES)[number], number>> = { punkt: 1, linie: 2, flaeche: 3 };

/** Draws what was typed, or changes a drawing; says of each field what is wrong with it. */
export async function drawTyped(
  ctx: Pick<LagekarteContext, 'clock' | 'database' | 'journal'>,
  actor: Actor,
  key: string,
  typed: TypedDrawing,
): Promise<Result<KeptObject, LageProblem>> {
  const problems: FieldProblem[] = [];
  const kind = DRAWN_KINDS.find((one) => one === typed.kind);
  if (kind === undefined) problems.push({ field: 'kind', message: 'Wählen Sie, was Sie zeichnen.' });
  const geometry = readShape(typed, problems);
  if (kind === undefined || geometry === undefined) return refuse(invalidFields(problems));
  const kept = await whatIsKept(ctx, actor, key, typed);
  const [part, name = ''] = typed.sign.split('=');
  const symbol = typed.sign === KEEP_SIGN ? kept.symbol : part === undefined || name === '' ? undefined : { [part]: name };
  const own = typed.id === '' ? undefined : ownId(typed.id, kind);
  const basis = /^\d{1,15}$/.test(typed.basis) ? Number(typed.basis) : undefined;
  return draw(ctx, actor, key, { ...kept, id: own, kind, title: typed.title, geometry, symbol, basis });
}

/** What the form does not ask stays as it is. */
async function whatIsKept(ctx: Pick<LagekarteContext, 'clock' | 'database'>, actor: Actor, key: string, { id }: TypedDrawing): Promise<Partial<DrawInput>> {
  const opened = id === '' ? undefined : await enterLage(ctx, actor, key, 'read');
  const before = opened?.ok === true ? await readObject(ctx.database.read, opened.value, id) : undefined;
  if (before === undefined) return {};
  const { symbol, facts, uncertaintyMetres, reliability, credibility, sectionId, needToKnow } = before;
  return { symbol, facts, uncertaintyMetres, reliability, credibility, sectionId, needToKnow };
}

/** `hazard:0190…` without its kind. */
const ownId = (id: string, kind: DrawnKind): string => (id.startsWith(`${kind}:`) ? id.slice(kind.length + 1) : id);

function readShape({ shape, places }: TypedDrawing, problems: FieldProblem[]): Geometry | undefined {
  const known = SHAPES.find((one) => one === shape);
  if (known === undefined) {
    problems.push({ field: 'shape', message: 'Wählen Sie Punkt, Linie oder Fläche.' });
    return undefined;
  }
  const lines = places
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const read = lines.map((line) => ({ line, place: readPlace(line) }));
  const wrong = read.find(({ place }) => place === undefined);
  if (wrong !== undefined) {
    const message = `„${wrong.line.slice(0, 40)}“ ist kein Ort. Schreiben Sie etwa 53,5503 10,0012 oder 32U NE 66253 33921, jeden Ort in eine Zeile.`;
    problems.push({ field: 'places', message });
    return undefined;
  }
  const points = read.flatMap(({ place }) => (place === undefined ? [] : [[place.lon, place.lat] as const]));
  if (points.length < LEAST[known]) {
    problems.push({
      field: 'places',
      message: known === 'punkt' ? 'Nennen Sie einen Ort.' : `Nennen Sie mindestens ${LEAST[known]} Orte, jeden in einer Zeile.`,
    });
    return undefined;
  }
  if (known === 'punkt') return { type: 'Point', coordinates: points[0]! };
  return known === 'linie' ? { type: 'LineString', coordinates: points } : { type: 'Polygon', coordinates: [[...points, points[0]!]] };
}
