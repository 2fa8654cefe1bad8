import type { Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { csvRows, readRow, rowsAt } from '../domain/connector-rows.ts';
import type { RestSource } from '../domain/connector.ts';
import { secretOf, type ConnectorContext } from './connector-context.ts';
import { keepRead, type Brought } from './keep-new.ts';

const MOST_BYTES = 10_000_000;
const TIMEOUT_MS = 20_000;
const MOST_ROWS = 100_000;

const unreadable = (detail: string): Problem => ({ kind: 'unavailable', detail });

/** Asks once, and keeps what is new. */
export async function runRest(ctx: ConnectorContext, id: string, source: RestSource): Promise<Result<Brought, Problem>> {
  const secret = secretOf(ctx, source.secret);
  if (!secret.ok) return secret;
  const headers = {
    accept: source.format === 'json' ? 'application/json' : 'text/csv',
    ...(secret.value === undefined ? {} : { [source.header]: `${source.prefix}${secret.value}` }),
  };
  const answer = await ctx.outbound.text(source.url, { maxBytes: MOST_BYTES, timeoutMs: TIMEOUT_MS, headers });
  if (!answer.ok) return answer;
  const rows = readRows(answer.value.text, source);
  if (typeof rows === 'string') return refuse(unreadable(rows));
  if (rows.length > MOST_ROWS)
    return refuse(unreadable(`Die Antwort hat mehr als ${MOST_ROWS.toLocaleString('de-DE')} Zeilen. Schränken Sie die Adresse ein.`));
  const now = ctx.clock();
  const read = rows.map((row) => readRow(row, source.mapping, now));
  return ok(await keepRead(ctx, id, source.mapping.property, read));
}

function readRows(text: string, { format, rows }: RestSource): readonly unknown[] | string {
  if (format === 'csv') return csvRows(text);
  try {
    return rowsAt(JSON.parse(text), rows);
  } catch {
    return 'Die Antwort ist kein JSON. Prüfen Sie die Adresse und das Format.';
  }
}
