/** Whose procedure law applies: the federation's VwVfG or Hamburg's HmbVwVfG. */
export type RegimeKey = 'bund' | 'hh';
export const REGIMES: readonly RegimeKey[] = ['bund', 'hh'];

/** A value that a legislator has set, from a day on, with its source. */
export interface Dated<T> {
  readonly value: T;
  /** ISO day; the version in force on the deciding day applies. */
  readonly validFrom: string;
  readonly source: string;
  /** False where the text in force could not be checked; results then say so. */
  readonly verified: boolean;
  readonly note?: string;
}

/** Parameters of legal time that legislators change. */
export interface Regime {
  readonly key: RegimeKey;
  readonly name: string;
  readonly postFictionDays: readonly Dated<number>[];
  readonly postfachFictionDays: readonly Dated<number>[];
  readonly remedyMonths: readonly Dated<number>[];
  readonly remedyMonthsWithoutInstruction: readonly Dated<number>[];
  readonly reinstatementWeeks: readonly Dated<number>[];
}

const WITHOUT_CHANGE = '1977-01-01';

/** VwGO is federal law and applies in both regimes. */
const REMEDY: Pick<Regime, 'remedyMonths' | 'remedyMonthsWithoutInstruction' | 'reinstatementWeeks'> = {
  remedyMonths: [{ value: 1, validFrom: WITHOUT_CHANGE, source: '§ 70 Abs. 1 VwGO', verified: true }],
  remedyMonthsWithoutInstruction: [{ value: 12, validFrom: WITHOUT_CHANGE, source: '§ 70 Abs. 2, § 58 Abs. 2 VwGO', verified: true }],
  reinstatementWeeks: [{ value: 2, validFrom: WITHOUT_CHANGE, source: '§ 70 Abs. 2, § 60 Abs. 2 VwGO', verified: true }],
};

const BUND: Regime = {
  key: 'bund',
  name: 'Verwaltungsverfahrensgesetz (Bund)',
  postFictionDays: [
    { value: 3, validFrom: WITHOUT_CHANGE, source: '§ 41 Abs. 2 VwVfG a. F.', verified: true },
    { value: 4, validFrom: '2025-01-01', source: '§ 41 Abs. 2 VwVfG', verified: true },
  ],
  postfachFictionDays: [
    { value: 3, validFrom: '2020-12-10', source: '§ 9 Abs. 1 Satz 3 OZG a. F.', verified: true },
    {
      value: 4,
      validFrom: '2024-07-24',
      source: '§ 9 Abs. 1 OZG',
      verified: false,
      note: 'Die Quellen widersprechen sich: mehrere nennen den vierten Tag, die Sammlung buzer.de gibt für diese Fassung den dritten wieder.',
    },
  ],
  ...REMEDY,
};

const HAMBURG: Regime = {
  key: 'hh',
  name: 'Hamburgisches Verwaltungsverfahrensgesetz',
  postFictionDays: [
    { value: 3, validFrom: WITHOUT_CHANGE, source: '§ 41 Abs. 2 HmbVwVfG a. F.', verified: true },
    {
      value: 4,
      validFrom: '2025-05-14',
      source: '§ 41 Abs. 2 HmbVwVfG',
      verified: false,
      note: 'Zwölftes Änderungsgesetz vom 05.05.2025 (HmbGVBl. S. 338, verkündet am 13.05.2025): nur aus zweiter Hand belegt.',
    },
  ],
  postfachFictionDays: [
    { value: 3, validFrom: '2023-03-18', source: '§ 41 Abs. 2b HmbVwVfG (2023)', verified: true },
    {
      value: 4,
      validFrom: '2025-05-14',
      source: '§ 41 Abs. 2b HmbVwVfG',
      verified: false,
      note: 'Zwölftes Änderungsgesetz vom 05.05.2025 (HmbGVBl. S. 338, verkündet am 13.05.2025): nur aus zweiter Hand belegt.',
    },
  ],
  ...REMEDY,
};

const ALL: Readonly<Record<RegimeKey, Regime>> = { bund: BUND, hh: HAMBURG };

/** The regime by its key. */
export const regimeOf = (key: RegimeKey): Regime => ALL[key];

/** The version in force on `day`; `undefined` before the first. */
export function inForce<T>(versions: readonly Dated<T>[], day: Temporal.PlainDate): Dated<T> | undefined {
  return versions.findLast((version) => Temporal.PlainDate.compare(Temporal.PlainDate.from(version.validFrom), day) <= 0);
}
