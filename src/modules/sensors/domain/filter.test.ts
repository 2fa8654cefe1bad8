import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { Cursor } from './cursor.ts';
import { POWERS, type Expression, type LiteralType, type Operator } from './expression.ts';
import { understood } from './mistake.ts';
import { parseExpression } from './parse-expression.ts';
import { parseQuery } from './parse-query.ts';
import { printExpression } from './print-expression.ts';
import type { EntityName } from './entities.ts';
import { reckonedMs } from '../../../../test/support/reckoned-time.ts';

function parse(text: string): Expression {
  const parsed = understood(() => {
    const cursor = new Cursor(text);
    const expression = parseExpression(cursor);
    cursor.end();
    return expression;
  });
  assert.ok(parsed.ok, parsed.ok ? '' : parsed.problem.detail);
  return parsed.value;
}

const withoutPlaces = (expression: Expression): unknown => JSON.parse(JSON.stringify(expression, (key, value: unknown) => (key === 'at' ? undefined : value)));

describe('$filter: what binds how strongly', () => {
  for (const [text, meant] of [
    ['a or b and c', 'a or (b and c)'],
    ['a sub b sub c', '(a sub b) sub c'],
    ['a add b mul c eq d', '(a add (b mul c)) eq d'],
    ['a eq b and c gt d or e', '((a eq b) and (c gt d)) or e'],
    ['not a and b', '(not a) and b'],
    ['-a mul b', '(-a) mul b'],
  ] as const)
    it(text, () => assert.deepEqual(withoutPlaces(parse(text)), withoutPlaces(parse(meant))));

  it('brackets that change the meaning stay, others go', () => {
    assert.equal(printExpression(parse('((a) sub (b sub c))')), 'a sub (b sub c)');
    assert.equal(printExpression(parse('not (a and b)')), 'not (a and b)');
  });
});

describe('$filter: values', () => {
  const literal = (text: string): readonly [string, string] => {
    const { kind, ...rest } = parse(text);
    assert.equal(kind, 'literal');
    return [(rest as { type: string }).type, (rest as { text: string }).text];
  };
  for (const [text, type, value] of [
    ["'O''Neill'", 'string', "O'Neill"],
    ['12.5e3', 'number', '12.5e3'],
    ['2026-01-31T08:00:00Z', 'time', '2026-01-31T08:00:00Z'],
    ['2026-01-31T08:00:00.250+01:00', 'time', '2026-01-31T08:00:00.250+01:00'],
    ['2026-01-01T00:00:00Z/2026-02-01T00:00:00Z', 'interval', '2026-01-01T00:00:00Z/2026-02-01T00:00:00Z'],
    ['2026-01-31', 'date', '2026-01-31'],
    ['10:15:00', 'timeOfDay', '10:15:00'],
    ["duration'P1D'", 'duration', 'P1D'],
    ["geography'POINT (9.99 53.55)'", 'geography', 'POINT (9.99 53.55)'],
    ['true', 'boolean', 'true'],
    ['null', 'null', 'null'],
  ] as const)
    it(text, () => assert.deepEqual(literal(text), [type, value]));
});

function refusal(entity: EntityName, text: string, name = '$filter'): readonly [number, string] | undefined {
  const read = parseQuery(entity, [{ name, text }]);
  return read.ok ? undefined : [read.problem.position, read.problem.detail];
}

