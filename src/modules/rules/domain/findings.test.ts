import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { tableFindings } from './findings.ts';
import type { DecisionTable, HitPolicy } from './model.ts';

/** A table of one output; each row is `[...tests, result]`. */
function table(
  hitPolicy: HitPolicy,
  columns: readonly (string | readonly [label: string, type: string, allowed?: string])[],
  rows: readonly (readonly string[])[],
): DecisionTable {
  return {
    kind: 'table',
    hitPolicy,
    inputs: columns.map((column) => {
      const [label, typeRef, allowed] = typeof column === 'string' ? [column, undefined, undefined] : column;
      return { label, expression: label, ...(typeRef !== undefined && { typeRef }), ...(allowed !== undefined && { allowed }) };
    }),
    outputs: [{ name: 'out' }],
    rules: rows.map((row) => ({ description: 'x', tests: row.slice(0, -1), results: row.slice(-1) })),
  };
}

const found = (logic: DecisionTable) => tableFindings({ id: 'd', logic }).map(({ kind, rules, example }) => ({ kind, rules, example }));

test('numbers: the gap between two ranges and beyond them, the overlap on a shared end', () => {
  assert.deepEqual(
    found(
      table(
        'UNIQUE',
        ['n'],
        [
          ['< 10', '1'],
          ['[10..20]', '2'],
          ['> 20', '3'],
        ],
      ),
    ),
    [],
  );
  assert.deepEqual(
    found(
      table(
        'UNIQUE',
        ['n'],
        [
          ['< 10', '1'],
          ['> 10', '2'],
        ],
      ),
    ),
    [{ kind: 'gap', rules: [], example: { n: 10 } }],
  );
  assert.deepEqual(
    found(
      table(
        'UNIQUE',
        ['n'],
        [
          ['<= 10', '1'],
          ['>= 10', '2'],
        ],
      ),
    ),
    [{ kind: 'overlap', rules: [1, 2], example: { n: 10 } }],
  );
  assert.deepEqual(
    found(
      table(
        'UNIQUE',
        ['n'],
        [
          ['[1..2)', '1'],
          ['(2..3]', '2'],
        ],
      ),
    ),
    [{ kind: 'gap', rules: [], example: { n: 0 } }],
  );
});

test('two columns: the combination that nobody thought of', () => {
  const logic = table(
    'UNIQUE',
    ['age', ['member', 'boolean']],
    [
      ['< 18', '-', '0'],
      ['>= 18', 'true', '5'],
    ],
  );
  assert.deepEqual(found(logic), [{ kind: 'gap', rules: [], example: { age: 18, member: false } }]);
  assert.match(tableFindings({ id: 'd', logic })[0]!.detail, /^Keine Zeile trifft zu, zum Beispiel bei age = 18, member = false\. Ergänzen Sie/);
});

test('texts: complete with allowed values, otherwise open', () => {
  const rows = [
    ['"a"', '1'],
    ['"b"', '2'],
  ];
  assert.deepEqual(found(table('UNIQUE', [['kind', 'string', '"a", "b"']], rows)), []);
  assert.deepEqual(found(table('UNIQUE', [['kind', 'string', '"a", "b", "c"']], rows)), [{ kind: 'gap', rules: [], example: { kind: 'c' } }]);
  assert.deepEqual(found(table('UNIQUE', ['kind'], rows)), [{ kind: 'gap', rules: [], example: { kind: 'etwas anderes' } }]);
  assert.deepEqual(found(table('UNIQUE', ['kind'], [...rows, ['not("a", "b")', '3']])), []);
});

test('days: those that follow each other leave no gap', () => {
  assert.deepEqual(
    found(
      table(
        'UNIQUE',
        ['day'],
        [
          ['<= @"2026-09-30"', '1'],
          ['>= date("2026-10-01")', '2'],
        ],
      ),
    ),
    [],
  );
  assert.deepEqual(
    found(
      table(
        'UNIQUE',
        ['day'],
        [
          ['< @"2026-09-30"', '1'],
          ['>= @"2026-10-01"', '2'],
        ],
      ),
    ),
    [{ kind: 'gap', rules: [], example: { day: '2026-09-30' } }],
  );
});

test('what the policy wants is no finding', () => {
  const rows = [
    ['< 10', '1'],
    ['-', '2'],
  ];
  assert.deepEqual(found(table('FIRST', ['n'], rows)), []);
  assert.deepEqual(found(table('COLLECT', ['n'], [['< 10', '1']])), []);
  assert.deepEqual(
    found(
      table(
        'ANY',
        ['n'],
        [
          ['< 10', '1'],
          ['-', '1'],
        ],
      ),
    ),
    [],
  );
  assert.deepEqual(
    found(table('ANY', ['n'], rows)).map((one) => one.kind),
    ['overlap'],
  );
  const withDefault = { ...table('UNIQUE', ['n'], [['< 10', '1']]), outputs: [{ name: 'out', otherwise: '0' }] };
  assert.deepEqual(found(withDefault), []);
});

test('nothing is said of what cannot be decided', () => {
  assert.deepEqual(found(table('UNIQUE', ['n'], [['< limit', '1']])), []);
  assert.deepEqual(found(table('UNIQUE', ['n'], [['string length(?) > 3', '1']])), []);
  assert.deepEqual(found(table('UNIQUE', ['n'], [['1, "a"', '1']])), []);
  assert.deepEqual(tableFindings({ id: 'd', logic: { kind: 'literal', text: '1' } }), []);
});

test('law: a table of whole numbers has a finding exactly where counting finds one', () => {
  const end = fc.integer({ min: 0, max: 6 });
  const cell = fc.oneof(
    fc.tuple(fc.constantFrom('<', '<=', '>', '>='), end).map(([op, n]) => `${op} ${n}`),
    fc.tuple(end, end).map(([a, b]) => `[${Math.min(a, b)}..${Math.max(a, b)}]`),
    end.map(String),
    fc.constant('-'),
  );
  const fits = (text: string, n: number): boolean => {
    if (text === '-') return true;
    const range = /^\[(\d)\.\.(\d)\]$/.exec(text);
    if (range) return n >= Number(range[1]) && n <= Number(range[2]);
    const [op, limit] = text.includes(' ') ? text.split(' ') : ['=', text];
    return { '<': n < Number(limit), '<=': n <= Number(limit), '>': n > Number(limit), '>=': n >= Number(limit), '=': n === Number(limit) }[op!]!;
  };
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 4 }), (rows) => {
      const kinds = new Set(
        found(
          table(
            'UNIQUE',
            [
              ['a', 'number'],
              ['b', 'number'],
            ],
            rows.map((row) => [...row, '1']),
          ),
        ).map((one) => one.kind),
      );
      const points = Array.from({ length: 17 }, (_, index) => index / 2 - 1);
      const counts = points.flatMap((a) => points.map((b) => rows.filter(([x, y]) => fits(x, a) && fits(y, b)).length));
      assert.equal(kinds.has('gap'), counts.includes(0));
      assert.equal(
        kinds.has('overlap'),
        counts.some((count) => count > 1),
      );
    }),
    { numRuns: 500 },
  );
});
