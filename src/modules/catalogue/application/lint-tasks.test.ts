import { testPlanted, type Planted } from './lint-testing.ts';

const file = 'process.yaml';
const planted: readonly Planted[] = [
  {
    name: 'two steps of the examination by one name',
    file,
    change: [['de: Schutz nach § 1 BaumschutzVO prüfen', 'de: Standort und Foto vergleichen']],
    level: 'error',
    message: /Den Prüfschritt «Standort und Foto vergleichen» gibt es zweimal/,
    at: '{ de: Standort und Foto vergleichen, en: Check the protection',
  },
  {
    name: '§ 35a VwVfG: a decision without a person waits for no step of the examination',
    of: 'bewohnerparkausweis',
    file,
    change: [['leicht: Fahrzeug-Schein prüfen }', 'leicht: Fahrzeug-Schein prüfen, required: true }']],
    level: 'error',
    message: /vollautomatische Entscheidung wartet auf keinen Prüfschritt/,
    at: 'true }',
  },
  {
    name: 'a step that the decision waits for and nobody can tick off',
    file,
    change: [
      ['leicht: Schutz prüfen }', 'leicht: Schutz prüfen, required: true }'],
      ['decide, assign, remind, transfer, note, withdraw]', 'decide, assign, remind, transfer, withdraw]'],
      ['suspend, extend, assign, remind, transfer, note, withdraw]', 'suspend, extend, assign, remind, transfer, withdraw]'],
    ],
    level: 'error',
    message: /abhaken kann ihn niemand/,
    at: 'true }',
  },
  {
    name: 'a word that a step of the examination does not know',
    file,
    change: [['leicht: Schutz prüfen }', 'leicht: Schutz prüfen, pflicht: true }']],
    level: 'error',
    message: /pflicht/,
    at: '{ de: Schutz nach § 1',
  },
];

testPlanted(planted);
