import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Actor } from '../../../kernel/actor.ts';
import { expectOk } from '../../../kernel/result.ts';
import { inputsFor, runPlan } from './job-inputs.ts';
import type { Plan } from './plan.ts';
import { compareRuns, type Figure } from './run.ts';
import { checkScenario, roleOf, STANDARD_DATA, type Visibility } from './scenario.ts';

const wish = (change: object = {}) => checkScenario({ title: 'T', question: '', area: '10 53.55\n10.01 53.55\n10.01 53.56', data: {}, ...change });

describe('who may do what', () => {
  const citizen = (accountId: string): Actor => ({ kind: 'citizen', accountId, trust: 'hoch' });
  const staff: Actor = { kind: 'staff', staffId: 's', roles: ['leitung'], authorities: [] };
  const cases: readonly (readonly [Actor, Visibility, string | undefined])[] = [
    [citizen('a'), 'private', 'owner'],
    [citizen('b'), 'private', 'coworker'],
    [citizen('c'), 'private', undefined],
    [citizen('c'), 'staff', undefined],
    [citizen('c'), 'public', 'reader'],
    [staff, 'private', undefined],
    [staff, 'staff', 'reader'],
    [{ kind: 'anonymous' }, 'staff', undefined],
    [{ kind: 'anonymous' }, 'public', 'reader'],
    [{ kind: 'device', deviceId: 'd' }, 'staff', undefined],
    // who acts for somebody else is still themself
    [
      { kind: 'citizen', accountId: 'a', trust: 'hoch', agent: { accountId: 'c', mandateId: 'm', trust: 'hoch', receives: true, writes: true } },
      'private',
      undefined,
    ],
  ];
  for (const [actor, visibility, role] of cases)
    it(`${actor.kind} ${'accountId' in actor ? actor.accountId : ''} of a ${visibility} one: ${role ?? 'nothing'}`, () =>
      assert.equal(roleOf({ owner: 'citizen:a', visibility }, ['citizen:b'], actor), role));
});

describe('a scenario', () => {
  it('has an area of corners or of GeoJSON, and data of the city where none are named', () => {
    const { area, data } = expectOk(wish());
    assert.deepEqual([area.type, data], ['Polygon', STANDARD_DATA]);
    assert.deepEqual(expectOk(wish({ area: JSON.stringify(area) })).area, area);
    assert.deepEqual(expectOk(wish({ area: { type: 'Feature', geometry: area } })).area, area);
  });
  it('says at each field what is wrong', () => {
    for (const [change, field, said] of [
      [{ title: ' ' }, 'title', /fehlt/],
      [{ title: 'x'.repeat(121) }, 'title', /zu lang/],
      [{ question: 'x'.repeat(2001) }, 'question', /zu lang/],
      [{ area: '' }, 'area', /drei Ecken/],
      [{ area: '{"type":' }, 'area', /kein gültiges JSON/],
      [{ area: '9 53\n10 53\n10 54' }, 'area', /zu groß/],
      [{ area: '10 53.5\n10 53.5\n10 53.5' }, 'area', /drei Ecken|zu klein/],
      [{ area: null }, 'area', /Polygon, MultiPolygon/],
      [{ data: { trees: 'A; drop' } }, 'data.trees', /Sammlung/],
      [{ data: { secrets: 'a' } }, 'data.secrets', /Sammlung/],
    ] as const) {
      const checked = wish(change);
      assert.ok(!checked.ok);
      const found = checked.problem.fields?.find((one) => one.field === field);
      assert.match(found?.message ?? JSON.stringify(checked.problem), said, JSON.stringify(change).slice(0, 60));
    }
  });
});

describe('what a job is ordered with', () => {
  const spot = { type: 'Point', coordinates: [10, 53.5] } as const;
  const plan: Plan = [
    { id: '1', kind: 'tree', crownMetres: 5, geometry: spot },
    { id: '2', kind: 'closed', geometry: spot },
  ];
  const input = (kind: string) => ({ holds: { kind } });
  const known = {
    area: input('area'),
    trees: input('collection'),
    roads: input('collection'),
    addTrees: input('features'),
    closed: input('features'),
    addBuildings: input('features'),
    hour: input('number'),
  };
  it('is area, data, the plan by kind, and parameters of the process alone', () => {
    const { area, data } = expectOk(wish());
    const inputs = inputsFor(known, { area, data }, plan, { hour: 12, trees: 'other', evil: 1 });
    assert.deepEqual(Object.keys(inputs).toSorted(), ['addTrees', 'area', 'closed', 'hour', 'roads', 'trees']);
    assert.deepEqual([inputs['trees'], inputs['roads'], inputs['hour']], ['strassenbaeume', 'wege', 12]);
  });
  it('takes the destinations of the base where a variant has none', () => {
    const base: Plan = [{ id: '1', kind: 'destination', geometry: spot }];
    assert.equal(runPlan({ plan }, { plan: base }).length, 3);
    assert.equal(runPlan({ plan: [...plan, ...base] }, { plan: base }).length, 3);
  });
});

it('compares with the first variant; where a number is missing there is no difference', () => {
  const said = { de: 'x', en: 'x', leicht: 'x' };
  const origin = { title: said, version: '1', inputs: {}, inputsHash: '', data: [], sources: [], uncertainty: said, calculatedAt: '' };
  const figure = (id: string, value: number | null): Figure => ({ id, title: said, unit: '', value, minimum: value, maximum: value });
  const run = (...figures: Figure[]) => ({ results: { figures, members: 1, origin } });
  const rows = compareRuns([run(figure('a', 10), figure('b', null)), undefined, run(figure('a', 7.5), figure('b', 3))]);
  assert.deepEqual(
    rows.map(({ id, cells }) => [id, cells.map((cell) => cell && [cell.value, cell.difference])]),
    [
      ['a', [[10, null], undefined, [7.5, -2.5]]],
      ['b', [[null, null], undefined, [3, null]]],
    ],
  );
});
