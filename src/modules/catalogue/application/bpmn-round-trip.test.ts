import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { expectOk } from '../../../kernel/result.ts';
import { processModel } from './bpmn-model.ts';
import { bpmnText, hostility, MOST_BYTES, readBpmn } from './bpmn-read.ts';
import { roundTrip } from './bpmn-round-trip.ts';
import { losses, treeOf, writeTree } from './bpmn-tree.ts';
import { textWidth, wrapText } from './bpmn-text.ts';
import { bpmnXml } from './bpmn-xml.ts';
import { loadServices } from './load-services.ts';
import { reckonedMs } from '../../../../test/support/reckoned-time.ts';

/**
 * Our own, in the manner of the MIWG's reference files: foreign default namespace, vendors' attributes and elements with
 * mixed words, pools, lanes in lanes, data, message flows, defaults written out, references to what is not there, line
 * breaks in names, labels with styles, several diagrams, numbers written in every way.
 */
const REFERENCE = `<?xml version="1.0" encoding="utf-8" standalone="yes"?>
<semantic:definitions xmlns:semantic="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:di="http://www.omg.org/spec/DD/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:feel="https://example.org/feel/" xmlns:tool="http://example.org/tool" xmlns="http://example.org/other" id="D1" targetNamespace="http://example.org/t" xml:lang="en" tool:choice="Default">
  <semantic:itemDefinition tool:basic="true" structureRef="feel:string" id="item1"/>
  <semantic:message id="m1" name="Nachricht"/>
  <semantic:dataStore capacity="0" isUnlimited="false" id="ds1"/>
  <semantic:collaboration id="c1">
    <semantic:participant id="pool1" name="Client" tool:readOnly="false"/>
    <semantic:participant id="pool2" name="Work&#13;&#10;shop" processRef="p1"/>
    <semantic:messageFlow id="mf1" name="" sourceRef="pool1" targetRef="t1"/>
    <semantic:textAnnotation id="ta1"><semantic:text>Freier &amp; langer Text</semantic:text></semantic:textAnnotation>
    <semantic:association id="as1" sourceRef="ta1" targetRef="pool2"/>
  </semantic:collaboration>
  <semantic:process id="p1" isExecutable="false" isClosed="false">
    <semantic:extensionElements><tool:perm a="1"><tool:inner>words <tool:b>bold</tool:b> more</tool:inner></tool:perm><tool:empty/><Bare spacing="15"><Ruler/></Bare></semantic:extensionElements>
    <semantic:laneSet><semantic:lane id="l1" name="Lane"><semantic:flowNodeRef>t1</semantic:flowNodeRef><semantic:childLaneSet id="cls"><semantic:lane id="l2"/></semantic:childLaneSet></semantic:lane></semantic:laneSet>
    <semantic:dataObject isCollection="false" id="do1" name="Data"/>
    <semantic:dataObjectReference id="dor1" dataObjectRef="do1"/>
    <semantic:userTask id="t1" name="" implementation="##WebService" completionQuantity="1" isForCompensation="false" startQuantity="1" default="f9">
      <semantic:incoming>f1</semantic:incoming>
      <semantic:ioSpecification><semantic:dataInput id="di1"/><semantic:inputSet><semantic:dataInputRefs>di1</semantic:dataInputRefs></semantic:inputSet><semantic:outputSet/></semantic:ioSpecification>
      <semantic:dataInputAssociation id="dia1"><semantic:sourceRef>dor1</semantic:sourceRef><semantic:targetRef>di1</semantic:targetRef></semantic:dataInputAssociation>
      <semantic:multiInstanceLoopCharacteristics isSequential="true"/>
    </semantic:userTask>
    <semantic:startEvent id="s1"><semantic:outgoing>f1</semantic:outgoing><semantic:timerEventDefinition><semantic:timeCycle xsi:type="semantic:tFormalExpression">R/P1D</semantic:timeCycle></semantic:timerEventDefinition></semantic:startEvent>
    <semantic:boundaryEvent id="b1" attachedToRef="t1" cancelActivity="true" parallelMultiple="false"><semantic:conditionalEventDefinition><semantic:condition/></semantic:conditionalEventDefinition></semantic:boundaryEvent>
    <semantic:sequenceFlow id="f1" sourceRef="s1" targetRef="t1" name=""/>
    <semantic:sendTask id="t2" messageRef="Message_unknown"/>
    <semantic:transaction id="tx" method="##Compensate"/>
    <semantic:adHocSubProcess id="ah"><semantic:completionCondition>x</semantic:completionCondition></semantic:adHocSubProcess>
    <semantic:task id="t3" name="Doc"><semantic:documentation textFormat="text/html"><![CDATA[<p>Hallo</p>]]></semantic:documentation></semantic:task>
  </semantic:process>
  <bpmndi:BPMNDiagram id="dia1d" resolution="96.00000267028808"><bpmndi:BPMNPlane bpmnElement="c1"><bpmndi:BPMNShape id="sh1" bpmnElement="pool2" isHorizontal="true"><dc:Bounds height="35.0" width="1.5e2" x="-4.00" y="1"/><bpmndi:BPMNLabel labelStyle="LS1"><dc:Bounds height="1" width="2" x="3" y="4"/></bpmndi:BPMNLabel></bpmndi:BPMNShape></bpmndi:BPMNPlane><bpmndi:BPMNLabelStyle id="LS1"><dc:Font name="Arial,Helvetica" size="11" isBold="false" isItalic="false" isStrikeThrough="false" isUnderline="false"/></bpmndi:BPMNLabelStyle></bpmndi:BPMNDiagram>
  <bpmndi:BPMNDiagram id="dia2"><bpmndi:BPMNPlane id="pl2" bpmnElement="p1"><bpmndi:BPMNEdge id="e1" bpmnElement="f1"><di:extension><tool:x/></di:extension><di:waypoint x="1.0" y="2"/><di:waypoint xsi:type="dc:Point" x="3" y="4"/></bpmndi:BPMNEdge></bpmndi:BPMNPlane></bpmndi:BPMNDiagram>
</semantic:definitions>`;

