import { parse, protocol, type messages, type PGlite } from '@electric-sql/pglite';
import { READERS, toParameter } from './values.ts';

/** PGlite's own bytea codec walks byte by byte; files want the fast way (binary in, hex out). */
export const OPTIONS = {
  parsers: { ...READERS, 17: (text: string) => Buffer.from(text.slice(2), 'hex') },
  serializers: { 17: (bytes: unknown) => bytes as string },
};

/** Statements that one connection keeps; the one that was used longest ago goes first. */
const KEPT = 500;

type Reader = (text: string) => unknown;

interface Statement {
  readonly name: string;
  readonly parameterTypes: readonly number[];
  /** What each row holds; empty where the statement answers none. */
  readonly columns: readonly { readonly name: string; readonly read: Reader }[];
}

export interface Answer {
  readonly rows: Record<string, unknown>[];
  /** Of `INSERT 0 3`, `UPDATE 3`, `SELECT 3`: 3; of `EXPLAIN` 0. */
  readonly affectedRows: number;
}

/**
 * Prepared statements on PGlite (PostgreSQL protocol 3.0, extended query): a statement is parsed,
 * described and planned once, and from then on costs one call into the database instead of five.
 */
export class PgliteStatements {
  readonly #pglite: PGlite;
  readonly #statements = new Map<string, Statement>();
  #made = 0;

  constructor(pglite: PGlite) {
    this.#pglite = pglite;
  }

  /** Runs one statement. @throws DatabaseError as PGlite does */
  async run(text: string, values: readonly unknown[]): Promise<Answer> {
    const statement = this.#statements.get(text) ?? (await this.#prepare(text));
    this.#statements.delete(text);
    this.#statements.set(text, statement); // now the youngest
    const { serialize } = protocol;
    const bound = values.map((value, index) => this.#serialized(value, statement.parameterTypes[index]!));
    const answers = await this.#send([serialize.bind({ statement: statement.name, values: bound }), serialize.execute({}), serialize.sync()]);
    return answerOf(answers, statement);
  }

  /** Begin, commit, rollback. */
  async control(text: string): Promise<void> {
    await this.#send([protocol.serialize.query(text)]);
  }

  /** After a change of tables every statement is parsed anew. */
  async forget(): Promise<void> {
    if (this.#statements.size === 0) return;
    this.#statements.clear();
    await this.control('deallocate all');
  }

  async #prepare(text: string): Promise<Statement> {
    const { serialize } = protocol;
    const name = `k${(this.#made += 1)}`;
    const answers = await this.#send([...this.#dropOldest(), serialize.parse({ name, text }), serialize.describe({ type: 'S', name }), serialize.sync()]);
    const row = answers.find((one): one is messages.RowDescriptionMessage => one.name === 'rowDescription');
    const columns = row?.fields.map((field) => ({ name: field.name, read: this.#readerOf(field.dataTypeID) })) ?? [];
    return { name, parameterTypes: parse.parseDescribeStatementResults(answers), columns };
  }

  #dropOldest(): Uint8Array[] {
    if (this.#statements.size < KEPT) return [];
    const [text, { name }] = this.#statements.entries().next().value!;
    this.#statements.delete(text);
    return [protocol.serialize.close({ type: 'S', name })];
  }

  #readerOf(type: number): Reader {
    return (OPTIONS.parsers as Record<number, Reader>)[type] ?? (this.#pglite.parsers[type] as Reader | undefined) ?? String;
  }

  #serialized(value: unknown, type: number): string | null {
    const given = toParameter(value);
    if (given === null || given === undefined) return null;
    const serializer = (OPTIONS.serializers as Record<number, (value: unknown) => string>)[type] ?? this.#pglite.serializers[type];
    return (serializer ?? plain)(given);
  }

  async #send(parts: readonly Uint8Array[]): Promise<messages.BackendMessage[]> {
    // the driver lends its one connection to one borrower at a time: nobody speaks in between
    return this.#pglite.execProtocolStream(Buffer.concat(parts), { syncToFs: false });
  }
}

/** Texts, numbers and truth values of types that PGlite does not know. */
const plain = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

function answerOf(answers: readonly messages.BackendMessage[], { columns }: Statement): Answer {
  const rows: Record<string, unknown>[] = [];
  let affectedRows = 0;
  for (const one of answers) {
    if (one.name === 'dataRow') rows.push(rowOf((one as messages.DataRowMessage).fields, columns));
    else if (one.name === 'commandComplete') affectedRows = Number(/\d+$/.exec((one as messages.CommandCompleteMessage).text)?.[0] ?? 0);
  }
  return { rows, affectedRows };
}

function rowOf(values: readonly (string | null)[], columns: Statement['columns']): Record<string, unknown> {
  const row: Record<string, unknown> = {};
  for (const [index, { name, read }] of columns.entries()) {
    const value = values[index]!;
    row[name] = value === null ? null : read(value);
  }
  return row;
}
