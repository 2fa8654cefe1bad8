import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import fc from 'fast-check';
import type { ServicePackage } from '../domain/package.ts';
import { expectOk } from '../../../kernel/result.ts';
import { structureProblems } from './bpmn-check.ts';
import { ACTION_TARGETS, STATE_ORDER, statesAfter, type ProcessAction, type ProcessState } from './bpmn-effects.ts';
import { layoutOf, type Layout } from './bpmn-layout.ts';
import { processModel, type ProcessModel } from './bpmn-model.ts';
import { documentationOf, manyOf, readBpmn } from './bpmn-read.ts';
import type { Point, Rect } from './bpmn-route.ts';
import { bpmnXml } from './bpmn-xml.ts';
import { loadServices } from './load-services.ts';

/** Debian's libxml2-utils. */
const XMLLINT = 'xmllint';

let packages: readonly ServicePackage[];
before(async () => {
  const loaded = await loadServices(join(import.meta.dirname, '../../../../services'), Temporal.PlainDate.from('2026-11-24'));
  packages = [...loaded.packages.values()];
  assert.ok(packages.length >= 6, `only ${packages.length} packages were read`);
});

/** A package that offers only so much, with a fiction or without. */
function offering(offered: ServicePackage['process']['offered'], more: Partial<ServicePackage['process']> = {}): ServicePackage {
  const [any] = packages;
  return { ...any!, process: { ...any!.process, ...more, offered } };
}

/** Any selection of the actions of a real package. */
const selections = fc.infiniteStream(fc.boolean()).chain((coins) =>
  fc.record({
    which: fc.nat(),
    fourEyes: fc.constantFrom<'never' | 'always' | 'refusal'>('never', 'always', 'refusal'),
    fiction: fc.boolean(),
    automation: fc.boolean(),
    coins: fc.constant(coins),
  }),
);
type Selection = typeof selections extends fc.Arbitrary<infer T> ? T : never;

function selected({ which, fourEyes, fiction, automation, coins }: Selection): ServicePackage {
  const base = packages[which % packages.length]!;
  const offered = Object.fromEntries(
    Object.entries(base.process.offered).map(([state, actions]) => [state, actions.filter(() => coins.next().value === true)]),
  ) as ServicePackage['process']['offered'];
  const { automation: _, ...rest } = base;
  return {
    ...rest,
    ...(automation && { automation: { legalBasis: '§ 35a VwVfG', decision: 'zweifel' } }),
    process: { ...base.process, offered, fourEyes, fiction: fiction ? { legalBasis: '§ 42a VwVfG' } : 'none' },
  };
}

const overlap = (a: Rect, b: Rect): boolean => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
const within = (a: Rect, b: Rect): boolean => a.x >= b.x && a.y >= b.y && a.x + a.width <= b.x + b.width && a.y + a.height <= b.y + b.height;
const onBorder = ({ x, y }: Point, r: Rect): boolean =>
  ((x === r.x || x === r.x + r.width) && y >= r.y && y <= r.y + r.height) || ((y === r.y || y === r.y + r.height) && x >= r.x && x <= r.x + r.width);

function assertDrawn(model: ProcessModel, layout: Layout): void {
  const related = (a: string, b: string): boolean => model.nodes.some((node) => node.id === a && (node.parent === b || node.attachedTo === b));
  for (const [index, a] of model.nodes.entries()) {
    assert.ok(within(layout.shapes.get(a.id)!, layout.lanes.get(a.lane)!), `${a.id} leaves its lane`);
    for (const b of model.nodes.slice(index + 1)) {
      if (related(a.id, b.id) || related(b.id, a.id)) continue;
      assert.ok(!overlap(layout.shapes.get(a.id)!, layout.shapes.get(b.id)!), `${a.id} lies on ${b.id}`);
    }
  }
  for (const [id, label] of layout.labels) {
    for (const node of model.nodes.filter(({ kind }) => kind !== 'subprocess')) {
      assert.ok(!overlap(label, layout.shapes.get(node.id)!), `words of ${id} lie on ${node.id}`);
    }
  }
  for (const flow of model.flows) assertWay(flow, model, layout);
}

