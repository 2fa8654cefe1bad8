import { testPlanted, type Planted } from './lint-testing.ts';

const planted: readonly Planted[] = [
  {
    name: 'silence that counts as consent without a statute',
    of: 'baugenehmigung',
    file: 'process.yaml',
    change: [['legalBasis: "BaumschutzVO", silence: keine-bedenken', 'legalBasis: "BaumschutzVO", silence: zustimmung']],
    level: 'error',
    message: /Schweigen gilt nur als Zustimmung, wo ein Gesetz es sagt/,
    at: 'silence: zustimmung',
  },
  {
    name: 'a consultee asked for by a name that no field has',
    of: 'baugenehmigung',
    file: 'process.yaml',
    change: [['when: "monument = true"', 'when: "denkmal = true"']],
    level: 'error',
    message: /fragt nach «denkmal», das es im Formular nicht gibt/,
    at: 'denkmal = true',
  },
  {
    name: 'a display that is shorter than § 3 Abs. 2 BauGB',
    of: 'baugenehmigung',
    file: 'process.yaml',
    change: [
      [
        'participation:\n',
        'participation:\n  publicRounds:\n    - { id: auslegung, name: { de: Auslegung, en: Display, leicht: Aushang }, legalBasis: "§ 3 Abs. 2 BauGB", period: { length: 1, unit: months } }\n',
      ],
    ],
    level: 'error',
    message: /mindestens 30 Tage/,
    at: '§ 3 Abs. 2 BauGB',
  },
];

testPlanted(planted);
