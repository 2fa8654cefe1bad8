import type { KnownParty } from '../../../kernel/language-model.ts';
import { madeFirm, madePerson, MADE_NUMBERS, type CheckedNumber, type MadePerson } from './made-people.ts';
import { doubled, lost, misread, misreadDigit, split } from './ocr-noise.ts';
import type { MaskedClass } from './spans.ts';

/** What must not stay in a letter, and how it was written. */
export interface Label {
  readonly start: number;
  readonly end: number;
  readonly what: MaskedClass;
  /** `party`: known from the case; `number`: has a check digit; `rule`: known to nobody. */
  readonly group: 'party' | 'number' | 'rule';
  readonly damaged: boolean;
}

export interface MadeLetter {
  readonly text: string;
  readonly parties: readonly KnownParty[];
  readonly labels: readonly Label[];
}

/** Numbers that depend on the seed alone (mulberry32, Ettinger, public domain). */
export function numbersFrom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

type Random = () => number;
const pick = <T>(random: Random, from: readonly T[]): T => from[Math.floor(random() * from.length)]!;

/** Writes a letter and remembers where persons stand in it. */
class Writer {
  text = '';
  readonly labels: Label[] = [];
  readonly #random: Random;
  readonly #noise: number;

  constructor(random: Random, noise: number) {
    this.#random = random;
    this.#noise = noise;
  }

  say(text: string): this {
    this.text += text;
    return this;
  }

  name(written: string, what: MaskedClass, group: Label['group'], damage: (text: string, random: Random) => string = (text) => text): this {
    const after = this.#random() < this.#noise ? damage(written, this.#random) : written;
    this.labels.push({ start: this.text.length, end: this.text.length + after.length, what, group, damaged: after !== written });
    return this.say(after);
  }
}

const MONTHS = ['Januar', 'Februar', 'März', 'April', 'Mai', 'Juni', 'Juli', 'August', 'September', 'Oktober', 'November', 'Dezember'];

function writtenDay(iso: string, random: Random): string {
  const { year, month, day } = Temporal.PlainDate.from(iso);
  const two = (n: number): string => String(n).padStart(2, '0');
  return pick(random, [
    `${two(day)}.${two(month)}.${year}`,
    `${day}.${month}.${year}`,
    `${day}.${month}.${two(year % 100)}`,
    `${day}. ${MONTHS[month - 1]!} ${year}`,
    `${day}. ${MONTHS[month - 1]!.slice(0, 3)}. ${year}`,
    iso,
    `${two(day)}/${two(month)}/${year}`,
  ]);
}

const german = (text: string): string =>
  text
    .replaceAll('ä', 'ae')
    .replaceAll('ö', 'oe')
    .replaceAll('ü', 'ue')
    .replaceAll('Ä', 'Ae')
    .replaceAll('Ö', 'Oe')
    .replaceAll('Ü', 'Ue')
    .replaceAll('ß', 'ss');
const plainLetters = (text: string): string => text.normalize('NFKD').replaceAll(/\p{M}/gu, '');

/** A name in one of the forms that letters hold. */
function writtenName({ givenNames, familyName }: MadePerson, random: Random): string {
  const [first] = givenNames.split(/[\s-]/u);
  const form = pick(random, [
    `${givenNames} ${familyName}`,
    `${familyName}, ${givenNames}`,
    `${first} ${familyName}`,
    `Dr. ${familyName}`,
    `${givenNames[0]!}. ${familyName}`,
    `${familyName} ${first}`,
  ]);
  return pick(random, [form, form, form, form.toUpperCase(), german(form), plainLetters(form)]);
}

/** Damage in the bounds that the README names: names of four letters and more, one mistake. */
const damagedName = (text: string, random: Random): string => pick(random, [misread, misread, lost, doubled, split])(text, random);

const TOPICS = [
  'die Fällung einer Linde',
  'einen Bewohnerparkausweis',
  'die Anmeldung eines Hundes',
  'eine Sondernutzung des Gehwegs',
  'die Baugenehmigung für einen Anbau',
  'eine Wohnraumschutznummer',
];
const CALM = [
  'Der Antrag ist vollständig und wird geprüft.',
  'An der Grenze des Grundstücks steht eine alte Linde; sie ist klein und schief.',
  'Die Frist endet am 3. Juni 2026. Sie können sie verlängern lassen.',
  'Nach § 24 Abs. 2 VwVfG ermittelt die Behörde den Sachverhalt von Amts wegen.',
  'Die Gebühr beträgt 125,50 Euro und ist bis zum 30. Juni 2026 zu zahlen.',
  'Wir bitten um Verständnis, dass die Prüfung bis zu sechs Wochen dauern kann.',
];

const grouped = (text: string, size: number): string => text.replaceAll(new RegExp(`(.{${size}})(?=.)`, 'gu'), '$1 ');

