import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { importViolations, type Violation } from './check-imports.ts';
import { circleIn, sourceViolations, structureViolations } from './check-structure.ts';
import { EXCEPTIONS, isExcepted } from './exceptions.ts';
import { MODULES, placeOf } from './house.ts';
import { ALLOWED, PLANTED } from './planted.ts';
import { readSource } from './read-imports.ts';
import { pathsOf, textOf } from './source-files.ts';

/** Fewer files than this mean that the search, not the house, has changed. */
const FEWEST_FILES = 250;

const show = (found: readonly Violation[]): string => found.map(({ rule, path, line, message }) => `${path}:${line} [${rule}] ${message}`).join('\n');

describe('The house: src', () => {
  const all = pathsOf('src/**/*.*');
  const sources = all.filter((path) => path.endsWith('.ts') && !path.endsWith('.d.ts')).map((path) => readSource(path, textOf(path)));
  const imports = importViolations(sources);

  it(`is read whole: at least ${FEWEST_FILES} files, and imports in nearly all of them`, () => {
    assert.ok(sources.length >= FEWEST_FILES, `only ${sources.length} files were read`);
    assert.ok(sources.filter((source) => source.imports.length > 0).length > sources.length * 0.8);
    for (const module of Object.keys(MODULES))
      assert.ok(
        sources.some(({ path }) => path.startsWith(`src/modules/${module}/`)),
        module,
      );
  });
  it('imports only what the table allows', () => {
    assert.equal(show(imports.filter((violation) => !EXCEPTIONS.some((one) => isExcepted(one, violation)))), '');
  });
  it('has no exception left over that nothing needs', () => {
    const stale = EXCEPTIONS.filter((one) => !imports.some((violation) => isExcepted(one, violation)));
    assert.deepEqual(stale, []);
  });
  it('keeps SQL in stores, names its exports, and hands on exports in public.ts only', () => {
    assert.equal(show(sourceViolations(sources)), '');
  });
  it('has a place for every file, and a door and a README in every module', () => {
    assert.equal(show(structureViolations(all)), '');
  });
  it('has modules without a circle', () => {
    assert.equal(circleIn(MODULES), undefined);
    for (const [module, needed] of Object.entries(MODULES)) for (const other of needed) assert.ok(MODULES[other], `${module} -> ${other}`);
  });
});

describe('The house: planted violations', () => {
  for (const [why, path, source, rule] of PLANTED) {
    it(`finds ${why}`, () => {
      const rules = importViolations([readSource(path, source)]).map((violation) => violation.rule);
      assert.ok(rules.includes(rule), `found ${JSON.stringify(rules)} instead of ${rule}`);
    });
  }
  for (const [why, path, source] of ALLOWED) {
    it(`allows ${why}`, () => assert.equal(show(importViolations([readSource(path, source)])), ''));
  }
  it('finds SQL, a default export and a barrel', () => {
    const source = 'export default sql`select 1`;\nsql.raw`x`;\nexport { a } from "./y.ts";';
    const found = sourceViolations([readSource('src/modules/procedure/application/x.ts', source)]);
    assert.deepEqual(
      found.map(({ rule, line }) => `${rule}:${line}`),
      ['sql:1', 'sql:2', 'default:1', 'barrel:3'],
    );
  });
  it('finds files too deep, in no room, in an attic, and in no declared module', () => {
    const bad = [
      'src/modules/procedure/domain/deep/x.ts',
      'src/modules/procedure/attic/x.ts',
      'src/modules/procedure/x.ts',
      'src/kernel/deep/x.ts',
      'src/stray.ts',
    ];
    for (const path of bad) assert.equal(placeOf(path), undefined, path);
    const rules = structureViolations([...bad, 'src/platform/utils/x.ts', 'src/modules/procedure/helpers/x.ts']).map(({ rule }) => rule);
    assert.deepEqual(rules.toSorted(), [...bad.map(() => 'place'), 'folder', 'folder', 'module', 'module'].toSorted());
    assert.ok(structureViolations(['src/modules/sideways/public.ts', 'src/modules/sideways/README.md']).some(({ rule }) => rule === 'graph'));
  });
  it('finds a circle', () => {
    assert.deepEqual(circleIn({ a: ['b'], b: ['c'], c: ['b'] }), ['b', 'c', 'b']);
  });
  it('does not pass a source that it cannot read', () => {
    assert.throws(() => readSource('src/kernel/x.ts', 'import {'));
  });
});
