import { testPlanted, type Planted } from './lint-testing.ts';

const planted: readonly Planted[] = [
  // fees
  {
    name: 'no fee for today',
    file: 'service.yaml',
    change: [['validFrom: "2023-03-01"', 'validFrom: "2027-03-01"']],
    level: 'error',
    message: /Für Anträge von heute \(2026-11-24\) gilt keine Gebühr/,
    at: 'fees:',
  },
  {
    name: 'a fee that has ended',
    file: 'service.yaml',
    change: [['validFrom: "2023-03-01"', 'validFrom: "2023-03-01"\n    validTo: "2026-11-23"']],
    level: 'error',
    message: /gilt keine Gebühr/,
    at: 'fees:',
  },
  {
    name: 'a fee that ends soon',
    file: 'service.yaml',
    change: [['validFrom: "2023-03-01"', 'validFrom: "2023-03-01"\n    validTo: "2026-12-31"']],
    level: 'warning',
    message: /endet am 2026-12-31, und nichts folgt/,
    at: 'validTo:',
  },
  {
    name: 'a gap between two tariffs',
    file: 'service.yaml',
    change: [
      [
        'promisedWeeks: 8',
        'tariffs:\n  baum:\n    - { validFrom: "2026-01-01", validTo: "2026-12-31", cents: 500, legalBasis: GebO }\n    - { validFrom: "2027-02-01", cents: 600, legalBasis: GebO }\npromisedWeeks: 8',
      ],
    ],
    level: 'error',
    message: /Zwischen 2026-12-31 und 2027-02-01 gilt für «baum» nichts.*validFrom: "2027-01-01"/,
    at: 'validFrom: "2027-02-01"',
  },
  {
    name: 'a day that is in no calendar',
    file: 'service.yaml',
    change: [['validFrom: "2023-03-01"', 'validFrom: "2023-02-30"']],
    level: 'error',
    message: /«2023-02-30» gibt es nicht/,
    at: '2023-02-30',
  },
  {
    name: 'a row that ends before it begins',
    file: 'service.yaml',
    change: [['validFrom: "2023-03-01"', 'validFrom: "2023-03-01"\n    validTo: "2022-03-01"']],
    level: 'error',
    message: /endet, bevor sie beginnt/,
    at: 'validTo:',
  },
  {
    name: 'a fee rule that is not there',
    file: 'service.yaml',
    change: [['promisedWeeks: 8', 'feeRule: gebuehr\npromisedWeeks: 8']],
    level: 'error',
    message: /«gebuehr» steht in keiner Datei/,
    at: 'feeRule:',
  },
  {
    name: 'a fee rule that gives no amount',
    file: 'service.yaml',
    change: [['promisedWeeks: 8', 'feeRule: schonzeit\npromisedWeeks: 8']],
    level: 'error',
    message: /nennt «schonzeit» keine Gebühr/,
    at: 'feeRule:',
  },
];

testPlanted(planted);
