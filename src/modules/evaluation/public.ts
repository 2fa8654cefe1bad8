/** How good search, citations, abstention and texts are, measured on questions that a city asks itself. */
export { isAnswerable, type AbstentionFigures } from './domain/abstention.ts';
export { askedWords } from './domain/asked-words.ts';
export { measureSet, type Searching, type SetFigures, type ShownQuote } from './domain/measure-set.ts';
export { PAGES_FILE, QUESTIONS_FILE, readSet, type QuestionSet, type SetMistake } from './domain/question-set.ts';
export { rankingFigures, type RankingFigures } from './domain/ranking-figures.ts';
export { readabilityFigures, type SetReadability } from './domain/readability.ts';
export { foundByFullText } from './store/german-full-text.ts';