/** Changes to the reference that the comparison must notice. */
const PLANTED: readonly (readonly [what: string, from: string, to: string])[] = [
  ['an attribute of a vendor', 'tool:choice="Default"', ''],
  ['a value', 'R/P1D', 'R/P2D'],
  ['an element of a vendor', '<tool:empty/>', ''],
  ['order in mixed words', 'words <tool:b>bold</tool:b> more', '<tool:b>bold</tool:b>words  more'],
  ['a waypoint', '<di:waypoint x="1.0" y="2"/>', ''],
  ['the order of waypoints', '<di:waypoint x="1.0" y="2"/>', '<di:waypoint x="9" y="2"/>'],
  ['a size', 'width="1.5e2"', 'width="151"'],
  ['a diagram', 'id="dia2"', 'id="dia3"'],
  ['a lane', '<semantic:lane id="l2"/>', ''],
  ['a reference', '<semantic:incoming>f1</semantic:incoming>', ''],
  ['a namespace that values need', 'xmlns:feel="https://example.org/feel/"', ''],
  ['a line break in a name', 'Work&#13;&#10;shop', 'Work shop'],
];

describe('The round trip', () => {
  it('keeps every element, attribute, word and number, and adds nothing', async () => {
    const { lost, added, carried } = expectOk(await roundTrip(REFERENCE));
    assert.deepEqual({ lost, added }, { lost: [], added: [] });
    // what BPMN's model leaves out is carried over and said
    assert.match(carried.join('\n'), /isForCompensation/);
    assert.match(carried.join('\n'), /messageRef/);
  });
  it('gives a file that goes round again as it is', async () => {
    const once = expectOk(await roundTrip(REFERENCE)).xml;
    assert.equal(expectOk(await roundTrip(once)).xml, once);
  });
  it('keeps what it cannot know among what it writes itself', async () => {
    const { xml } = expectOk(await roundTrip(REFERENCE));
    for (const kept of [
      /R\/P1D/,
      /Message_unknown/,
      /words <tool:b>bold<\/tool:b> more/,
      /&lt;p&gt;Hallo&lt;\/p&gt;/,
      /xmlns:feel="https:\/\/example\.org\/feel\/"/,
    ])
      assert.match(xml, kept);
  });
  it('holds for every process that we write', async () => {
    const { packages } = await loadServices(join(import.meta.dirname, '../../../../services'), Temporal.PlainDate.from('2026-11-24'));
    for (const pkg of packages.values()) {
      const { lost, added, carried } = expectOk(await roundTrip(await bpmnXml(processModel(pkg))));
      assert.deepEqual({ lost, added, carried }, { lost: [], added: [], carried: [] }, pkg.key);
    }
  });
  for (const [what, from, to] of PLANTED) {
    it(`would notice the loss of ${what}`, () => {
      assert.ok(REFERENCE.includes(from));
      assert.notDeepEqual(losses(treeOf(REFERENCE), treeOf(REFERENCE.replace(from, () => to))), []);
    });
  }
  it('does not count spelling: prefixes, order of attributes, white space, 35.0 and 35, comments', () => {
    const other = REFERENCE.replace('height="35.0"', 'height="35"').replace('<semantic:collaboration', '<!-- x -->\n\n<semantic:collaboration');
    assert.deepEqual(losses(treeOf(REFERENCE), treeOf(other)), []);
    assert.deepEqual(losses(treeOf('<a:x xmlns:a="u" p="1" q="2"/>'), treeOf('<a:x xmlns:a="u" q="2" p="1"></a:x>')), []);
  });
  it('writes any tree so that it reads back', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'ä', '<', '&', '"', "'", '>', '\n', '\t', ' ', ']', '€', '😀'), maxLength: 12 });
    fc.assert(
      fc.property(word, word, word, (value, before, after) => {
        const xml = `<d:x xmlns:d="u" xmlns:e="v" e:k="${value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;').replaceAll('\n', '&#10;').replaceAll('\t', '&#9;')}">${escaped(before)}<e:y/>${escaped(after)}<z xmlns="w"/></d:x>`;
        const tree = treeOf(xml);
        assert.deepEqual(losses(tree, treeOf(writeTree(tree))), []);
        assert.deepEqual(losses(treeOf(writeTree(tree)), tree), []);
      }),
      { seed: 3 },
    );
  });
});

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const BPMN = 'xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"';

