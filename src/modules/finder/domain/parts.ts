const LONGEST_QUESTION = 2000;
/** More wishes than this nobody reads the answers to. */
const MOST_PARTS = 8;

/** Words a new wish begins with: who wants, what is wanted, or that it comes on top. */
const BEGINS =
  /^(?:ich|wir|er|sie|es|mein|meine|meinen|meinem|meiner|unser|unsere|unseren|unserem|ein|eine|einen|einem|einer|der|die|das|den|habe|haben|hab|brauche|brauchen|will|wollen|möchte|möchten|moechte|muss|müssen|muess?en|suche|plane|planen|außerdem|ausserdem|dazu|dann|auch|noch|wie|wo|was|wann|i|we|he|she|my|our|a|an|the|need|want|have|also|how|where|what)\b/i;
/** What begins like this belongs to the clause before it. */
const BELONGS = /^(?:weil|da|damit|dass|daß|ob|wenn|um|während|waehrend|obwohl|because|that|so|if|when|while|which|who|der|die|das|den|dem|dessen|deren)\b/i;

/**
 * The wishes of a question, each as it was typed. Sentences and lines part; commas do where no subordinate clause
 * follows; «und» does where what follows begins a wish of its own, or where what stands before it was one.
 * @param hasSubject whether a text has a word that may name a Leistung; what has none belongs to its neighbour
 */
export function partsOf(question: string, hasSubject: (text: string) => boolean): string[] {
  const sentences = question.slice(0, LONGEST_QUESTION).split(/(?<=[.!?;])\s+|\n+/);
  const parts = sentences.flatMap((sentence) => joined(clausesOf(sentence), hasSubject));
  return parts.filter(hasSubject).slice(0, MOST_PARTS);
}

/** Pieces of a sentence; each knows whether it only adds to the one before. */
interface Clause {
  readonly text: string;
  readonly belongs: boolean;
}

function clausesOf(sentence: string): Clause[] {
  const commas = sentence.split(/\s*,\s*|\s+[–-]\s+/).map((text) => text.trim());
  return commas.flatMap((text, index) => {
    const belongs = index > 0 && BELONGS.test(text);
    return splitAtAnd(text).map((one, place) => ({ text: one, belongs: belongs && place === 0 }));
  });
}

function splitAtAnd(text: string): string[] {
  const pieces = text.split(/\s+(?:und|and|sowie|oder|or|&|\+)\s+/i);
  const parts: string[] = [];
  for (const piece of pieces) {
    const open = parts.at(-1);
    // «Tische und Stühle» is one wish, «Baum fällen und Garage bauen» are two
    if (open === undefined || BEGINS.test(piece) || (wordsIn(piece) >= 2 && wordsIn(open) >= 2)) parts.push(piece);
    else parts[parts.length - 1] = text.slice(text.indexOf(open), text.indexOf(piece, text.indexOf(open) + open.length) + piece.length);
  }
  return parts.map((part) => part.replace(/^(?:und|and)\s+/i, '').trim()).filter((part) => part !== '');
}

const wordsIn = (text: string): number => text.split(/\s+/).length;

/** Clauses without a subject of their own, and subordinate ones, join the one before. */
function joined(clauses: readonly Clause[], hasSubject: (text: string) => boolean): string[] {
  const parts: string[] = [];
  for (const { text, belongs } of clauses) {
    const before = parts.at(-1);
    if (before !== undefined && (belongs || !hasSubject(text) || !hasSubject(before))) parts[parts.length - 1] = `${before}, ${text}`;
    else parts.push(text);
  }
  return parts;
}
