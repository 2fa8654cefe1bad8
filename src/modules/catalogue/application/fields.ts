import type { FieldProblem } from '../../../kernel/problem.ts';
import type { Field } from '../domain/form.ts';

export type Lang = 'de' | 'en' | 'leicht';

/** Raw text inputs of one field, by suffix: `''` for plain fields, `.street`, `.lon` … for composed ones. */
export type RawField = (suffix: string) => string | undefined;

/** A value read from raw text: what is kept, and what is wrong with it. */
export interface ReadValue {
  readonly value: unknown;
  readonly message?: string;
}

const say = (lang: Lang, de: string, en: string, leicht: string): string => (lang === 'en' ? en : lang === 'leicht' ? leicht : de);

/** Rough box around Hamburg; the districts decide exactly. */
const HAMBURG = { west: 9.6, east: 10.4, south: 53.35, north: 53.8 };

/** Reads one field from what was typed. What cannot be read is kept as typed, with a plain sentence. */
export function readField(field: Field, raw: RawField, lang: Lang, today: Temporal.PlainDate, all: readonly string[] = []): ReadValue {
  const text = (raw('') ?? '').trim();
  switch (field.type) {
    case 'address':
      return readAddress(raw, lang);
    case 'position':
      return readPosition(raw, lang);
    case 'choices':
      return { value: field.options.map((option) => option.value).filter((value) => all.includes(value)) };
    case 'file':
      return { value: undefined };
    case 'confirm':
      return { value: text === 'ja' ? true : undefined };
    default:
      return text === '' ? { value: undefined } : readText(field, text, lang, today);
  }
}

function readText(field: Exclude<Field, { type: 'address' }>, text: string, lang: Lang, today: Temporal.PlainDate): ReadValue {
  switch (field.type) {
    case 'number':
      return readNumber(field, text, lang);
    case 'date':
      return readDate(field, text, lang, today);
    case 'choice':
      return field.options.some((option) => option.value === text) ? { value: text } : { value: undefined };
    case 'yes-no':
      return { value: text === 'ja' ? true : text === 'nein' ? false : undefined };
    case 'plate':
      return /^[A-ZÄÖÜ]{1,3}[- ]?[A-Z]{1,2}[- ]?[1-9]\d{0,3}[EH]?$/i.test(text)
        ? { value: text.toUpperCase().replace(/^([A-ZÄÖÜ]{1,3})[- ]([A-Z]{1,2})[- ]?/, '$1-$2 ') }
        : {
            value: text,
            message: say(
              lang,
              'Schreiben Sie das Kennzeichen wie auf dem Schild, zum Beispiel HH-AB 123.',
              'Write the plate as it is shown, for example HH-AB 123.',
              'Schreiben Sie das Kennzeichen so: HH-AB 123.',
            ),
          };
    default:
      return readPlain(field, text, lang);
  }
}

function readPlain(field: Field, text: string, lang: Lang): ReadValue {
  const maxLength = ('maxLength' in field ? field.maxLength : undefined) ?? (field.type === 'textarea' ? 3000 : 200);
  if (text.length > maxLength) {
    return {
      value: text,
      message: say(
        lang,
        `Der Text ist zu lang. Kürzen Sie ihn auf ${maxLength} Zeichen.`,
        `The text is too long. Shorten it to ${maxLength} characters.`,
        `Der Text ist zu lang. Es passen ${maxLength} Zeichen hinein.`,
      ),
    };
  }
  if (field.type === 'email' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text)) {
    return {
      value: text,
      message: say(
        lang,
        'Prüfen Sie die E-Mail-Adresse. Sie braucht ein @ und einen Punkt.',
        'Check the e-mail address. It needs an @ and a dot.',
        'Die E-Mail-Adresse stimmt nicht. Sie braucht ein @ und einen Punkt.',
      ),
    };
  }
  if ('pattern' in field && field.pattern !== undefined && !new RegExp(`^(?:${field.pattern})$`, 'u').test(text)) {
    return {
      value: text,
      message: field.patternMessage?.[lang] ?? say(lang, 'Prüfen Sie die Schreibweise.', 'Check the spelling.', 'Prüfen Sie, wie es geschrieben ist.'),
    };
  }
  return { value: text };
}

