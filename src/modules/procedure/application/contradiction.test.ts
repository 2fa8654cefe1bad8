import assert from 'node:assert/strict';
import { test } from 'node:test';
import { join } from 'node:path';
import { repositoryRoot } from '../../../../test/support/temporary-city.ts';
import { loadServices } from '../../catalogue/public.ts';
import { parseDmn } from '../../rules/public.ts';
import type { Case } from '../domain/case.ts';
import { doubtsOf } from './decide-automatically.ts';
import { findingsOf } from './read-case.ts';

const TODAY = Temporal.PlainDate.from('2026-11-24');
const row = (id: string, result: string) =>
  `<rule id="${id}"><inputEntry id="${id}i"><text>-</text></inputEntry><outputEntry id="${id}o"><text>${result}</text></outputEntry></rule>`;
const CONTRADICTION = `<?xml version="1.0"?><definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="urn:d">
  <decision id="zweifel" name="Zweifel"><decisionTable id="t" hitPolicy="UNIQUE"><input id="i"><inputExpression id="ie"><text>zone</text></inputExpression></input>
  <output id="o"/>${row('r1', '"eins"')}${row('r2', '"zwei"')}</decisionTable></decision></definitions>`;

test('rules that contradict themselves decide nothing: a person is told, and no page breaks', async () => {
  const services = await loadServices(join(repositoryRoot, 'services'), TODAY);
  const { rules } = await parseDmn(CONTRADICTION);
  const pkg = { ...services.packages.get('bewohnerparkausweis')!, rules };
  const state = { answers: pkg.walk.answers } as unknown as Case;
  const doubts = doubtsOf(pkg, state, TODAY);
  assert.ok(doubts.length > 0);
  assert.doesNotMatch(doubts.join(), /null/);
  assert.deepEqual(findingsOf(pkg, state, TODAY).problems, doubts);
});
