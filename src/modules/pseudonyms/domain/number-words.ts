const ONES = ['null', 'ein', 'zwei', 'drei', 'vier', 'fünf', 'sechs', 'sieben', 'acht', 'neun', 'zehn', 'elf', 'zwölf'];
const TENS = ['', '', 'zwanzig', 'dreißig', 'vierzig', 'fünfzig', 'sechzig', 'siebzig', 'achtzig', 'neunzig'];

/** A number from 1 to 99 in words. */
function below100(n: number): string {
  if (n <= 12) return ONES[n]!;
  if (n < 20) return `${n === 16 ? 'sech' : n === 17 ? 'sieb' : ONES[n - 10]!}zehn`;
  return n % 10 === 0 ? TENS[n / 10]! : `${ONES[n % 10]!}und${TENS[Math.floor(n / 10)]!}`;
}

/** A day as an ordinal without its ending: `siebzehnte`. */
export function ordinalDay(day: number): string {
  const special: Readonly<Record<number, string>> = { 1: 'erste', 3: 'dritte', 7: 'siebte', 8: 'achte' };
  return special[day] ?? `${below100(day)}${day < 20 ? 'te' : 'ste'}`;
}

/** A year from 1100 to 2099 in words, as people say it; others `undefined`. */
export function yearInWords(year: number): string | undefined {
  const [century, rest] = [Math.floor(year / 100), year % 100];
  const tail = rest === 0 ? '' : rest === 1 ? 'eins' : below100(rest);
  if (century === 20) return `zweitausend${tail}`;
  return century >= 11 && century < 20 ? `${below100(century)}hundert${tail}` : undefined;
}
