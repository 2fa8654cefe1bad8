import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { parseDocument } from 'yaml';
import { expectOk } from '../../../kernel/result.ts';
import { process as processSchema } from '../domain/service.ts';
import { importBpmn } from './bpmn-import.ts';
import { processModel } from './bpmn-model.ts';
import { legalBasesIn, meaningOf, periodIn } from './bpmn-recognise.ts';
import { bpmnXml } from './bpmn-xml.ts';
import { lintProcess } from './lint-process.ts';
import { PackageSource } from './lint-source.ts';
import { loadServices } from './load-services.ts';
import { parsePackage, readPackageFiles } from './read-package.ts';
import { structureProblems } from './bpmn-check.ts';
import { readBpmn } from './bpmn-read.ts';
import { reckonedMs } from '../../../../test/support/reckoned-time.ts';

const SERVICES = join(import.meta.dirname, '../../../../services');

/** A process in the manner of FIM: lanes for roles, groups as sub-processes, paragraphs in the documentation, attributes as extensions. */
const FIM = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:fim="urn:example:fim" id="d" targetNamespace="urn:example">
  <bpmn:collaboration id="c"><bpmn:participant id="pool" name="Fischereischein erteilen" processRef="p"/></bpmn:collaboration>
  <bpmn:process id="p" name="Process 1">
    <bpmn:documentation>Leistung 99 012 008 001 000. Handlungsgrundlage: § 4 Abs. 2 FiG und §§ 9, 10 FiVO</bpmn:documentation>
    <bpmn:laneSet id="ls">
      <bpmn:lane id="l1" name="Antragstellende Person"><bpmn:flowNodeRef>s</bpmn:flowNodeRef><bpmn:flowNodeRef>t0</bpmn:flowNodeRef></bpmn:lane>
      <bpmn:lane id="l2" name="Zuständige Stelle"><bpmn:flowNodeRef>g1</bpmn:flowNodeRef><bpmn:flowNodeRef>t1</bpmn:flowNodeRef><bpmn:flowNodeRef>t2</bpmn:flowNodeRef><bpmn:flowNodeRef>t3</bpmn:flowNodeRef><bpmn:flowNodeRef>t4</bpmn:flowNodeRef><bpmn:flowNodeRef>t5</bpmn:flowNodeRef><bpmn:flowNodeRef>e</bpmn:flowNodeRef></bpmn:lane>
    </bpmn:laneSet>
    <bpmn:startEvent id="s"><bpmn:outgoing>f0</bpmn:outgoing></bpmn:startEvent>
    <bpmn:userTask id="t0" name="Antrag einreichen"/>
    <bpmn:subProcess id="g1" name="Schritt 1"><bpmn:extensionElements><fim:rag typ="Formelle Prüfung durchführen"/></bpmn:extensionElements></bpmn:subProcess>
    <bpmn:userTask id="t1" name="Fehlende Unterlagen nachfordern"><bpmn:documentation>§ 26 Abs. 2 VwVfG</bpmn:documentation></bpmn:userTask>
    <bpmn:boundaryEvent id="b1" name="Frist" attachedToRef="t1"><bpmn:outgoing>f8</bpmn:outgoing><bpmn:timerEventDefinition id="x1"><bpmn:timeDuration>P3W</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:boundaryEvent>
    <bpmn:task id="t2" name="Prüfungszeugnis prüfen"/>
    <bpmn:boundaryEvent id="b2" name="Entscheidungsfrist 2 Monate" attachedToRef="t2"><bpmn:documentation>§ 7 FiG</bpmn:documentation><bpmn:outgoing>f9</bpmn:outgoing><bpmn:timerEventDefinition id="x2"/></bpmn:boundaryEvent>
    <bpmn:task id="t3" name="Angelkarte laminieren"/>
    <bpmn:task id="t4" name="Mitzeichnung einholen"/>
    <bpmn:task id="t5" name="Über den Antrag entscheiden"/>
    <bpmn:endEvent id="e"/>
    <bpmn:dataObject id="do"/><bpmn:dataObjectReference id="dr" name="Prüfungszeugnis" dataObjectRef="do"/><bpmn:dataObject id="do2"/><bpmn:dataObjectReference id="dr2" name="Antragsformular" dataObjectRef="do2"/>
    <bpmn:sequenceFlow id="f0" sourceRef="s" targetRef="t0"/><bpmn:sequenceFlow id="f1" sourceRef="t0" targetRef="g1"/><bpmn:sequenceFlow id="f2" sourceRef="g1" targetRef="t1"/><bpmn:sequenceFlow id="f3" sourceRef="t1" targetRef="t2"/><bpmn:sequenceFlow id="f4" sourceRef="t2" targetRef="t3"/><bpmn:sequenceFlow id="f5" sourceRef="t3" targetRef="t4"/><bpmn:sequenceFlow id="f6" sourceRef="t4" targetRef="t5"/><bpmn:sequenceFlow id="f7" sourceRef="t5" targetRef="e"/><bpmn:sequenceFlow id="f8" sourceRef="b1" targetRef="t2"/><bpmn:sequenceFlow id="f9" sourceRef="b2" targetRef="t3"/>
  </bpmn:process>