function assertWay(flow: ProcessModel['flows'][number], model: ProcessModel, layout: Layout): void {
  const way = layout.ways.get(flow.id)!;
  assert.ok(onBorder(way[0]!, layout.shapes.get(flow.from)!), `${flow.id} begins beside ${flow.from}`);
  assert.ok(onBorder(way.at(-1)!, layout.shapes.get(flow.to)!), `${flow.id} ends beside ${flow.to}`);
  const strangers = model.nodes.filter(({ id, kind }) => id !== flow.from && id !== flow.to && kind !== 'subprocess');
  for (const [index, end] of way.slice(1).entries()) {
    const start = way[index]!;
    assert.ok(start.x === end.x || start.y === end.y, `${flow.id} runs askew`);
    const line = { x: Math.min(start.x, end.x), y: Math.min(start.y, end.y), width: Math.abs(start.x - end.x), height: Math.abs(start.y - end.y) };
    for (const { id } of strangers) assert.ok(!overlap(line, layout.shapes.get(id)!), `${flow.id} runs through ${id}`);
  }
}

/** Where nobody needs a second pair of eyes, no draft can be submitted: what is offered for it can never happen. */
const APPROVAL: ReadonlySet<string> = new Set<ProcessAction | ProcessState>(['submit-for-approval', 'approve', 'return-draft', 'freigabe']);
const possible = ({ process }: ServicePackage, name: ProcessAction | ProcessState): boolean => process.fourEyes !== 'never' || !APPROVAL.has(name);

describe('Actions', () => {
  it('lead to a state, to work that was interrupted, to a draft, or nowhere', () => {
    const known = new Set<string>([...STATE_ORDER, 'work', 'draft', 'origin', 'stay']);
    for (const target of Object.values(ACTION_TARGETS)) assert.ok(known.has(target), target);
    assert.equal(STATE_ORDER.length, 12);
  });
  it('say what can come after a state', () => {
    const process = offering({ eingegangen: ['confirm-complete', 'request-documents', 'note'], bekanntgegeben: ['object'] }).process;
    assert.deepEqual(statesAfter(process, 'eingegangen'), ['unvollstaendig', 'in_pruefung']);
    assert.deepEqual(statesAfter(process, 'bekanntgegeben'), ['widerspruch', 'bestandskraeftig']);
    assert.deepEqual(statesAfter(process, 'bestandskraeftig'), []);
    assert.deepEqual(statesAfter(process, 'unvollstaendig'), ['eingegangen']);
  });
});

