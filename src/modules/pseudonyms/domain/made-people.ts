import type { KnownParty } from '../../../kernel/language-model.ts';
import { mod97 } from '../../../kernel/check-digits.ts';
import { fileNumber } from '../../../kernel/id.ts';
import { healthCheckDigit, idCardCheckDigit, luhnSum, pensionCheckDigit, taxIdCheckDigit } from './number-checks.ts';

const list = (text: string): readonly string[] => text.trim().split(/\s*;\s*/u);

/** Made of many origins; also names that are ordinary words, short ones, and ones with particles. */
const GIVEN = list(
  `Katharina; Ali; Ayşe; Jürgen; Hans-Peter; Anna Lena; Mehmet; Gül; Nguyễn Thị; Oluwaseun; Małgorzata; Đorđe; Søren; François; José María; An; Li; Bùi; Fatima; Ibrahim; Svetlana; Björn; Käthe; Zoë; Lars; Ingeborg; Mohammed; Aleksandra; Jan; Uwe; Kim; Ngozi; Ömer; Rüdiger; Friederike; Chiara; Łukasz; Nils; Eun-ji; Tom`,
);
const FAMILY = list(
  `Petersen; Yıldız-Öztürk; Müller; Groß; Weiß; Klein; Lang; Fuchs; Ng; Do; Nguyễn; Adeyemi-Okafor; Wiśniewska; Đurić; Sørensen; Lefèvre; García Márquez; Al-Hassan; von der Heide; van den Berg; Schmidt-Rottluff; Kowalczyk; Jäger; Höß; Wolff; Krämer; O'Brien; D'Angelo; Papadopoulos; Ivanova; Hofmann; Schröder; Meyerhoff; Brückner; Çelik; Nowak; Haßlinger; Übelacker; Kim; Stein`,
);
const STREETS = list(
  'Beispielstraße; Lindenallee; Große Bergstraße; Am Markt; Elbchaussee; Müllerweg; Holstenplatz; Schulterblatt; Neuer Wall; Bahrenfelder Chaussee; Fischmarkt; Königstraße',
);
const FIRMS = list(
  'Müller & Söhne Bau GmbH; Yılmaz Tiefbau GmbH & Co. KG; Bürgerverein Musterviertel e. V.; Petersen Gerüste AG; Nordlicht Immobilien UG (haftungsbeschränkt); Kowalczyk Gartenbau KG; Übersee Handel OHG',
);
const FOLDED_LETTERS: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss', ı: 'i', ł: 'l', đ: 'd', ø: 'o' };

export interface MadePerson extends KnownParty {
  readonly givenNames: string;
  readonly familyName: string;
  readonly street: string;
  readonly postalCode: string;
  readonly town: string;
  readonly birthDate: string;
  readonly email: string;
  readonly phone: string;
  readonly identifiers: readonly [string];
}

const pick = <T>(random: () => number, from: readonly T[]): T => from[Math.floor(random() * from.length)]!;
const whole = (random: () => number, least: number, most: number): number => least + Math.floor(random() * (most - least + 1));
const digits = (random: () => number, count: number): string => Array.from({ length: count }, () => whole(random, 0, 9)).join('');
const two = (n: number): string => String(n).padStart(2, '0');
const mailPart = (name: string): string =>
  [...name.toLowerCase()]
    .map((sign) => FOLDED_LETTERS[sign] ?? sign)
    .join('')
    .normalize('NFKD')
    .replaceAll(/[^a-z-]/gu, '');

export function madePerson(random: () => number, role: string): MadePerson {
  const [givenNames, familyName] = [pick(random, GIVEN), pick(random, FAMILY)];
  return {
    role,
    givenNames,
    familyName,
    street: `${pick(random, STREETS)} ${whole(random, 1, 199)}${random() < 0.2 ? 'a' : ''}`,
    postalCode: `22${digits(random, 3)}`,
    town: 'Hamburg',
    birthDate: `${whole(random, 1935, 2007)}-${two(whole(random, 1, 12))}-${two(whole(random, 1, 28))}`,
    email: `${mailPart(givenNames)}.${mailPart(familyName)}@example.org`,
    phone: `+49 40 ${whole(random, 2, 9)}${digits(random, 6)}`,
    identifiers: [`HH-${pick(random, ['KP', 'AB', 'XY', 'J'])} ${whole(random, 10, 9999)}`],
  };
}

export const madeFirm = (random: () => number): KnownParty => ({ role: 'Bauherrin', organisation: pick(random, FIRMS) });

const LETTERS = 'CFGHJKLMNPRTVWXYZ';

/** Numbers with right check digits, of nobody. */
export const MADE_NUMBERS = {
  iban: (random: () => number): string => {
    const account = digits(random, 18);
    return `DE${two(98 - mod97(`${account}DE00`))}${account}`;
  },
  'tax-id': (random: () => number): string => {
    for (;;) {
      const order = [...'0123456789'].sort(() => random() - 0.5);
      const ten = [...order.slice(0, 9), order[whole(random, 0, 8)]!].sort(() => random() - 0.5).join('');
      if (ten[0] !== '0') return `${ten}${taxIdCheckDigit(ten)}`;
    }
  },
  'pension-number': (random: () => number): string => {
    const eleven = `${whole(random, 10, 89)}${two(whole(random, 1, 28))}${two(whole(random, 1, 12))}${digits(random, 2)}${pick(random, [...LETTERS])}${digits(random, 2)}`;
    return `${eleven}${pensionCheckDigit(eleven)}`;
  },
  'health-insurance-number': (random: () => number): string => {
    const nine = `${pick(random, [...LETTERS])}${digits(random, 8)}`;
    return `${nine}${healthCheckDigit(nine)}`;
  },
  card: (random: () => number): string => {
    const start = `4${digits(random, 14)}`;
    return `${start}${(10 - (luhnSum(`${start}0`) % 10)) % 10}`;
  },
  'id-card': (random: () => number): string => {
    const nine = `${pick(random, [...'LMNPRTVWXYZ'])}${digits(random, 2)}${pick(random, [...LETTERS])}${digits(random, 2)}${pick(random, [...LETTERS])}${digits(random, 2)}`;
    return `${nine}${idCardCheckDigit(nine)}`;
  },
  'file-number': (random: () => number): string => fileNumber(pick(random, ['BF', 'HD', 'SN', 'BG', 'BP', 'WN']), 2026, whole(random, 1, 99_999)),
} as const;

export type CheckedNumber = keyof typeof MADE_NUMBERS;