</bpmn:definitions>`;

const yaml = (files: Readonly<Record<string, string>>, path: string): Record<string, unknown> => parseDocument(files[path]!).toJS() as Record<string, unknown>;

/** Empty values of a file, by path: what the author still has to fill in. */
function empty(value: unknown, path: string): string[] {
  if (value === null) return [path];
  if (typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([name, inner]) => empty(inner, path === '' ? name : `${path}.${name}`));
}

describe('A process in the manner of FIM', () => {
  it('becomes a draft package with what it says', async () => {
    const { key, files } = expectOk(await importBpmn(FIM));
    assert.equal(key, 'fischereischein-erteilen');
    const service = yaml(files, `${key}/service.yaml`);
    assert.equal(service['leistungsschluessel'], '99012008001000');
    // a hint stands where the model is silent, and nowhere else
    assert.match(files[`${key}/service.yaml`]!, /^authority: +# \{ id: … \}/m);
    assert.doesNotMatch(files[`${key}/service.yaml`]!, /^leistungsschluessel: .*#/m);
    assert.deepEqual(
      (service['legalBases'] as { citation: string }[]).map(({ citation }) => citation),
      ['§ 4 Abs. 2 FiG', '§§ 9, 10 FiVO', '§ 26 Abs. 2 VwVfG', '§ 7 FiG'],
    );
    const process = yaml(files, `${key}/process.yaml`) as { offered: Record<string, string[]>; tasks: { de: string }[] } & Record<string, unknown>;
    assert.equal(process['requestDays'], 21);
    assert.equal(process['hearingDays'], null);
    assert.deepEqual(process['decisionPeriod'], { length: 2, unit: 'months', legalBasis: '§ 7 FiG' });
    assert.equal(process['fourEyes'], 'always');
    assert.deepEqual(
      process.tasks.map(({ de }) => de),
      ['Schritt 1', 'Prüfungszeugnis prüfen', 'Angelkarte laminieren'],
    );
    assert.ok(process.offered['in_pruefung']!.includes('request-documents'));
    assert.ok(!process.offered['in_pruefung']!.includes('suspend'));
    assert.ok(!Object.values(process.offered).flat().includes('decide'));
    assert.deepEqual(
      (yaml(files, `${key}/form.yaml`)['documents'] as { label: { de: string } }[]).map(({ label }) => label.de),
      ['Prüfungszeugnis'],
    );
  });
  it('names what was not recognised and what the law adds', async () => {
    const { findings } = expectOk(await importBpmn(FIM));
    const all = findings.join('\n');
    assert.match(all, /«Angelkarte laminieren» \(Bahn «Zuständige Stelle»\) ist nicht erkannt/);
    for (const law of [/§ 28 VwVfG/, /§§ 68-70 VwGO/, /§ 22 VwVfG/, /§ 41 VwVfG/]) assert.match(all, law);
    assert.doesNotMatch(all, /Prüfungszeugnis prüfen|Mitzeichnung/);
  });
  it('leaves open exactly what the lint then names, each at its line', async () => {
    const { key, files } = expectOk(await importBpmn(FIM));
    const shared = Object.entries(await readPackageFiles(SERVICES, 'none')).filter(([path]) => path.startsWith('letters/'));
    const { pkg, mistakes } = await parsePackage(key, { ...Object.fromEntries(shared), ...files });
    assert.equal(pkg, undefined);
    const expected = Object.keys(files).flatMap((path) => empty(yaml(files, path), '').map((place) => `${path} ${place}`));
    assert.ok(expected.length > 20);
    assert.deepEqual(mistakes.map(({ file, message }) => `${file} ${message.split(':')[0]}`).toSorted(), expected.toSorted());
    for (const { file, line, message } of mistakes) {
      const last = message.split(':')[0]!.split('.').at(-1)!;
      assert.match(files[file]!.split('\n')[line - 1]!, new RegExp(`\\b${last}:`), `${file}:${line} ${message}`);
    }
  });
  it('offers states and actions that the schema takes and whose own process is whole', async () => {
    const { key, files } = expectOk(await importBpmn(FIM));
    const process = processSchema.parse({ ...yaml(files, `${key}/process.yaml`), hearingDays: 14, tasks: [] });
    const { packages } = await loadServices(SERVICES, Temporal.PlainDate.from('2026-11-24'));
    const [any] = packages.values();
    const pkg = { ...any!, process };
    const { definitions } = expectOk(await readBpmn(await bpmnXml(processModel(pkg))));
    assert.deepEqual(structureProblems(definitions), []);
    assert.deepEqual(
      lintProcess(pkg, new PackageSource(files)).map(({ message }) => message),
      [],
    );
  });
});

describe('A package of our own, exported and imported', () => {
  it('keeps its periods, its checklist apart, and its second pair of eyes', async () => {
    const { packages } = await loadServices(SERVICES, Temporal.PlainDate.from('2026-11-24'));
    const pkg = packages.get('sondernutzung')!;
    const { files, key } = expectOk(await importBpmn(await bpmnXml(processModel(pkg))));
    const process = yaml(files, `${key}/process.yaml`);
    assert.equal(process['requestDays'], pkg.process.requestDays);
    assert.deepEqual(process['decisionPeriod'], { length: 3, unit: 'months', legalBasis: '§ 19 Abs. 2a HWG' });
    assert.equal(process['fourEyes'], 'always');
  });
});

const TASKS: readonly (readonly [string, ReturnType<typeof meaningOf>])[] = [
  ['Antrag entgegennehmen', 'intake'],
  ['Informationen empfangen', 'intake'],
  ['Formelle Prüfung durchführen', 'completeness'],
  ['Vollständigkeit der Unterlagen prüfen', 'completeness'],
  ['Fehlende Unterlagen anfordern', 'request'],
  ['Antragsteller anhören', 'hearing'],
  ['Gelegenheit zur Stellungnahme geben', 'hearing'],
  ['Fachbehörden beteiligen', 'participation'],
  ['Planunterlagen öffentlich auslegen', 'display'],
  ['Verfahren aussetzen', 'suspension'],
  ['Frist verlängern', 'extension'],
  ['Sachverhalt beurteilen', 'examination'],
  ['Bescheid erstellen', 'draft'],
  ['Bescheid freigeben', 'approval'],
  ['Etwas entscheiden', 'decision'],
  ['Genehmigung erteilen', 'decision'],
  ['Bescheid zustellen', 'delivery'],
  ['Informationen bereitstellen', 'delivery'],
  ['Widerspruch einlegen', 'objection'],
  ['Über den Widerspruch entscheiden', 'objection-decision'],
  ['Antrag zurücknehmen', 'withdrawal'],
  ['Gebühr festsetzen', 'fee'],
  ['Kaffee kochen', undefined],
];

describe('Words', () => {
  for (const [name, meaning] of TASKS) it(`«${name}» is ${meaning ?? 'not known'}`, () => assert.equal(meaningOf(name), meaning));
  it('name paragraphs', () => {
    assert.deepEqual(legalBasesIn('nach § 19 Abs. 2a HWG, Art. 6 DSGVO und § 19 Abs. 2a HWG; siehe § oben'), ['§ 19 Abs. 2a HWG', 'Art. 6 DSGVO']);
    assert.deepEqual(legalBasesIn('§ 5 der Satzung'), []);
  });
  it('name periods', () => {
    assert.deepEqual(periodIn('P14D'), { length: 14, unit: 'days' });
    assert.deepEqual(periodIn('binnen 3 Monaten'), { length: 3, unit: 'months' });
    assert.deepEqual(periodIn('6 Wochen'), { length: 6, unit: 'weeks' });
    assert.equal(periodIn('unverzüglich'), undefined);
  });
  it('of any kind are read in linear time', () => {
    const long = '§ 1 '.repeat(50_000) + 'P'.repeat(100_000) + '§ 1 Abs. 1 Abs. '.repeat(10_000);
    const begun = reckonedMs();
    legalBasesIn(long);
    periodIn(long);
    meaningOf(long.slice(0, 200));
    assert.ok(reckonedMs() - begun < 2000);
  });
});

describe('Files that are no process', () => {
  it('are refused with a sentence', async () => {
    const definitions = (inside: string): string =>
      `<d:definitions xmlns:d="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t">${inside}</d:definitions>`;
    for (const xml of ['', 'Hallo', '<a/>', definitions(''), definitions('<d:process id="p"/>'), FIM.slice(0, 900)]) {
      const imported = await importBpmn(xml);
      assert.equal(imported.ok, false, xml.slice(0, 40));
      if (!imported.ok) assert.match(imported.problem.detail, /Exportieren|Element/);
    }
  });
  it('never bring a key that leaves the folder', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 60 }), async (name) => {
        const safe = name.replaceAll(/[<>&"\p{C}\p{Cs}]/gu, '');
        const { key } = expectOk(await importBpmn(FIM.replace('Fischereischein erteilen', () => safe)));
        assert.match(key, /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/);
      }),
      { numRuns: 50, seed: 7 },
    );
  });
});