describe('The process of a package', () => {
  it('is BPMN 2.0 that reads back without warnings and is whole', async () => {
    for (const pkg of packages) {
      const { definitions, warnings } = expectOk(await readBpmn(await bpmnXml(processModel(pkg))));
      assert.deepEqual(warnings, [], pkg.key);
      assert.deepEqual(structureProblems(definitions), [], pkg.key);
    }
  });
  it('is valid by the schema of the OMG', async (context) => {
    const schema = join(import.meta.dirname, '../../../../node_modules/bpmn-moddle/resources/bpmn/xsd/BPMN20.xsd');
    if (spawnSync(XMLLINT, ['--version']).status !== 0) return context.skip('xmllint is not installed');
    for (const pkg of packages) {
      const { status, stderr } = spawnSync(XMLLINT, ['--nonet', '--noout', '--schema', schema, '-'], {
        input: await bpmnXml(processModel(pkg)),
        encoding: 'utf8',
      });
      assert.equal(status, 0, `${pkg.key}: ${stderr}`);
    }
  });
  it('is the same twice', async () => {
    const [pkg] = packages;
    assert.equal(await bpmnXml(processModel(pkg!)), await bpmnXml(processModel(pkg!)));
  });
  it('documents each element with its paragraph or the basis that the package names', async () => {
    for (const pkg of packages) {
      const { definitions } = expectOk(await readBpmn(await bpmnXml(processModel(pkg))));
      const process = manyOf(definitions, 'rootElements').find(({ $type }) => $type === 'bpmn:Process')!;
      const nodes = manyOf(process, 'flowElements').filter(({ $type }) => $type !== 'bpmn:SequenceFlow');
      assert.ok(nodes.length > (pkg.initiator === 'amt' ? 5 : 15));
      for (const node of nodes) assert.match(documentationOf(node), /§|Entscheidungsfrist: ./, `${pkg.key} ${String(node['id'])}`);
    }
  });
  it('shows every action that is offered, as a way or in words', () => {
    for (const pkg of packages) {
      const { nodes, flows } = processModel(pkg);
      const drawn = new Set(flows.map(({ action }) => action));
      for (const [state, actions] of Object.entries(pkg.process.offered) as [ProcessState, ProcessAction[]][]) {
        const notes = nodes.filter((node) => node.state === state).map(({ note }) => note);
        for (const action of actions.filter((one) => possible(pkg, one) && possible(pkg, state))) {
          const said = notes.some((note) => note.includes(`[${action}]`)) || (action === 'withdraw' && drawn.has('withdraw'));
          assert.ok(said || drawn.has(action), `${pkg.key}: ${action} in ${state}`);
        }
      }
    }
  });
  it('has an element for every state that the package knows', () => {
    for (const pkg of packages) {
      const states = new Set(processModel(pkg).nodes.map(({ state }) => state));
      for (const state of Object.keys(pkg.process.offered) as ProcessState[]) {
        if (possible(pkg, state)) assert.ok(states.has(state), `${pkg.key}: ${state}`);
      }
    }
  });
  it('has the periods of the package as timers', () => {
    const { nodes } = processModel(
      offering(
        { eingegangen: ['request-documents'], in_pruefung: ['hear'], bekanntgegeben: ['object'] },
        { requestDays: 33, hearingDays: 11, decisionPeriod: { length: 3, unit: 'months', legalBasis: '§ 19 HWG' } },
      ),
    );
    const timers = nodes.filter(({ kind }) => kind === 'timer').map(({ id, duration, interrupting }) => [id, duration, interrupting]);
    assert.deepEqual(timers, [
      ['frist-unvollstaendig', 'P33D', true],
      ['frist-pruefung', 'P3M', false],
      ['frist-anhoerung', 'P11D', true],
      ['frist-bekanntgegeben', 'P1M', true],
    ]);
  });
  it('§ 42a VwVfG: the period ends the examination only where a statute orders a fiction', () => {
    const period = { decisionPeriod: { length: 3, unit: 'months', legalBasis: '§ 1' } } as const;
    const { nodes, flows } = processModel(offering({}, { ...period, fiction: { legalBasis: '§ 61 HBauO' } }));
    assert.equal(nodes.find(({ id }) => id === 'frist-pruefung')?.interrupting, true);
    assert.ok(flows.some(({ from, to }) => from === 'fiktion' && to === 'bekanntgegeben'));
    assert.equal(
      processModel(offering({}, { ...period, fiction: 'none' })).nodes.some(({ id }) => id === 'fiktion'),
      false,
    );
  });
  it('§ 35a VwVfG: a way without a person only where the package has one', () => {
    for (const pkg of packages) {
      const automatic = processModel(pkg).flows.some(({ from, to }) => from === 'eindeutig' && to === 'zustellen');
      assert.equal(automatic, pkg.automation !== undefined, pkg.key);
    }
  });
});

describe('The drawing', () => {
  it('has no shape on another, no words on a shape, no way through a shape; ways end at borders', () => {
    for (const pkg of packages) {
      const model = processModel(pkg);
      assertDrawn(model, layoutOf(model));
    }
  });
  it('and so with whatever a package offers; its BPMN is always whole', async () => {
    await fc.assert(
      fc.asyncProperty(selections, async (selection) => {
        const model = processModel(selected(selection));
        const layout = layoutOf(model);
        assertDrawn(model, layout);
        const { definitions, warnings } = expectOk(await readBpmn(await bpmnXml(model, layout)));
        assert.deepEqual(warnings, []);
        assert.deepEqual(structureProblems(definitions), []);
      }),
      { numRuns: 60, seed: 42 },
    );
  });
});