describe('a query that cannot be understood', () => {
  const deep = `${'('.repeat(200)}1 eq 1${')'.repeat(200)}`;
  for (const [name, text, position, detail] of [
    ['$filter', 'name eq', 7, /hier steht nichts mehr/],
    ['$filter', "name eq 'offen", 8, /kein Ende/],
    ['$filter', "nane eq 'x'", 0, /„nane“/],
    ['$filter', "name eq 'x' oder true", 12, /Ende der Abfrage/],
    ['$filter', "drop(name) eq 'x'", 0, /„drop“ gibt es nicht/],
    ['$filter', "constructor(name) eq 'x'", 0, /gibt es nicht/],
    ['$filter', "__proto__/x eq 'x'", 0, /Thing hat weder/],
    ['$filter', 'length(name, name) gt 1', 0, /braucht 1 Werte, hier stehen 2/],
    ['$filter', 'length(name)', 0, /gebraucht wird boolean/],
    ['$filter', 'name add 1 eq 2', 5, /nicht verrechnen/],
    ['$filter', 'name gt null', 5, /nicht vergleichen/],
    ['$filter', 'Datastreams/resultTime gt 2026-02-31T00:00:00Z', 26, /gibt es nicht/],
    ['$filter', 'Datastreams/resultTime gt 2026-02-01T00:00:00', 26, /Zeitzone/],
    ['$filter', 'id eq 1e999', 6, /zu groß/],
    ['$filter', "st_within(Locations/location, geography'POLYGON((0 0, 1 0, 1 1))')", 30, /nicht die richtige Zahl/],
    ['$filter', "Locations/any(name:name/name eq 'x')", 0, /heißt wie eine Eigenschaft/],
    ['$filter', deep, 50, /zu tief/],
    ['$filter', `id eq 1${' or id eq 1'.repeat(600)}`, 5500, /zu viele Teile/],
    ['$filter', 'x'.repeat(20_000), 16_384, /zu lang/],
    ['$orderby', 'Locations', 0, /niemand ordnen/],
    ['$select', 'farbe', 0, /keine Eigenschaft „farbe“/],
    ['$select', 'name/x', 0, /keine Teile/],
    ['$expand', 'Sensor', 0, /keine Beziehung „Sensor“/],
    ['$expand', 'Datastreams($top=-1)', 17, /ganze Zahl/],
    ['$expand', 'Datastreams($top=1;$top=2)', 19, /zweimal/],
    ['$expand', 'Datastreams($x=1)', 12, /gibt es nicht/],
    ['$expand', 'Datastreams/'.repeat(60), 12, /keine Beziehung/],
    ['$count', 'ja', 0, /true oder false/],
  ] as const)
    it(`${name}=${text.slice(0, 70)}`, () => {
      const refused = refusal('Thing', text, name);
      assert.ok(refused, 'was understood');
      assert.match(refused[1], detail);
      assert.equal(refused[0], position);
    });

  it('a sequence of any characters is refused or understood, and never anything else', () => {
    const words = [
      'name',
      'eq',
      "'x'",
      '(',
      ')',
      'and',
      'not',
      '-',
      '/',
      'any',
      ':',
      ',',
      '$top',
      '1',
      'Locations',
      'geography',
      "'",
      'ü',
      ' ',
      '2026-01-01',
      '\0',
    ];
    const noise = fc.oneof(
      fc.string(),
      fc.array(fc.constantFrom(...words), { maxLength: 25 }).map((parts) => parts.join(' ')),
    );
    fc.assert(
      fc.property(noise, fc.constantFrom('$filter', '$expand', '$orderby', '$select', '$top'), (text, name) => {
        const read = parseQuery('Thing', [{ name, text }]);
        if (!read.ok) assert.ok(read.problem.position >= 0 && read.problem.position <= text.length);
      }),
      { numRuns: 2_000 },
    );
  });

  it('hostile texts take linear time', () => {
    for (const text of [
      "'".repeat(16_383),
      '1'.repeat(16_383),
      '2026-01-01T'.repeat(1_400),
      `geography'${'('.repeat(16_000)}'`,
      `duration'${'P'.repeat(16_000)}'`,
    ]) {
      const before = reckonedMs();
      refusal('Thing', text);
      assert.ok(reckonedMs() - before < 500, text.slice(0, 20));
    }
  });
});

const name = fc.constantFrom('name', 'result', 'd', 'Datastreams', 'properties', '@iot.id', 'größe', 'layer-name');
const at = 0;
const literals: readonly (readonly [LiteralType, fc.Arbitrary<string>])[] = [
  ['string', fc.string().filter((text) => !text.includes('\0'))],
  ['number', fc.nat().map(String)],
  ['boolean', fc.constantFrom('true', 'false')],
  ['null', fc.constant('null')],
  ['time', fc.constant('2026-01-31T08:00:00Z')],
  ['interval', fc.constant('2026-01-01T00:00:00Z/2026-02-01T00:00:00Z')],
  ['date', fc.constant('2026-01-31')],
  ['timeOfDay', fc.constant('10:15:00')],
  ['duration', fc.constantFrom('P1D', 'PT15M')],
  ['geography', fc.constant('POLYGON((0 0, 1 0, 1 1, 0 0))')],
];
const path = fc.array(name, { minLength: 1, maxLength: 4 }).map((segments) => ({ kind: 'path', segments, at }) as const);

const { tree } = fc.letrec<{ tree: Expression }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    path,
    fc.oneof(...literals.map(([type, text]) => text.map((value) => ({ kind: 'literal', type, text: value, at }) as const))),
    fc.record({
      kind: fc.constant('binary' as const),
      operator: fc.constantFrom(...(Object.keys(POWERS) as Operator[])),
      left: tie('tree'),
      right: tie('tree'),
      at: fc.constant(at),
    }),
    fc.record({ kind: fc.constant('unary' as const), operator: fc.constantFrom('not' as const, '-' as const), operand: tie('tree'), at: fc.constant(at) }),
    fc.record({
      kind: fc.constant('call' as const),
      name: fc.constantFrom('concat', 'geo.intersects', 'now'),
      args: fc.array(tie('tree'), { maxLength: 3 }),
      at: fc.constant(at),
    }),
    fc.record({
      kind: fc.constant('lambda' as const),
      quantifier: fc.constantFrom('any' as const, 'all' as const),
      over: path,
      variable: fc.constant('d'),
      condition: tie('tree'),
      at: fc.constant(at),
    }),
  ),
}));

it('parse(print(expression)) is the expression', () => {
  fc.assert(
    fc.property(tree, (expression) => assert.deepEqual(withoutPlaces(parse(printExpression(expression))), withoutPlaces(expression))),
    { numRuns: 1_000 },
  );
});
