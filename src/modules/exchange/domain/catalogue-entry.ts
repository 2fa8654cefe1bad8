/** A text in the three languages of the city. */
export interface EntryWords {
  readonly de: string;
  readonly en: string;
  readonly leicht: string;
}

/** Who is responsible, and how to reach them. */
export interface EntryUnit {
  readonly id: string;
  readonly name: string;
  readonly street: string;
  /** Postcode and town. */
  readonly place: string;
  readonly email: string;
  readonly phone: string;
}

export interface EntryFee {
  readonly label: EntryWords;
  /** Days, `YYYY-MM-DD`; without an end it holds until further notice. */
  readonly validFrom: string;
  readonly validTo?: string | undefined;
  /** Cents of a euro. Equal: one amount, else a frame. */
  readonly minCents: number;
  readonly maxCents: number;
  readonly legalBasis: string;
}

/** What a package says of itself; a package of the catalogue has this shape. */
export interface EntrySource {
  readonly key: string;
  readonly version: string;
  /** 14 digits of the Leistungskatalog (LeiKa). */
  readonly leistungsschluessel: string;
  readonly name: EntryWords;
  readonly summary: EntryWords;
  readonly description: EntryWords;
  readonly needs: readonly EntryWords[];
  readonly situations: readonly string[];
  readonly legalBases: readonly { readonly citation: string; readonly title: string }[];
  readonly authority: { readonly byDistrictOf: string } | { readonly id: string };
  readonly fees: readonly EntryFee[];
  readonly promisedWeeks?: number | undefined;
  readonly process: {
    readonly decisionPeriod?: { readonly length: number; readonly unit: 'days' | 'weeks' | 'months'; readonly legalBasis: string } | undefined;
  };
}

/** A Leistung as the catalogues of others take it. */
export interface CatalogueEntry extends EntrySource {
  readonly units: readonly EntryUnit[];
  /** Address at which the Leistung is applied for. */
  readonly onlineAt: string;
}

/** @param authorities all of the city; those of a district where the place decides, else the one that is named */
export function catalogueEntry(
  source: EntrySource,
  authorities: readonly (EntryUnit & { readonly district?: string | undefined })[],
  publicUrl: string,
): CatalogueEntry {
  const { authority, key } = source;
  const units = authorities.filter(({ id, district }) => ('id' in authority ? id === authority.id : district !== undefined));
  return { ...source, units, onlineAt: `${publicUrl}/leistungen/${key}` };
}
