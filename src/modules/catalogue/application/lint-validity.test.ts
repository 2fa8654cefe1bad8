import { testPlanted, type Planted } from './lint-testing.ts';

const file = 'service.yaml';
const planted: readonly Planted[] = [
  {
    name: 'a last day from a field that there is not',
    of: 'sondernutzung',
    file,
    change: [['  until: until', '  until: bis']],
    level: 'error',
    message: /Das Feld «bis» gibt es in form.yaml nicht. Datumsfelder: from, until/,
    at: 'until: bis',
  },
  {
    name: 'a last day from a field that is no date',
    of: 'sondernutzung',
    file,
    change: [['  until: until', '  until: purpose']],
    level: 'error',
    message: /Das Feld «purpose» ist kein Datum/,
    at: 'until: purpose',
  },
  {
    name: 'a last day from a field that is not always asked',
    of: 'bewohnerparkausweis',
    file,
    change: [['  from: decision\n', '  until: expiresOn\n']],
    level: 'error',
    message: /Das Feld «expiresOn» wird nicht immer gefragt/,
    at: 'until: expiresOn',
  },
  {
    name: 'two ways to reckon',
    of: 'bewohnerparkausweis',
    file,
    change: [['  from: decision\n', '  from: decision\n  until: expiresOn\n']],
    level: 'error',
    message: /entweder «until» mit einem Datumsfeld oder «from» mit «terms»/,
    at: 'validity:',
  },
  {
    name: 'no way to reckon',
    of: 'bewohnerparkausweis',
    file,
    change: [['  from: decision\n', '']],
    level: 'error',
    message: /Sagen Sie, woraus sich der letzte Tag ergibt/,
    at: 'validity:',
  },
  {
    name: 'a length that holds only in future',
    file,
    change: [['terms: [{ validFrom: "2023-03-01", length', 'terms: [{ validFrom: "2099-03-01", length']],
    level: 'error',
    message: /Heute gilt keine dieser Dauern/,
    at: 'terms: [{',
  },
  {
    name: 'a renewal that continues an unknown field',
    of: 'bewohnerparkausweis',
    file,
    change: [['continues: { field: expiresOn,', 'continues: { field: ablauf,']],
    level: 'error',
    message: /Das Feld «ablauf» gibt es in form.yaml nicht/,
    at: 'field: ablauf',
  },
  {
    name: 'what it is for names an unknown field of a list',
    file,
    change: [['same: [site, trees.position]', 'same: [site, trees.ort]']],
    level: 'error',
    message: /Das Feld «trees.ort» gibt es in form.yaml nicht/,
    at: 'trees.ort',
  },
  {
    name: 'a permit of what nobody applies for',
    of: 'bebauungsplan',
    file,
    change: [
      [
        'initiator: amt',
        'initiator: amt\nvalidity: { from: decision, terms: [{ validFrom: "2020-01-01", length: 1, unit: years, legalBasis: "§", verified: false }], same: [name], again: neu, remind: [{ validFrom: "2020-01-01", daysBefore: [7], source: "§" }] }',
      ],
    ],
    level: 'error',
    message: /Eine Geltungsdauer hat nur, was jemand beantragt/,
    at: 'validity:',
  },
  {
    name: 'the same day twice',
    file,
    change: [['daysBefore: [90, 14]', 'daysBefore: [14, 14]']],
    level: 'error',
    message: /Derselbe Tag steht zweimal da/,
    at: 'daysBefore: [14, 14]',
  },
];

testPlanted(planted);
