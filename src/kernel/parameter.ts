/** A number of a parameter, and between which bounds a city may set it: for what law or care for people leaves open. */
export interface NumberField {
  readonly label: string;
  readonly unit: string;
  readonly least: number;
  readonly most: number;
  /** Absent: whole numbers alone. */
  readonly fraction?: true;
}

/** Several numbers, each within the bounds, e.g. days of reminders. */
export interface ListField extends NumberField {
  readonly list: true;
}

export interface SwitchField {
  readonly label: string;
  readonly onOff: true;
}

export type ParameterFields = Readonly<Record<string, NumberField | ListField | SwitchField>>;

export type ParameterValue<F extends ParameterFields> = {
  readonly [K in keyof F]: F[K] extends SwitchField ? boolean : F[K] extends ListField ? readonly number[] : number;
};

type AnyValue = Readonly<Record<string, number | boolean | readonly number[]>>;

/** A value from a day on, with who says so. */
export interface ParameterRow<V> {
  /** ISO day. */
  readonly from: string;
  readonly value: V;
  readonly source: string;
}

/** `own`: the city's. */
export interface SetRow<V = AnyValue> extends ParameterRow<V> {
  readonly own: boolean;
}

/**
 * What a city may set without a new release: the rows of the code, and the city's own from the day of its first one. They
 * are set once, before anything is asked; after that a parameter is as constant as the code.
 */
export class Parameter<V extends AnyValue = AnyValue> {
  readonly key: string;
  readonly title: string;
  readonly fields: ParameterFields;
  readonly #builtIn: readonly ParameterRow<V>[];
  #rows: readonly SetRow<V>[] = [];

  constructor(key: string, title: string, fields: ParameterFields, builtIn: readonly ParameterRow<V>[]) {
    this.key = key;
    this.title = title;
    this.fields = fields;
    this.#builtIn = builtIn;
    this.set([]);
  }

  /** Rows in force, the oldest first. */
  rows(): readonly SetRow<V>[] {
    return this.#rows;
  }

  /** The row in force on a day; `undefined` before the first. */
  inForceOn(day: Temporal.PlainDate): SetRow<V> | undefined {
    const iso = day.toString();
    return this.#rows.findLast(({ from }) => from <= iso);
  }

  /** As `inForceOn`; before the first row, the first. */
  rowOn(day: Temporal.PlainDate): SetRow<V> {
    return this.inForceOn(day) ?? this.#rows[0]!;
  }

  on(day: Temporal.PlainDate): V {
    return this.rowOn(day).value;
  }

  /** The city's rows, in any order. */
  set(own: readonly ParameterRow<V>[]): void {
    const rows = own.map((row) => ({ ...row, own: true })).toSorted((a, b) => (a.from < b.from ? -1 : 1));
    const first = rows[0]?.from;
    this.#rows = [...this.#builtIn.filter(({ from }) => first === undefined || from < first).map((row) => ({ ...row, own: false })), ...rows];
  }
}

/** Declares a parameter beside the rule that it belongs to. @param key `module.name` */
export const parameter = <const F extends ParameterFields>(
  key: string,
  title: string,
  fields: F,
  builtIn: readonly ParameterRow<ParameterValue<F>>[],
): Parameter<ParameterValue<F>> => new Parameter(key, title, fields, builtIn);
