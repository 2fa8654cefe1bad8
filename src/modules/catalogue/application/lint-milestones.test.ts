import { testPlanted, type Planted } from './lint-testing.ts';

const of = 'bebauungsplan';
const file = 'process.yaml';
const planted: readonly Planted[] = [
  {
    name: '§ 22 VwVfG: further applicants where nobody applies',
    of,
    file: 'service.yaml',
    change: [['initiator: amt', 'initiator: amt\njointApplicants: { max: 2 }']],
    level: 'error',
    message: /beantragt niemand, auch nicht gemeinsam/,
    at: 'jointApplicants: { max: 2 }',
  },
  {
    name: 'a step that follows one which does not stand before it',
    of,
    file,
    change: [['after: [fruehzeitig], document: plan', 'after: [abwaegung], document: plan']],
    level: 'error',
    message: /«entwurfsbeschluss» folgt auf «abwaegung», aber davor steht kein solcher Schritt/,
    at: 'after: [abwaegung], document: plan',
  },
  {
    name: 'a step that waits for a Beteiligung nobody plans',
    of,
    file,
    change: [['rounds: [veroeffentlichung, stellen]', 'rounds: [auslegung, stellen]']],
    level: 'error',
    message: /Die Beteiligung «auslegung» plant dieses Paket nicht/,
    at: 'rounds: [auslegung',
  },
  {
    name: 'a step that rests on a document the form does not have',
    of,
    file,
    change: [['after: [fruehzeitig], document: plan', 'after: [fruehzeitig], document: karte']],
    level: 'error',
    message: /Die Unterlage «karte» steht nicht in form.yaml/,
    at: 'document: karte',
  },
  {
    name: 'steps that nobody may record',
    of,
    file,
    change: [['in_pruefung: [record-step, ', 'in_pruefung: [']],
    level: 'error',
    message: /Die Schritte kann niemand festhalten/,
    at: 'milestones:',
  },
  {
    name: 'a Widerspruch against a norm (§ 68 VwGO)',
    of,
    file,
    change: [['bekanntgegeben: [remind, note]', 'bekanntgegeben: [object, remind, note]\n  widerspruch: [decide-objection, submit-for-approval]']],
    level: 'error',
    message: /Gegen eine Norm gibt es keinen Widerspruch/,
    at: 'offered:',
  },
];

testPlanted(planted);
