import type { SourceDocument, SourceField } from './xdatenfelder-model.ts';
import { common, labels, rule, structure, xdf, xdfCode, xdfText, type XdfWriting } from './xdatenfelder-elements.ts';
import type { XmlNode } from './xml-write.ts';

/** One field with how often it comes. An address or a place is a group of its parts. */
export function fieldStructure(writing: XdfWriting, path: string, field: SourceField): XmlNode {
  const document = documentOf(writing, field);
  const many = `${leastOf(field)}:${field.type === 'choices' ? '*' : (document?.maxCount ?? 1)}`;
  const head = { path, name: field.label.de, marks: marksOf(field, document), fim: field.fim };
  const rules = rulesOf(writing, path, field, document);
  const parts = PARTS[field.type];
  if (parts === undefined) {
    const inner = [...common(writing, { letter: 'F', ...head }), ...labels('RNG', field.label.de, field.help?.de), ...typeOf(field, document)];
    return structure(many, xdf('datenfeld', {}, ...inner, ...optionsOf(field), rules, ...filesOf(document)));
  }
  return structure(
    many,
    xdf(
      'datenfeldgruppe',
      {},
      ...common(writing, { letter: 'G', ...head }),
      ...labels('RNG', field.label.de, field.help?.de),
      rules,
      parts.map((part) => {
        const inner = [...common(writing, { letter: 'F', path: `${path}/${part.name}`, name: part.label, marks: {} }), ...labels('RNG', part.label, undefined)];
        const bounds = xdf('praezisierung', part.bounds);
        return structure(
          '1:1',
          xdf('datenfeld', {}, ...inner, xdfCode('feldart', 'input'), xdfCode('datentyp', part.datentyp), bounds, xdfCode('vorbefuellung', 'keine')),
        );
      }),
    ),
  );
}

const leastOf = ({ condition, required }: SourceField): 0 | 1 => (condition === undefined && required === true ? 1 : 0);
const documentOf = ({ source }: XdfWriting, field: SourceField): SourceDocument | undefined =>
  field.type === 'file' ? source.form.documents.find(({ id }) => id === field.document) : undefined;

interface Part {
  readonly name: string;
  readonly label: string;
  readonly datentyp: string;
  readonly bounds: Readonly<Record<string, string>>;
}
const text = (name: string, label: string, bounds: Readonly<Record<string, string>> = {}): Part => ({
  name,
  label,
  datentyp: 'text_latin',
  bounds: { minLength: '1', maxLength: '100', ...bounds },
});

/** Fields that a form of ours asks as one and the standard as several. */
const PARTS: Readonly<Record<string, readonly Part[] | undefined>> = {
  address: [
    text('street', 'Straße'),
    text('houseNumber', 'Hausnummer'),
    text('postcode', 'Postleitzahl', { maxLength: '5', pattern: '[0-9]{5}' }),
    text('place', 'Ort'),
  ],
  position: [
    { name: 'lon', label: 'Längengrad (WGS 84)', datentyp: 'num', bounds: { minValue: '-180', maxValue: '180' } },
    { name: 'lat', label: 'Breitengrad (WGS 84)', datentyp: 'num', bounds: { minValue: '-90', maxValue: '90' } },
  ],
};

/** Types that the standard does not tell from others. */
const UNTOLD = ['text', 'textarea', 'email', 'tel', 'plate', 'confirm', 'address', 'position'];