describe('Hostile files are refused before a parser sees them', () => {
  const files: readonly (readonly [what: string, xml: string, says: RegExp])[] = [
    ['a document type', `<!DOCTYPE d [<!ENTITY x "y">]><definitions ${BPMN}/>`, /Dokumenttyp-Definition/],
    ['a document type in small letters', `<!doctype d><definitions ${BPMN}/>`, /Dokumenttyp-Definition/],
    ['an entity behind a comment', `<!-- <a> --><!ENTITY x SYSTEM "file:///etc/passwd"><definitions ${BPMN}/>`, /Dokumenttyp-Definition/],
    ['a document type that quotes hide', `<definitions ${BPMN} a='"'><!DOCTYPE x></definitions>`, /Dokumenttyp-Definition/],
    ['depth', `<definitions ${BPMN}>${'<a>'.repeat(300)}${'</a>'.repeat(300)}</definitions>`, /tiefer als 200/],
    ['an element without end', `<definitions ${BPMN} a="`, /endet mitten/],
    ['a comment without end', `<definitions ${BPMN}/><!-- `, /endet mitten/],
    ['size', `<definitions ${BPMN}>${' '.repeat(MOST_BYTES)}</definitions>`, /größer als 5 MB/],
    ['another format', '<svg xmlns="http://www.w3.org/2000/svg"/>', /kein BPMN 2.0/],
  ];
  for (const [what, xml, says] of files) {
    it(what, async () => {
      const read = await readBpmn(xml);
      assert.equal(read.ok, false);
      if (!read.ok) assert.match(read.problem.detail, says);
    });
  }
  it('50 MB, without reading them', () => {
    const read = bpmnText(new Uint8Array(50_000_000));
    assert.equal(read.ok, false);
    if (!read.ok) assert.match(read.problem.detail, /größer als 5 MB/);
  });
  it('in linear time', () => {
    for (const evil of ['<a "'.repeat(400_000), '<!--'.repeat(1_000_000), `<a b="${'<'.repeat(4_000_000)}`, '<'.repeat(4_000_000)]) {
      const begun = reckonedMs();
      hostility(evil);
      assert.ok(reckonedMs() - begun < 1500, evil.slice(0, 8));
    }
  });
  it('markup inside of words and comments is none', () => {
    assert.equal(hostility(`<definitions ${BPMN}><!-- <!DOCTYPE x> --><a><![CDATA[<!ENTITY]]></a><?p <!DOCTYPE ?></definitions>`), undefined);
  });
  it('an entity is never resolved, an unknown one is no crash', async () => {
    const read = await roundTrip(`<definitions ${BPMN} targetNamespace="t" name="&xxe;"/>`);
    if (read.ok) assert.match(read.value.xml, /xxe/);
    else assert.match(read.problem.detail, /XML|BPMN/);
  });
});

