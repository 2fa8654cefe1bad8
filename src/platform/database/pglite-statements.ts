import { parse, protocol, type messages, type PGlite } from '@electric-sql/pglite';
import { answerIn, type Answer, type Column } from './pglite-rows.ts';
import { READERS, toParameter } from './values.ts';

/** PGlite's own bytea codec walks byte by byte; files want the fast way (binary in, hex out). */
export const OPTIONS = {
  parsers: { ...READERS, 17: (text: string) => Buffer.from(text.slice(2), 'hex') },
  serializers: { 17: (bytes: unknown) => bytes as string },
};

/** Statements that one connection keeps; the one that was used longest ago goes first. */
const KEPT = 500;

interface Statement {
  readonly name: string;
  readonly parameterTypes: readonly number[];
  /** What each row holds; empty where the statement answers none. */
  readonly columns: readonly Column[];
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
    const said: Uint8Array[] = [];
    const asked = Buffer.concat([serialize.bind({ statement: statement.name, values: bound }), serialize.execute({}), serialize.sync()]);
    // what is told is the database's own memory, and holds until the call is over
    await this.#pglite.execProtocolRawStream(asked, { syncToFs: false, onRawData: (bytes) => said.push(bytes.slice()) });
    return answerIn(Buffer.concat(said), statement.columns);
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

  #readerOf(type: number): Column['read'] {
    return (OPTIONS.parsers as Record<number, Column['read']>)[type] ?? (this.#pglite.parsers[type] as Column['read'] | undefined) ?? String;
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
