import { navigationOf, propertyOf, type EntityName, type Kind } from './entities.ts';
import type { Binary, Call, Expression, Lambda, Literal, Path } from './expression.ts';
import { FUNCTIONS } from './functions.ts';
import { mistake } from './mistake.ts';

/** Which entity a path begins at: the one asked for, or a variable of `any` and `all`. */
export interface Scope {
  readonly entity: EntityName;
  readonly variables: Readonly<Record<string, EntityName>>;
}

const MOMENTS: ReadonlySet<Kind> = new Set(['time', 'interval']);

/** The kind of value an expression gives. Throws a mistake at what the model does not know. */
export function checkExpression(expression: Expression, scope: Scope): Kind {
  switch (expression.kind) {
    case 'literal':
      return literalKind(expression);
    case 'path':
      return checkPath(expression, scope);
    case 'call':
      return checkCall(expression, scope);
    case 'lambda':
      return checkLambda(expression, scope);
    case 'binary':
      return checkBinary(expression, scope);
    case 'unary': {
      const wanted = expression.operator === 'not' ? 'boolean' : 'number';
      mustBe(expression.operand, scope, [wanted]);
      return wanted;
    }
  }
}

/** A whole `$filter` must be true or false. */
export function checkFilter(expression: Expression, scope: Scope): void {
  mustBe(expression, scope, ['boolean']);
}

const literalKind = ({ type }: Literal): Kind => (type === 'geography' ? 'geometry' : type);

function checkPath({ segments, at }: Path, scope: Scope): Kind {
  const [first, ...others] = segments as [string, ...string[]];
  const variable = Object.hasOwn(scope.variables, first) ? scope.variables[first] : undefined;
  let entity = variable ?? scope.entity;
  const steps = variable === undefined ? segments : others;
  for (const [index, step] of steps.entries()) {
    const kind = propertyOf(entity, step);
    if (kind !== undefined) return ownKind(kind, step, steps.slice(index + 1), at);
    const next = navigationOf(entity, step);
    if (next === undefined) return mistake(at, `${entity} hat weder eine Eigenschaft noch eine Beziehung „${step.slice(0, 40)}“.`);
    entity = next.target;
  }
  return 'relation';
}

function ownKind(kind: Kind, step: string, deeper: readonly string[], at: number): Kind {
  if (deeper.length > 0 && kind !== 'json') return mistake(at, `„${step}“ hat keine Teile.`);
  return kind;
}

function checkCall({ name, args, at }: Call, scope: Scope): Kind {
  const signature = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
  if (signature === undefined) return mistake(at, `Die Funktion „${name.slice(0, 40)}“ gibt es nicht.`);
  const most = signature.args.length;
  const fewest = most - (signature.optional ?? 0);
  if (args.length < fewest || args.length > most)
    mistake(at, `„${name}“ braucht ${fewest === most ? String(most) : `${String(fewest)} bis ${String(most)}`} Werte, hier stehen ${String(args.length)}.`);
  for (const [index, arg] of args.entries()) mustBe(arg, scope, signature.args[index]!);
  return signature.gives;
}

function checkLambda({ over, variable, condition }: Lambda, scope: Scope): Kind {
  const entity = entityAt(over, scope);
  if (propertyOf(scope.entity, variable) !== undefined || navigationOf(scope.entity, variable) !== undefined)
    mistake(over.at, `Die Variable „${variable.slice(0, 40)}“ heißt wie eine Eigenschaft. Wählen Sie einen anderen Namen.`);
  checkFilter(condition, { ...scope, variables: { ...scope.variables, [variable]: entity } });
  return 'boolean';
}

/** Where a path of relations ends; its last step must be a set. */
function entityAt(path: Path, scope: Scope): EntityName {
  const [first, ...others] = path.segments as [string, ...string[]];
  const variable = Object.hasOwn(scope.variables, first) ? scope.variables[first] : undefined;
  let entity = variable ?? scope.entity;
  let many = false;
  for (const step of variable === undefined ? path.segments : others) {
    const next = navigationOf(entity, step);
    if (next === undefined) return mistake(path.at, `${entity} hat keine Beziehung „${step.slice(0, 40)}“.`);
    ({ target: entity, many } = next);
  }
  return many ? entity : mistake(path.at, "„any“ und „all“ stehen hinter einer Menge, zum Beispiel Datastreams/any(d:d/name eq 'Luft').");
}

function checkBinary({ operator, left, right, at }: Binary, scope: Scope): Kind {
  if (operator === 'and' || operator === 'or') {
    for (const side of [left, right]) mustBe(side, scope, ['boolean']);
    return 'boolean';
  }
  const kinds = [checkExpression(left, scope), checkExpression(right, scope)] as const;
  if (['add', 'sub', 'mul', 'div', 'mod'].includes(operator)) return arithmetic(operator, kinds, at);
  if (!comparable(operator, kinds)) mistake(at, `„${operator}“ kann ${kinds[0]} und ${kinds[1]} nicht vergleichen.`);
  return 'boolean';
}

function arithmetic(operator: string, [left, right]: readonly [Kind, Kind], at: number): Kind {
  const numeric = (kind: Kind): boolean => kind === 'number' || kind === 'json';
  if (numeric(left) && numeric(right)) return 'number';
  const sum = operator === 'add' || operator === 'sub';
  if (sum && MOMENTS.has(left) && right === 'duration') return 'time';
  if (operator === 'add' && left === 'duration' && MOMENTS.has(right)) return 'time';
  if (operator === 'sub' && MOMENTS.has(left) && MOMENTS.has(right)) return 'duration';
  if (sum && left === 'duration' && right === 'duration') return 'duration';
  return mistake(at, `„${operator}“ kann ${left} und ${right} nicht verrechnen.`);
}

function comparable(operator: string, [left, right]: readonly [Kind, Kind]): boolean {
  const equality = operator === 'eq' || operator === 'ne';
  if (left === 'null' || right === 'null') return equality;
  if (left === 'relation' || right === 'relation') return false;
  if (left === 'geometry' || right === 'geometry') return equality && left === right;
  return left === right || left === 'json' || right === 'json' || (MOMENTS.has(left) && MOMENTS.has(right));
}

function mustBe(expression: Expression, scope: Scope, wanted: readonly Kind[]): void {
  const kind = checkExpression(expression, scope);
  if (kind !== 'json' && !wanted.includes(kind)) mistake(expression.at, `Hier steht ${kind}, gebraucht wird ${wanted.join(' oder ')}.`);
}
