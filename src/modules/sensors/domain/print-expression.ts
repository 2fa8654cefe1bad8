import { POWERS, UNARY_POWER, type Expression, type Literal } from './expression.ts';

/** The expression as a client would write it, with no bracket too many: what a nextLink carries. */
export function printExpression(expression: Expression, power = 0): string {
  switch (expression.kind) {
    case 'literal':
      return printLiteral(expression);
    case 'path':
      return expression.segments.join('/');
    case 'call':
      return `${expression.name}(${expression.args.map((arg) => printExpression(arg)).join(',')})`;
    case 'lambda':
      return `${printExpression(expression.over)}/${expression.quantifier}(${expression.variable}:${printExpression(expression.condition)})`;
    case 'unary':
      return `${expression.operator === 'not' ? 'not ' : '-'}${printExpression(expression.operand, UNARY_POWER)}`;
    case 'binary': {
      const own = POWERS[expression.operator];
      // the right side of a left-associative operator needs brackets at equal strength
      const text = `${printExpression(expression.left, own - 1)} ${expression.operator} ${printExpression(expression.right, own)}`;
      return own <= power ? `(${text})` : text;
    }
  }
}

function printLiteral({ type, text }: Literal): string {
  if (type === 'string') return quoted(text);
  if (type === 'geography' || type === 'duration') return type + quoted(text);
  return text;
}

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
