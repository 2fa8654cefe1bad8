/** Documents of the city's staff: read, kept in collections with rights, cut into passages, searched. */
export { tokensOf } from './domain/tokens.ts';
export { sentencesOf, type Span } from '../../kernel/sentences.ts';
export type { Heading } from './domain/chunk.ts';
export { passagesOf, type PassageSource } from './domain/passages.ts';
export { PassageIndex } from './domain/passage-index.ts';
export type { DocumentFormat, ReadDocument, ReadPage, ReadTable, ReadWarning } from './domain/read-document.ts';
export { readText, type HandedFile, type ReadingPorts } from './application/read-text.ts';
export type { Recognition } from './application/recognition.ts';
export { AvailableTesseract, confinedTesseract, READER_PROGRAM, RECOGNITION_PROGRAM, systemTesseract } from './application/tesseract.ts';
export type { LibraryContext, PassageRanker } from './application/context.ts';
export { CollectionIndexes } from './application/collection-indexes.ts';
export { collectionsFor, makeCollection } from './application/collections.ts';
export { addDocument, documentsOf, readableDocuments, readPages } from './application/documents.ts';
export { searchPassages, type LibraryPassage, type SearchWish } from './application/search-passages.ts';
export { libraryJobs } from './jobs.ts';
export { libraryRoutes } from './http/routes.ts';
