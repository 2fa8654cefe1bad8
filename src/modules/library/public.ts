/** Documents of the city's staff: read, kept in collections with rights, cut into passages, searched. */
export { tokensOf } from './domain/tokens.ts';
export { sentencesOf, type Span } from './domain/sentences.ts';
export type { Heading } from './domain/chunk.ts';
export { passagesOf, type PassageSource } from './domain/passages.ts';
export { PassageIndex } from './domain/passage-index.ts';
export type { DocumentFormat, ReadDocument, ReadPage, ReadTable, ReadWarning } from './domain/read-document.ts';
