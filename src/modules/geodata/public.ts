/** The city's data in place: collections of features and what is told about them. */
export type { Collection } from './domain/collection.ts';