describe('Bytes', () => {
  it('are read in the encoding that they declare', () => {
    const latin = Uint8Array.from(`<?xml version="1.0" encoding="ISO-8859-1" standalone="yes"?><a n="Pr\u00fcfung"/>`, (sign) => sign.charCodeAt(0));
    assert.match(expectOk(bpmnText(latin)), /Prüfung/);
    assert.match(expectOk(bpmnText(bytes('\ufeff<?xml version="1.0" encoding="utf-8"?><a n="Prüfung"/>'))), /Prüfung/);
  });
  it('once decoded, are not said to be in an encoding that cannot be read', async () => {
    const latin = Uint8Array.from(
      `<?xml version="1.0" encoding="ISO-8859-1" standalone="yes"?><definitions ${BPMN} targetNamespace="t" name="Pr\u00fcfung"/>`,
      (sign) => sign.charCodeAt(0),
    );
    const { definitions, warnings } = expectOk(await readBpmn(expectOk(bpmnText(latin))));
    assert.deepEqual([definitions['name'], warnings], ['Prüfung', []]);
  });
  it('are refused where they are not what they say', () => {
    for (const wrong of [Uint8Array.of(0x3c, 0xff, 0x3e), bytes('<?xml version="1.0" encoding="utf-7"?><a/>')]) assert.equal(bpmnText(wrong).ok, false);
  });
});

describe('Words in boxes', () => {
  it('never run over, and lose nothing', () => {
    const words = fc.array(fc.string({ unit: fc.constantFrom('a', 'e', 'r', 'n', 'st', 'ß', 'W', '-', 'ü'), minLength: 1, maxLength: 40 }), { maxLength: 6 });
    fc.assert(
      fc.property(words, fc.integer({ min: 60, max: 200 }), (list, width) => {
        const lines = wrapText(list.join(' '), width, 13);
        for (const line of lines) assert.ok(textWidth(line, 13) <= width, line);
        const bare = (text: string): string => text.replaceAll(/[\s-]/g, '');
        assert.equal(bare(lines.join('')), bare(list.join('')));
      }),
      { seed: 11 },
    );
  });
  it('divide long German words with a hyphen between syllables', () => {
    assert.deepEqual(wrapText('Rechtsbehelfsbelehrung', 100, 13), ['Rechtsbe-', 'helfsbelehrung']);
  });
  it('end in an ellipsis where there is no room', () => {
    assert.deepEqual(wrapText('eins zwei drei vier fünf sechs', 60, 13, 2).length, 2);
    assert.match(wrapText('eins zwei drei vier fünf sechs', 60, 13, 2)[1]!, /…$/);
  });
});
