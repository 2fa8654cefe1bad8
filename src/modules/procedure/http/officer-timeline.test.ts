import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { CaseEvent } from '../domain/events.ts';
import { tellEvent } from './officer-timeline.ts';

const telling = { nameOf: (ref: string) => (ref === 'system:x' ? 'Kontor (automatisch)' : `Name von ${ref}`), authorityName: (id: string) => `Behörde ${id}` };
const text = { operative: [], nebenbestimmungen: [], reasons: [], discretion: [], items: [] };

const CASES: readonly (readonly [CaseEvent, string, RegExp, RegExp?])[] = [
  [
    {
      kind: 'antrag-eingereicht',
      facts: { caseId: 'a', fileNumber: 'BF', service: 's', packageHash: 'h', authority: 'b', accountId: 'c', channel: 'post', documents: ['1'] },
      content: { answers: {}, applicant: { name: 'K', addressLines: [] } },
    },
    'citizen:1',
    /^Name von citizen:1 hat den Antrag eingereicht, mit 1 Datei\.$/,
    /mit der Post/,
  ],
  [{ kind: 'an-person-gegeben', facts: { reasons: ['Freitext', 'Zweifel'] } }, 'system:x', /an einen Menschen/, /Freitext\nZweifel/],
  [{ kind: 'vollstaendig', facts: { completeOn: '2026-11-24', by: 'person' } }, 'staff:1', /Name von staff:1 hat festgestellt.*24\.11\.2026/],
  [{ kind: 'vollstaendig', facts: { completeOn: '2026-11-24', by: 'rule' } }, 'system:x', /nach den Regeln.*24\.11\.2026/],
  [
    { kind: 'nachforderung-gestellt', facts: { requestId: 'r', items: ['foto'], dueOn: '2026-12-15' }, content: { text: 'Bitte', itemTexts: ['Foto'] } },
    'staff:1',
    /bis 15\.12\.2026/,
    /– Foto\nBitte/,
  ],
  [
    {
      kind: 'bescheid-erlassen',
      facts: {
        decisionId: 'd',
        decisionKind: 'bescheid',
        outcome: 'grant',
        channel: 'postfach',
        feeCents: 6500,
        decidedOn: '2026-11-24',
        automated: true,
        legalBasis: '§ 35a HmbVwVfG',
      },
      content: { text },
    },
    'system:x',
    /vollautomatisch entschieden \(§ 35a HmbVwVfG\): Bewilligung/,
    /65,00/,
  ],
  [
    {
      kind: 'bescheid-bekanntgegeben',
      facts: { decisionId: 'd', caseId: 'a', via: 'zugang', on: '2026-11-24', bekanntgabeOn: '2026-11-28', remedyUntil: '2026-12-28' },
    },
    'system:x',
    /28\.11\.2026.*28\.12\.2026/,
    /Nachgewiesen zugegangen am 24\.11\.2026/,
  ],
  [
    { kind: 'widerspruch-eingelegt', facts: { receivedOn: '2027-02-01', inTime: false }, content: { text: 'Nein' } },
    'citizen:1',
    /nach Ablauf der Frist/,
    /Nein/,
  ],
  [{ kind: 'zugewiesen', facts: { staffId: '7' } }, 'staff:1', /Name von staff:1 hat den Vorgang Name von staff:7 zugewiesen/],
  [{ kind: 'zugewiesen', facts: { staffId: null } }, 'staff:1', /Zuweisung aufgehoben/],
  [{ kind: 'wiedervorlage-gesetzt', facts: { on: null } }, 'staff:1', /Wiedervorlage gelöscht/],
  [{ kind: 'abgegeben', facts: { authority: 'nord' }, content: { reason: 'Zuständig' } }, 'staff:1', /an: Behörde nord/, /Zuständig/],
];

describe('events in plain sentences', () => {
  for (const [event, actor, title, body] of CASES) {
    it(`${event.kind}: ${title.source}`, () => {
      const told = tellEvent({ ...event, actor }, telling);
      assert.match(told.title, title);
      if (body === undefined) assert.equal(told.body, undefined);
      else assert.match(told.body ?? '', body);
    });
  }
});
