/** Minutes a code works, and how often it may be typed wrong. */
export const CODE_MINUTES = 10;
export const CODE_TRIES = 5;
/** Codes that one account, or one number, may ask for in an hour. */
export const CODES_AN_HOUR = 3;
/** What holds for codes from a day on. */
interface CodeRules {
  readonly from: string;
  /** Codes that the whole city sends in a day: more are no people, and each costs. */
  readonly perDay: number;
  /** What a number must begin with. Messages to other ranges cost many times as much, which whoever earns from them knows. */
  readonly prefixes: readonly string[];
  readonly source: string;
}

/** Whoever changes it adds a row; the last one whose day has come holds. */
const CODE_RULES: readonly CodeRules[] = [
  {
    from: '2026-01-01',
    perDay: 2000,
    prefixes: ['+4915', '+49160', '+49162', '+49163', '+4917'],
    source: 'Festlegung der Stadt; Rufnummern der Mobilfunkdienste nach dem Nummernplan der Bundesnetzagentur, Wortlaut nicht geprüft',
  },
];

export const codeRules = (day: Temporal.PlainDate, rules = CODE_RULES): Omit<CodeRules, 'from'> =>
  rules.findLast(({ from }) => from <= day.toString()) ?? rules[0]!;

/** Whether the city sends codes there. */
export const takesCodes = (number: string, { prefixes }: Pick<CodeRules, 'prefixes'>): boolean => prefixes.some((prefix) => number.startsWith(prefix));

/** SMS to one account in 24 hours; what is beyond goes by mail. */
export const SMS_A_DAY = 10;

/** A number as the network knows it (E.164), from how people write it; German ones without +49 too. @returns `undefined` for none */
export function readPhone(typed: string): string | undefined {
  const text = typed.trim();
  if (!/^[+\d][\d\s()/.-]*$/.test(text)) return undefined;
  const digits = text.replace(/\(0\)/g, '').replace(/\D/g, '');
  const full = text.startsWith('+') ? digits : digits.startsWith('00') ? digits.slice(2) : digits.startsWith('0') ? `49${digits.slice(1)}` : undefined;
  return full !== undefined && /^[1-9]\d{7,14}$/.test(full) ? `+${full}` : undefined;
}

/** The number with its middle hidden, for pages. */
export const hidden = (number: string): string => `${number.slice(0, 5)} … ${number.slice(-3)}`;

/** The number as the demo keeps it: enough to know one's own again. */
export const lastTwo = (number: string): string => `… ${number.slice(-2)}`;

/** Six digits, from a random number below a million. */
export const codeOf = (random: number): string => String(random).padStart(6, '0');

/** What was typed as a code. */
export const readCode = (typed: string): string | undefined => /^\d{6}$/.exec(typed.replace(/\s/g, ''))?.[0];
