import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { MaterialBody, RequestBody, ShelterBody, TaskBody } from './records.ts';
import { stepMaterial, stepRequest, stepShelter, stepTask, taskSteps } from './steps.ts';

const now = Temporal.Instant.from('2026-11-28T19:00:00Z');
const task = (state: TaskBody['state']): TaskBody => ({
  title: 'Deich sichern',
  text: '',
  sectionId: null,
  unitId: null,
  function: null,
  place: null,
  priority: 'normal',
  deadline: null,
  refs: [],
  state,
  reason: '',
});
const shelter = (over: Partial<ShelterBody> = {}): ShelterBody => ({
  name: 'Schule',
  address: '',
  place: null,
  capacity: 10,
  occupancy: 0,
  countedAt: null,
  wheelchair: true,
  pets: false,
  needs: '',
  contact: '',
  sectionId: null,
  state: 'open',
  ...over,
});
const request: RequestBody = {
  what: 'Pumpen',
  quantity: 4,
  place: null,
  where: '',
  from: 'THW',
  neededBy: null,
  sectionId: null,
  state: 'open',
  offered: 0,
  fulfilled: 0,
  unitIds: [],
  reason: '',
};
const sand: MaterialBody = { name: 'Sandsäcke', unitOfCount: 'Stück', stock: 100, where: '', place: null, sectionId: null };

describe('tasks', () => {
  for (const [state, steps] of [
    ['given', 'acknowledge start done cannot withdraw'],
    ['acknowledged', 'start done cannot withdraw'],
    ['under-way', 'done cannot withdraw'],
    ['done', ''],
    ['cannot', ''],
    ['withdrawn', ''],
  ] as const)
    it(`${state}: ${steps || 'nothing more'}`, () => assert.equal(taskSteps(task(state)).join(' '), steps));
  it('who cannot says why', () => assert.equal(stepTask(task('given'), { step: 'cannot', reason: ' ' }).ok, false));
});

it('a request is fulfilled in parts, and never beyond what was asked', () => {
  const part = stepRequest(request, { step: 'fulfil', quantity: 3, unitIds: ['a'], reason: '' });
  assert.ok(part.ok && part.value.state === 'partly');
  assert.equal(stepRequest(part.value, { step: 'fulfil', quantity: 2, unitIds: [], reason: '' }).ok, false);
  const whole = stepRequest(part.value, { step: 'fulfil', quantity: 1, unitIds: ['a', 'b'], reason: '' });
  assert.ok(whole.ok);
  assert.deepEqual([whole.value.state, whole.value.unitIds], ['fulfilled', ['a', 'b']]);
});

describe('shelters', () => {
  it('are full when the count reaches the capacity, and open again below', () => {
    const full = stepShelter(shelter(), { step: 'count', count: 10, at: null }, now);
    assert.ok(full.ok && full.value.state === 'full');
    const less = stepShelter(full.value, { step: 'count', count: 9, at: null }, now.add({ seconds: 1 }));
    assert.ok(less.ok && less.value.state === 'open');
  });
  it('do not close while people are there', () => assert.equal(stepShelter(shelter({ occupancy: 1 }), { step: 'state', state: 'closed' }, now).ok, false));
  it('refuse a count from the future, and one older than the last', () => {
    assert.equal(stepShelter(shelter(), { step: 'count', count: 1, at: '2026-11-28T20:00:00Z' }, now).ok, false);
    assert.equal(stepShelter(shelter({ countedAt: now.toString() }), { step: 'count', count: 1, at: '2026-11-28T18:00:00Z' }, now).ok, false);
  });
});

it('material never goes below zero', () => {
  assert.equal(stepMaterial(sand, { step: 'move', change: -101, reason: 'Deich' }).ok, false);
  const rest = stepMaterial(sand, { step: 'move', change: -100, reason: 'Deich' });
  assert.ok(rest.ok && rest.value.stock === 0);
});