const KEYWORDS: Readonly<Record<CheckedNumber, readonly string[]>> = {
  iban: ['IBAN: ', 'Bitte überweisen Sie auf das Konto '],
  'tax-id': ['Steuer-ID: ', 'steuerliche Identifikationsnummer '],
  'pension-number': ['Rentenversicherungsnummer ', 'RVNR: '],
  'health-insurance-number': ['Krankenversichertennummer ', 'Versichertennummer: '],
  card: ['Kreditkarte ', 'Kartennummer: '],
  'id-card': ['Personalausweisnummer ', 'Ausweisnummer: '],
  'file-number': ['Aktenzeichen ', 'Az. '],
};

function writtenNumber(kind: CheckedNumber, number: string, random: Random): string {
  if (kind === 'iban' || kind === 'card') return random() < 0.7 ? grouped(number, 4) : number;
  if (kind === 'tax-id' && random() < 0.5) return `${number.slice(0, 2)} ${number.slice(2, 5)} ${number.slice(5, 8)} ${number.slice(8)}`;
  if (kind === 'pension-number' && random() < 0.5) return `${number.slice(0, 2)} ${number.slice(2, 8)} ${number.slice(8, 9)} ${number.slice(9)}`;
  return number;
}

/** One letter: parties of a case, numbers, people nobody knows; `noise` is the share of places a scanner damages. */
function madeLetter(random: Random, noise: number): MadeLetter {
  const [applicant, neighbour, firm] = [madePerson(random, 'Antragsteller'), madePerson(random, 'Nachbarin'), madeFirm(random)];
  const letter = new Writer(random, noise);
  letter.name(`${applicant.givenNames} ${applicant.familyName}`, 'person', 'party', damagedName).say('\n');
  letter.name(applicant.street, 'address', 'party', misread).say('\n').name(applicant.postalCode, 'address', 'party').say(' Hamburg\n\n');
  letter.say(`Sehr geehrte Frau `).name(applicant.familyName, 'person', 'party', damagedName);
  letter.say(`,\n\nSie haben ${pick(random, TOPICS)} beantragt. ${pick(random, CALM)}\n`);
  letter.say('Ihre Angaben: ').name(writtenName(applicant, random), 'person', 'party', damagedName);
  letter.say(', geboren am ').name(writtenDay(applicant.birthDate, random), 'birth-date', 'party', misreadDigit);
  letter
    .say(', Telefon ')
    .name(pick(random, [applicant.phone, applicant.phone.replace('+49 ', '0'), applicant.phone.replace('+49 40 ', '040/')]), 'phone', 'party', misreadDigit);
  letter.say(', E-Mail ').name(applicant.email, 'email', 'party', misread).say(', Kennzeichen ').name(applicant.identifiers[0], 'identifier', 'party');
  letter.say(`. ${pick(random, CALM)}\nDie Nachbarin `).name(writtenName(neighbour, random), 'person', 'party', damagedName);
  letter
    .say(' hat Einwände. ')
    .name(genitive(neighbour.familyName), 'person', 'party')
    .say(' Schreiben liegt bei. Auch ')
    .name(firm.organisation!, 'organisation', 'party', misread);
  letter.say(` ist beteiligt.\n${pick(random, CALM)}\n`);
  for (const kind of Object.keys(KEYWORDS) as CheckedNumber[]) {
    // a damaged number is found near its word only
    const announced = random() < 0.6;
    letter
      .say(announced ? pick(random, KEYWORDS[kind]) : 'Angegeben ist ')
      .name(writtenNumber(kind, MADE_NUMBERS[kind](random), random), kind, 'number', announced ? misreadDigit : undefined);
    letter.say('. ');
  }
  unknownPeople(letter, random);
  return { text: letter.text, parties: [applicant, neighbour, firm], labels: letter.labels };
}

/** What only rules can find. */
function unknownPeople(letter: Writer, random: Random): void {
  const [clerk, witness] = [madePerson(random, ''), madePerson(random, '')];
  letter.say(`\n\nHerr `).name(witness.familyName, 'person', 'rule').say(` wohnt in der Nähe; erreichbar unter `).name(witness.phone, 'phone', 'rule');
  letter
    .say(' oder ')
    .name(witness.email, 'email', 'rule')
    .say(', Auto ')
    .name(`HH-${pick(random, ['ZZ', 'QA'])} ${Math.floor(random() * 8999) + 1000}`, 'plate', 'rule');
  letter.say(', geb. am ').name('12.03.1971', 'birth-date', 'rule').say('. Ort: ').name('53.55110, 9.99370', 'coordinates', 'rule');
  letter.say(', Anschrift: ').name(`Kieler Straße ${Math.floor(random() * 200) + 1}, 22525 Hamburg`, 'address', 'rule');
  letter.say('.\n\nMit freundlichen Grüßen\n').name(`${clerk.givenNames} ${clerk.familyName}`, 'person', 'rule').say('\n');
}

const genitive = (name: string): string => (/[sßxz]$/u.test(name) ? `${name}'` : `${name}s`);

/** Letters of the administration with all that must be masked in them; the same seed makes the same letters. */
export function madeLetters(seed: number, count: number, noise: number): MadeLetter[] {
  const random = numbersFrom(seed);
  return Array.from({ length: count }, () => madeLetter(random, noise));
}
