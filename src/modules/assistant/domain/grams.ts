const UMLAUTS: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss' };
/** Four signs find parts of German compounds without a dictionary. */
const LENGTH = 4;

/** The words of a text in one spelling: small, umlauts written out. */
export const wordsOf = (text: string): string[] =>
  text
    .toLowerCase()
    .replaceAll(/[äöüß]/g, (sign) => UMLAUTS[sign]!)
    .match(/[\p{L}\p{N}]+/gu) ?? [];

/** Words that say nothing about what a text is about. */
const EMPTY = new Set(
  (
    'aber alle allem allen aller alles als also am an andere anderen auch auf aus bei beim bin bis bitte da dabei damit dann das dass dem den der des ' +
    'deren dessen die dies diese diesem diesen dieser dieses doch dort du durch ein eine einem einen einer eines er es etwas fuer gibt haben habe hat ' +
    'hatte hier ich ihr ihre ihrem ihren ihrer im in ins ist ja jede jedem jeden jeder kann kein keine koennen koennte man mehr mein meine meinem ' +
    'meinen meiner mich mir mit muss muessen nach nicht noch nur ob oder ohne sehr sein seine sich sie sind so soll sollen sollte sowie ueber um und ' +
    'uns unser unsere unter vom von vor wann war waren warum was weil welche welchem welchen welcher welches wenn wer werden wie wieviel wir wird wo ' +
    'wohin wozu wurde zu zum zur zwischen brauche brauchen darf duerfen mache machen viel'
  ).split(' '),
);

export const carriesMeaning = (word: string): boolean => word.length > 1 && !EMPTY.has(word);

/** The runs of four signs of a word; a shorter word is one run. */
export function gramsOfWord(word: string): string[] {
  if (word.length <= LENGTH) return [word];
  return Array.from({ length: word.length - LENGTH + 1 }, (_, at) => word.slice(at, at + LENGTH));
}

/** How often each run occurs in the words that carry meaning. */
export function gramsOf(text: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const word of wordsOf(text)) {
    if (!carriesMeaning(word)) continue;
    for (const gram of gramsOfWord(word)) counts.set(gram, (counts.get(gram) ?? 0) + 1);
  }
  return counts;
}
