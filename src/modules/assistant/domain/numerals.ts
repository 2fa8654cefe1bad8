/** Number words of German up to 999 999, as a pattern; `ein` alone is an article too, and says nothing. */
const ONES = ['null', 'ein', 'zwei', 'drei', 'vier', 'fünf', 'sechs', 'sieben', 'acht', 'neun'];
const TEENS = ['zehn', 'elf', 'zwölf', 'dreizehn', 'vierzehn', 'fünfzehn', 'sechzehn', 'siebzehn', 'achtzehn', 'neunzehn'];
const TENS = ['zwanzig', 'dreissig', 'vierzig', 'fünfzig', 'sechzig', 'siebzig', 'achtzig', 'neunzig'];

const ONE = `(?:${ONES.slice(1).join('|')})`;
const BELOW_100 = `(?:(?:${ONE}und)?(?:${TENS.join('|').replace('ss', '(?:ß|ss)')})|${TEENS.join('|')}|${ONE})`;
const BELOW_1000 = `(?:${ONE}?hundert(?:und)?${BELOW_100}?|${BELOW_100})`;

/** To be used with the flags `iu`, behind a place where a word begins. */
export const NUMERAL = String.raw`(?!ein(?!\p{L}))(?:${BELOW_1000}?tausend(?:und)?${BELOW_1000}?|${BELOW_1000}|null)(?!\p{L})`;

/** What a word says that `NUMERAL` has found. */
export function numeralValue(word: string): number {
  const plain = word.toLowerCase().replaceAll('ß', 'ss');
  const [before, after] = divided(plain, 'tausend');
  return before === undefined ? below1000(after) : (before === '' ? 1 : below1000(before)) * 1000 + below1000(after);
}

function below1000(word: string): number {
  const [before, after] = divided(word, 'hundert');
  return before === undefined ? below100(after) : (before === '' ? 1 : ONES.indexOf(before)) * 100 + below100(after);
}

function below100(word: string): number {
  if (word === '') return 0;
  const one = ONES.indexOf(word);
  if (one >= 0) return one;
  const teen = TEENS.indexOf(word);
  if (teen >= 0) return 10 + teen;
  const ten = TENS.findIndex((each) => word.endsWith(each));
  const ahead = word.slice(0, word.length - TENS[ten]!.length).replace(/und$/, '');
  return 20 + 10 * ten + (ahead === '' ? 0 : ONES.indexOf(ahead));
}

/** What stands before and behind a word inside of a number word; nothing before: it is not there. */
function divided(word: string, at: string): readonly [string | undefined, string] {
  const index = word.indexOf(at);
  return index < 0 ? [undefined, word] : [word.slice(0, index), word.slice(index + at.length).replace(/^und/, '')];
}
