import type { Cursor } from './cursor.ts';
import { isOperator, POWERS, UNARY_POWER, type Expression, type LiteralType, type Path } from './expression.ts';
import { checkLiteral } from './literals.ts';
import { mistake } from './mistake.ts';

const LITERALS: ReadonlySet<string> = new Set<LiteralType>(['string', 'number', 'time', 'interval', 'date', 'timeOfDay', 'duration', 'geography']);
const WORDS: Readonly<Record<string, LiteralType>> = { true: 'boolean', false: 'boolean', null: 'null' };

/** A Pratt parser: reads a value, then every operator that binds more strongly than `power`. */
export function parseExpression(cursor: Cursor, power = 0): Expression {
  return cursor.within(() => {
    let left = parsePrefix(cursor);
    for (;;) {
      const { kind, text, at } = cursor.peek();
      if (kind !== 'name' || !isOperator(text) || POWERS[text] <= power) return left;
      cursor.take();
      left = { kind: 'binary', operator: text, left, right: parseExpression(cursor, POWERS[text]), at };
    }
  });
}

function parsePrefix(cursor: Cursor): Expression {
  const { kind, text, at } = cursor.peek();
  if (LITERALS.has(kind)) return parseLiteral(cursor);
  if (kind === 'name' && Object.hasOwn(WORDS, text)) {
    cursor.take();
    return { kind: 'literal', type: WORDS[text]!, text, at };
  }
  if (kind === 'name' && text === 'not') {
    cursor.take();
    return { kind: 'unary', operator: 'not', operand: parseExpression(cursor, UNARY_POWER), at };
  }
  if (cursor.accept('-')) return { kind: 'unary', operator: '-', operand: parseExpression(cursor, UNARY_POWER), at };
  if (cursor.accept('(')) {
    const inner = parseExpression(cursor);
    cursor.expect(')');
    return inner;
  }
  if (kind === 'name') return cursor.sees('(', 1) ? parseCall(cursor) : parsePathOrLambda(cursor);
  return cursor.unexpected('ein Wert, ein Pfad oder eine Funktion');
}

function parseLiteral(cursor: Cursor): Expression {
  const { kind, text, at } = cursor.take();
  const literal = { kind: 'literal', type: kind as LiteralType, text, at } as const;
  checkLiteral(literal);
  return literal;
}

function parseCall(cursor: Cursor): Expression {
  const { text: name, at } = cursor.take();
  cursor.expect('(');
  const args: Expression[] = [];
  if (!cursor.sees(')')) {
    do args.push(parseExpression(cursor));
    while (cursor.accept(','));
  }
  cursor.expect(')');
  return { kind: 'call', name, args, at };
}

function parsePathOrLambda(cursor: Cursor): Expression {
  const path = parsePath(cursor);
  if (!cursor.sees('(')) return path;
  const quantifier = path.segments.at(-1);
  if ((quantifier !== 'any' && quantifier !== 'all') || path.segments.length < 2) return cursor.unexpected('ein Operator');
  cursor.expect('(');
  const variable = cursor.name('der Name einer Variablen').text;
  cursor.expect(':');
  const condition = parseExpression(cursor);
  cursor.expect(')');
  return { kind: 'lambda', quantifier, over: { ...path, segments: path.segments.slice(0, -1) }, variable, condition, at: path.at };
}

export function parsePath(cursor: Cursor): Path {
  const first = cursor.name('ein Name');
  if (isOperator(first.text)) mistake(first.at, `Vor „${first.text}“ fehlt ein Wert.`);
  const segments = [first.text];
  while (cursor.accept('/')) segments.push(cursor.name('ein Name').text);
  return { kind: 'path', segments, at: first.at };
}
