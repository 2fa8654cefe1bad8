/** The one licence of what the city publishes of itself: use it for anything, and name the city. */
export const OPEN_LICENCE = 'https://www.govdata.de/dl-de/by-2-0';

/** Where a dataset can be fetched. `fileType` in the EU's list of file types, e.g. `CSV`. */
export interface OpenDistribution {
  readonly url: string;
  readonly title: string;
  readonly fileType: 'CSV' | 'JSON' | 'PDF';
}

/** Data that the city's catalogue names beside the collections of features. They are the city's, under `OPEN_LICENCE`. */
export interface OpenDataset {
  /** Of the page about it. */
  readonly url: string;
  readonly title: string;
  readonly description: string;
  readonly keywords: readonly string[];
  /** Absent: nobody knows. */
  readonly issued?: Temporal.Instant;
  readonly modified: Temporal.Instant;
  readonly distributions: readonly OpenDistribution[];
}