function readNumber(field: Extract<Field, { type: 'number' }>, text: string, lang: Lang): ReadValue {
  const number = /^-?\d{1,9}([.,]\d{1,4})?$/.test(text) ? Number(text.replace(',', '.')) : NaN;
  const good = Number.isFinite(number) && number >= field.min && number <= field.max && (!field.integer || Number.isInteger(number));
  if (good) return { value: number };
  const unit = field.unit === undefined ? '' : ` ${field.unit}`;
  return {
    value: text,
    message: say(
      lang,
      `Geben Sie eine Zahl von ${field.min} bis ${field.max}${unit} ein.`,
      `Enter a number from ${field.min} to ${field.max}${unit}.`,
      `Schreiben Sie eine Zahl. Sie muss zwischen ${field.min} und ${field.max}${unit} sein.`,
    ),
  };
}

/** Reads `24.11.2026` and `2026-11-24`; a day that does not exist is refused. */
export function readDayText(text: string): Temporal.PlainDate | undefined {
  const german = /^(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})$/.exec(text);
  const iso = german === null ? text : `${german[3]}-${german[2]!.padStart(2, '0')}-${german[1]!.padStart(2, '0')}`;
  if (!/^\d{4}-\d{2}-\d{2}$/.test(iso)) return undefined;
  try {
    return Temporal.PlainDate.from(iso, { overflow: 'reject' });
  } catch {
    return undefined;
  }
}

function readDate(field: Extract<Field, { type: 'date' }>, text: string, lang: Lang, today: Temporal.PlainDate): ReadValue {
  const day = readDayText(text);
  if (day === undefined) {
    return {
      value: text,
      message: say(
        lang,
        'Geben Sie einen Tag an, den es gibt, zum Beispiel 24.11.2026.',
        'Enter a day that exists, for example 24.11.2026.',
        'Dieses Datum gibt es nicht. Schreiben Sie es so: 24.11.2026.',
      ),
    };
  }
  const bound = (limit: string | undefined) => (limit === undefined ? undefined : limit === 'today' ? today : Temporal.PlainDate.from(limit));
  const min = bound(field.min);
  const max = bound(field.max);
  const early = min !== undefined && Temporal.PlainDate.compare(day, min) < 0;
  const late = max !== undefined && Temporal.PlainDate.compare(day, max) > 0;
  if (!early && !late) return { value: day.toString() };
  return {
    value: day.toString(),
    message: early
      ? say(
          lang,
          'Dieser Tag liegt zu früh. Wählen Sie einen späteren.',
          'This day is too early. Choose a later one.',
          'Dieser Tag ist zu früh. Wählen Sie einen späteren Tag.',
        )
      : say(
          lang,
          'Dieser Tag liegt zu spät. Wählen Sie einen früheren.',
          'This day is too late. Choose an earlier one.',
          'Dieser Tag ist zu spät. Wählen Sie einen früheren Tag.',
        ),
  };
}

/** A postal address. */
export interface Address {
  readonly street: string;
  readonly houseNumber: string;
  readonly postcode: string;
  readonly place: string;
}

function readAddress(raw: RawField, lang: Lang): ReadValue {
  const part = (name: string): string => (raw(`.${name}`) ?? '').trim();
  const address: Address = { street: part('street'), houseNumber: part('houseNumber'), postcode: part('postcode'), place: part('place') };
  const parts = Object.values(address);
  if (parts.every((text) => text === '')) return { value: undefined };
  if (parts.some((text) => text === '' || text.length > 100)) {
    return {
      value: address,
      message: say(
        lang,
        'Füllen Sie Straße, Hausnummer, Postleitzahl und Ort aus.',
        'Fill in street, house number, postcode and town.',
        'Schreiben Sie Straße, Haus-Nummer, Post-Leit-Zahl und Ort.',
      ),
    };
  }
  if (!/^\d{5}$/.test(address.postcode)) {
    return { value: address, message: say(lang, 'Die Postleitzahl hat fünf Ziffern.', 'The postcode has five digits.', 'Die Post-Leit-Zahl hat 5 Ziffern.') };
  }
  return { value: address };
}

