import { testPlanted, type Planted } from './lint-testing.ts';

const planted: readonly Planted[] = [
  // placeholders
  {
    name: 'a placeholder nobody fills',
    file: 'textbausteine.yaml',
    change: [['{ersatz} standort', '{anzahl} standort']],
    level: 'error',
    message: /«\{anzahl\}» füllt hier niemand.*Möglich: \{ersatz\}/,
    at: '{anzahl}',
  },
  {
    name: 'a placeholder where none is filled',
    file: 'textbausteine.yaml',
    change: [['für die genannten Bäume erteilt', 'für {ersatz} Bäume erteilt']],
    level: 'error',
    message: /ohne Platzhalter/,
    at: 'für {ersatz} Bäume',
  },
  {
    name: 'an open brace',
    file: 'textbausteine.yaml',
    change: [['{ersatz} standort', '{ersatz standort']],
    level: 'error',
    message: /Klammer steht allein/,
    at: '{ersatz standort',
  },
  // ids
  {
    name: 'a field twice',
    file: 'form.yaml',
    change: [['id: familyName, type', 'id: givenName, type']],
    level: 'error',
    message: /«givenName» gibt es zweimal \(Feld\)/,
    at: 'autocomplete: family-name',
  },
  {
    name: 'a field of an item like one of the form',
    file: 'form.yaml',
    change: [
      ['id: inGroup, type', 'id: owner, type'],
      ['condition: "inGroup = true"', 'condition: "owner = true"'],
    ],
    level: 'error',
    message: /«owner» gibt es zweimal/,
    at: 'id: owner, type: yes-no, label: { de: Steht er',
  },
  {
    name: 'an option twice',
    file: 'form.yaml',
    change: [['{ value: buche,', '{ value: eiche,']],
    level: 'error',
    message: /«eiche» gibt es zweimal \(Auswahl\)/,
    at: 'de: Buche',
  },
  {
    name: 'a text block twice',
    file: 'textbausteine.yaml',
    change: [['- id: erhalt', '- id: gefahr']],
    level: 'error',
    message: /«gefahr» gibt es zweimal \(Baustein\)/,
    at: 'id: gefahr\n    title: Erhalt',
  },
  // fields
  {
    name: 'a range upside down',
    file: 'form.yaml',
    change: [['min: 10, max: 2000', 'min: 3000, max: 2000']],
    level: 'error',
    message: /min ist größer als max/,
    at: 'min: 3000',
  },
  {
    name: 'a pattern that is none',
    file: 'form.yaml',
    change: [['pattern: "[0-9]{1,6}(/[0-9]{1,5})?"', 'pattern: "[0-9"']],
    level: 'error',
    message: /Muster ist nicht lesbar/,
    at: 'pattern: "[0-9"',
  },
  {
    name: 'a number in a fixed spelling without help',
    file: 'form.yaml',
    change: [['id: phone, type: tel', 'id: phone, type: text']],
    level: 'warning',
    message: /«phone» hat keine Hilfe/,
    at: 'id: phone',
  },
  // words
  {
    name: 'a text that was not translated',
    file: 'service.yaml',
    change: [['en: Permission to fell a tree', 'en: Baum fällen']],
    level: 'warning',
    message: /auf Deutsch und Englisch gleich/,
    at: 'en: Baum fällen',
  },
  {
    name: 'hard German as Leichte Sprache',
    of: 'bewohnerparkausweis',
    file: 'service.yaml',
    change: [['leicht: Park-Ausweis für Bewohner', 'leicht: Bewohnerparkausweis']],
    level: 'warning',
    message: /keine Leichte Sprache/,
    at: 'leicht: Bewohnerparkausweis',
  },
  // the example
  {
    name: 'an example with a text block that is not there',
    file: 'walk.yaml',
    change: [['nebenbestimmungen: [ersatzpflanzung,', 'nebenbestimmungen: [ersatz,']],
    level: 'error',
    message: /Den Baustein «ersatz» gibt es in textbausteine.yaml nicht/,
    at: 'decision:',
  },
  {
    name: 'an example with an answer nobody asks',
    file: 'walk.yaml',
    change: [['  urgent: false', '  urgent: false\n  wetter: schön']],
    level: 'warning',
    message: /Nach «wetter» fragt keine Seite/,
    at: 'wetter',
  },
  {
    name: 'a key unlike its folder',
    file: 'service.yaml',
    change: [['key: baumfaellung', 'key: baumfall']],
    level: 'error',
    message: /Der Ordner heißt «baumfaellung», die Leistung «baumfall»/,
    at: 'key:',
  },
];

testPlanted(planted);
