/** Documents of the city's staff: read, kept in collections with rights, cut into passages, searched. */
export { tokensOf } from './domain/tokens.ts';
export { sentencesOf, type Span } from './domain/sentences.ts';
export type { Heading } from './domain/chunk.ts';
export { passagesOf, type PassageSource } from './domain/passages.ts';
export { PassageIndex } from './domain/passage-index.ts';
export type { DocumentFormat, ReadDocument, ReadPage, ReadTable, ReadWarning } from './domain/read-document.ts';
export { MAX_FILE_MEGABYTES, MAX_PAGES, readText, type HandedFile, type ReadingPorts } from './application/read-text.ts';
export type { Recognition } from './application/recognition.ts';
export { confinedTesseract, READER_PROGRAM, RECOGNITION_PROGRAM, systemTesseract } from './application/tesseract.ts';