function readPosition(raw: RawField, lang: Lang): ReadValue {
  const lonText = (raw('.lon') ?? '').trim();
  const latText = (raw('.lat') ?? '').trim();
  if (lonText === '' && latText === '') return { value: undefined };
  const lon = Number(lonText.replace(',', '.'));
  const lat = Number(latText.replace(',', '.'));
  if (lonText === '' || latText === '' || !Number.isFinite(lon) || !Number.isFinite(lat)) {
    return {
      value: { lon: lonText, lat: latText },
      message: say(
        lang,
        'Geben Sie beide Koordinaten als Zahl ein, zum Beispiel 9,9937 und 53,5511.',
        'Enter both coordinates as numbers, for example 9.9937 and 53.5511.',
        'Klicken Sie auf die Karte. Oder schreiben Sie beide Zahlen.',
      ),
    };
  }
  const rounded = { lon: Math.round(lon * 1e6) / 1e6, lat: Math.round(lat * 1e6) / 1e6 };
  const inside = lon >= HAMBURG.west && lon <= HAMBURG.east && lat >= HAMBURG.south && lat <= HAMBURG.north;
  if (inside) return { value: rounded };
  return {
    value: rounded,
    message: say(
      lang,
      'Dieser Ort liegt nicht in Hamburg. Wählen Sie den Ort auf der Karte neu.',
      'This place is not in Hamburg. Choose the place on the map again.',
      'Dieser Ort ist nicht in Hamburg. Wählen Sie den Ort neu.',
    ),
  };
}

/** A text or number as text; nothing else has a form that a person typed. */
export function scalarText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined;
}

/** The raw inputs that would give this stored value: to show it again, and to check it again. */
export function rawOf(value: unknown): RawField {
  return (suffix) => {
    if (value === undefined || value === null) return undefined;
    if (suffix !== '') {
      const part = (value as Record<string, unknown>)[suffix.slice(1)];
      return scalarText(part);
    }
    if (value === true) return 'ja';
    if (value === false) return 'nein';
    return scalarText(value);
  };
}

/** The sentence for a required field left empty. */
export function missingMessage(field: Field, lang: Lang): string {
  if (field.type === 'file')
    return say(lang, `Laden Sie die Datei hoch: ${field.label.de}`, `Upload the file: ${field.label.en}`, `Laden Sie die Datei hoch: ${field.label.leicht}`);
  if (field.type === 'position')
    return say(
      lang,
      'Wählen Sie den Ort auf der Karte oder geben Sie Koordinaten ein.',
      'Choose the place on the map or enter coordinates.',
      'Klicken Sie auf die Karte.',
    );
  if (field.type === 'choice' || field.type === 'yes-no')
    return say(lang, `Wählen Sie eine Antwort: ${field.label.de}`, `Choose an answer: ${field.label.en}`, `Wählen Sie eine Antwort: ${field.label.leicht}`);
  if (field.type === 'confirm')
    return say(lang, 'Bestätigen Sie diesen Satz, um weiterzugehen.', 'Confirm this sentence to go on.', 'Machen Sie hier ein Häkchen.');
  return say(
    lang,
    `Füllen Sie dieses Feld aus: ${field.label.de}`,
    `Fill in this field: ${field.label.en}`,
    `Schreiben Sie etwas in dieses Feld: ${field.label.leicht}`,
  );
}

/** The sentence for a list longer than the form allows. */
export function tooManyMessage(max: number, lang: Lang): string {
  return say(
    lang,
    `Hier passen höchstens ${max} Einträge in einen Antrag. Stellen Sie für weitere einen neuen Antrag.`,
    `One application takes at most ${max} entries. Make a new application for more.`,
    `Hier passen ${max} Einträge. Für mehr stellen Sie einen neuen Antrag.`,
  );
}

/** A problem at a field, item fields with their place: `trees.1.circumferenceCm`. */
export function problemAt(path: string, message: string): FieldProblem {
  return { field: path, message };
}