function marksOf(field: SourceField, document: SourceDocument | undefined): Readonly<Record<string, string>> {
  const marks: Record<string, string | undefined> = {
    id: field.id,
    type: UNTOLD.includes(field.type) ? field.type : undefined,
    unit: field.unit,
    prefill: field.prefill,
    autocomplete: field.autocomplete,
    mayMatter: field.mayMatter === true ? 'true' : undefined,
    min: field.min === 'today' ? 'today' : undefined,
    max: field.max === 'today' ? 'today' : undefined,
    // a field that is not always asked cannot be 1:1
    required: field.condition !== undefined && field.required === true ? 'true' : undefined,
    document: document?.id,
    documentLabel: document?.label.de,
    documentHelp: document?.help?.de,
  };
  return Object.fromEntries(Object.entries(marks).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}

function typeOf(field: SourceField, document: SourceDocument | undefined): (XmlNode | undefined)[] {
  const select = field.type === 'choice' || field.type === 'choices';
  return [
    xdfCode('feldart', select ? 'select' : 'input'),
    xdfCode('datentyp', datentypOf(field, document)),
    boundsOf(field),
    xdfCode('vorbefuellung', field.prefill === undefined ? 'keine' : 'optional'),
  ];
}

function datentypOf({ type, integer }: SourceField, document: SourceDocument | undefined): string {
  if (document !== undefined) return 'file';
  if (type === 'number') return integer === false ? 'num' : 'num_int';
  if (type === 'date') return 'date';
  if (type === 'yes-no' || type === 'confirm') return 'bool';
  // a code need not be letters of DIN 91379, what people write does
  return type === 'choice' || type === 'choices' ? 'text' : 'text_latin';
}

function boundsOf({ maxLength, pattern, min, max }: SourceField): XmlNode | undefined {
  const bounds: Record<string, string> = {};
  if (maxLength !== undefined) bounds['maxLength'] = String(maxLength);
  if (min !== undefined && min !== 'today') bounds['minValue'] = String(min);
  if (max !== undefined && max !== 'today') bounds['maxValue'] = String(max);
  if (pattern !== undefined) bounds['pattern'] = pattern;
  return Object.keys(bounds).length === 0 ? undefined : xdf('praezisierung', bounds);
}

const optionsOf = ({ options }: SourceField): (XmlNode | undefined)[] =>
  options === undefined
    ? []
    : [
        xdf(
          'werte',
          {},
          options.map(({ value, label }) => xdf('wert', {}, xdfText('code', value), xdfText('name', label.de))),
        ),
      ];

const filesOf = (document: SourceDocument | undefined): (XmlNode | undefined)[] =>
  document === undefined
    ? []
    : [xdfText('maxSize', String(Math.round(document.maxMegabytes * 1_000_000))), ...document.accept.map((type) => xdfText('mediaType', type))];

/** What only a sentence can say: when a field is asked, when it must be filled, what a file must be like. */
function rulesOf(writing: XdfWriting, path: string, field: SourceField, document: SourceDocument | undefined): XmlNode[] {
  const label = field.label.de;
  const written: XmlNode[] = [];
  const add = (kind: string, typ: 'K' | 'V', name: string, sentence: string, script?: string): void =>
    void written.push(rule(writing, { path, kind, typ, name, text: sentence, script }));
  if (field.condition !== undefined) add('condition', 'K', 'Bedingung', `«${label}» wird nur gefragt, wenn gilt (FEEL): ${field.condition}`, field.condition);
  if (typeof field.required === 'string') add('required', 'K', 'Pflicht', `«${label}» ist auszufüllen, wenn gilt (FEEL): ${field.required}`, field.required);
  if (field.patternMessage !== undefined) add('patternMessage', 'V', 'Muster', field.patternMessage.de);
  if (field.min === 'today') add('min', 'V', 'Frühester Tag', `«${label}» liegt nicht vor dem Tag, an dem der Antrag gestellt wird.`);
  if (field.max === 'today') add('max', 'V', 'Spätester Tag', `«${label}» liegt nicht nach dem Tag, an dem der Antrag gestellt wird.`);
  if (document?.checks !== undefined) {
    const checks = JSON.stringify(document.checks);
    add('checks', 'V', 'Technische Regeln der Datei', `Die Datei zu «${label}» erfüllt: ${checks}`, checks);
  }
  return written;
}
