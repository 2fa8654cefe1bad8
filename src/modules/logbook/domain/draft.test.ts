import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { KeptObject } from '../../situation/public.ts';
import { draftSections } from './draft.ts';
import type { ReadEntry } from './entry.ts';

const AT = Temporal.Instant.from('2026-11-28T18:48:00Z');

const object = (over: Partial<KeptObject>): KeptObject => ({
  id: 'hazard:1',
  kind: 'hazard',
  layer: 'gefahren',
  title: 'Deichbruch',
  geometry: null,
  facts: {},
  source: { kind: 'person', name: 'Petra' },
  eventAt: AT,
  receivedAt: AT,
  seq: 1,
  changedAt: AT,
  ended: false,
  ...over,
});

const entry = (number: number, kind: ReadEntry['kind'], text: string, correctedBy: number | null = null): ReadEntry => ({
  id: String(number),
  number,
  kind,
  text,
  eventAt: AT,
  writtenAt: AT,
  authorId: 'p',
  author: 'Petra',
  organisation: 'Feuerwehr',
  function: 'S2',
  refs: [],
  corrects: null,
  sha256: '',
  correctedBy,
  referredBy: [],
});

it('a situation report begins with what picture, log and messages say, under the headings of FwDV 100', () => {
  const sections = draftSections({
    cut: ['Es fehlt etwas.'],
    objects: [
      object({ facts: { breiteMetres: 12 }, reliability: 'B', credibility: 2 }),
      object({ id: 'unit:1', kind: 'unit', title: 'HLRW 21-1', facts: { staerke: '1/2/6//9' } }),
      object({ id: 'shelter:1', kind: 'shelter', title: 'Schule', ended: true }),
    ],
    entries: [entry(3, 'beurteilung', 'Der Deich wird überströmt.'), entry(4, 'massnahme', 'Zone räumen'), entry(5, 'massnahme', 'Falsch', 6)],
    staff: ['leiter Jens, Feuerwehr'],
    messages: { unread: 2, overdue: 1 },
  });
  assert.equal(sections.lage, 'Es fehlt etwas.\n- Deichbruch: breiteMetres 12 (B2, 281948nov26, Petra)\n- 281948nov26 Der Deich wird überströmt. (Eintrag 3)');
  assert.equal(sections.kraefte, '1 Einheit.\n- HLRW 21-1: staerke 1/2/6//9 (281948nov26, Petra)');
  assert.equal(sections.auftrag, '- 281948nov26 Zone räumen (Eintrag 4)');
  assert.equal(sections.versorgung, '');
  assert.match(sections.fuehrung, /leiter Jens[\s\S]*Ungelesene Nachrichten: 2\.[\s\S]*dringende Nachrichten: 1\./);
});
