import { testPlanted, type Planted } from './lint-testing.ts';

const plant = (one: Pick<Planted, 'name' | 'change' | 'message' | 'at'>): Planted => ({ ...one, of: 'baugenehmigung', file: 'xbau.yaml', level: 'error' });

testPlanted([
  plant({
    name: 'a field of XBau that the form does not ask',
    change: [['field: description }', 'field: beschreibung }']],
    message: /Das Feld «beschreibung» gibt es in form.yaml nicht/,
    at: 'beschreibung }',
  }),
  plant({
    name: 'a way of saying that does not fit the field',
    change: [['field: volumeCbm, as: number', 'field: volumeCbm, as: address']],
    message: /«address» füllt ein Feld vom Typ address; «volumeCbm» ist vom Typ number/,
    at: 'volumeCbm',
  }),
  plant({
    name: 'a code for a value that the form does not know',
    change: [['{ code: "11", value: neubau }', '{ code: "11", value: abriss }']],
    message: /«project» kennt den Wert «abriss» nicht/,
    at: 'value: abriss',
  }),
  plant({
    name: 'a contact without a channel',
    change: [['field: phone, as: contact, channels: ["02", "03"] }', 'field: phone, as: contact }']],
    message: /gehört «channels»/,
    at: 'field: phone',
  }),
  plant({
    name: 'a document that the form does not have',
    change: [['slot: lageplan', 'slot: lagebild']],
    message: /Die Unterlage «lagebild» gibt es in form.yaml nicht/,
    at: 'lagebild',
  }),
  plant({
    name: 'a Gemarkung that no field asks for',
    change: [['district: gemarkung', 'district: kreis']],
    message: /Die Gemarkung «kreis»/,
    at: 'district: kreis',
  }),
  plant({
    name: 'a path that is none',
    change: [['path: xbau:beantragteAbweichung, field: deviation', 'path: "xbau:beantragteAbweichung[1]", field: deviation']],
    message: /Ein Pfad besteht aus Elementnamen/,
    at: 'beantragteAbweichung[1]',
  }),
]);
