import { createHash } from 'node:crypto';
import { ParseOption, XmlDocument, XmlElement } from 'libxml2-wasm';
import { invalidField } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { PaymentProblem } from '../domain/problems.ts';

/** One movement on the account. */
export interface StatementEntry {
  /** SHA-256 of what names the movement: account, bank's reference, amount, day, place in the entry. */
  readonly id: string;
  /** More than 0 for a credit, less than 0 for a credit taken back. */
  readonly amountCents: number;
  /** Day of the credit, `YYYY-MM-DD`. */
  readonly on: string;
  /** Structured reference and free words, with a space between. */
  readonly words: string;
}

export interface Statement {
  readonly entries: readonly StatementEntry[];
  /** Movements that concern no claim: debits, other currencies, bookings still pending. */
  readonly passedOver: number;
}

const MAX_BYTES = 5 * 1024 * 1024;
/** ISO 20022 camt.052 tells of the day so far, which may still change: only statements and notifications of booked entries. */
const NAMESPACE = /^urn:iso:std:iso:20022:tech:xsd:camt\.05[34]\.001\.\d{2}$/;

const bad = (message: string): { readonly ok: false; readonly problem: PaymentProblem } => refuse(invalidField('datei', message));

/** Reads a bank statement (camt.053) or credit notification (camt.054). Nothing is fetched, no entity resolved. */
export function readStatement(bytes: Uint8Array): Result<Statement, PaymentProblem> {
  if (bytes.byteLength > MAX_BYTES) return bad('Die Datei ist größer als 5 MB. Laden Sie den Kontoauszug tageweise hoch.');
  const text = decoded(bytes);
  if (text === undefined) return bad('Die Datei ist kein Text in UTF-8. Laden Sie den Kontoauszug als camt.053 aus Ihrem Bankprogramm.');
  if (/<!(DOCTYPE|ENTITY)/i.test(text))
    return bad('Die Datei enthält eine Dokumenttyp-Definition. Ein Kontoauszug der Bank hat keine: Laden Sie ihn neu herunter.');
  let document: XmlDocument;
  try {
    document = XmlDocument.fromString(text, { option: ParseOption.XML_PARSE_NONET | ParseOption.XML_PARSE_NO_XXE });
  } catch {
    return bad('Die Datei ist kein wohlgeformtes XML. Laden Sie den Kontoauszug neu herunter.');
  }
  try {
    const { root } = document;
    if (root.name !== 'Document' || !NAMESPACE.test(root.namespaceUri)) {
      return bad('Die Datei ist kein Kontoauszug im Format camt.053 oder camt.054. Wählen Sie dieses Format in Ihrem Bankprogramm.');
    }
    return statementOf(root);
  } finally {
    document.dispose();
  }
}

function decoded(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes).trimStart();
  } catch {
    return undefined;
  }
}

function statementOf(root: XmlElement): Result<Statement, PaymentProblem> {
  const entries: StatementEntry[] = [];
  const seen = new Map<string, number>();
  let passedOver = 0;
  for (const statement of [...all(root, 'BkToCstmrStmt', 'Stmt'), ...all(root, 'BkToCstmrDbtCdtNtfctn', 'Ntfctn')]) {
    const account = textAt(statement, 'Acct', 'Id', 'IBAN');
    for (const entry of all(statement, 'Ntry')) {
      const read = entriesOf(entry, account, seen);
      if (read === undefined)
        return bad('Ein Betrag oder ein Tag in der Datei ist nicht lesbar. Es wurde nichts gebucht. Laden Sie den Kontoauszug neu herunter.');
      if (read.length === 0) passedOver += 1;
      entries.push(...read);
    }
  }
  return ok({ entries, passedOver });
}

/** The movements of an entry; none where it concerns no claim; `undefined` where it cannot be read. */
function entriesOf(entry: XmlElement, account: string, seen: Map<string, number>): StatementEntry[] | undefined {
  const credit = textAt(entry, 'CdtDbtInd') === 'CRDT';
  // a credit that the bank takes back is a debit marked as reversal, and the other way round
  const reversal = textAt(entry, 'RvslInd') === 'true';
  const status = textAt(entry, 'Sts', 'Cd') || textAt(entry, 'Sts');
  const direction = credit && !reversal ? 1 : !credit && reversal ? -1 : 0;
  if (direction === 0 || status !== 'BOOK') return [];
  const on = (textAt(entry, 'ValDt', 'Dt') || textAt(entry, 'ValDt', 'DtTm') || textAt(entry, 'BookgDt', 'Dt') || textAt(entry, 'BookgDt', 'DtTm')).slice(
    0,
    10,
  );
  if (!isDay(on)) return undefined;
  const transactions = all(entry, 'NtryDtls', 'TxDtls');
  const parts = transactions.length === 0 ? [entry] : transactions;
  const found: StatementEntry[] = [];
  for (const [place, part] of parts.entries()) {
    const amount = amountOf(part) ?? (parts.length === 1 ? amountOf(entry) : undefined);
    if (amount === undefined) return undefined;
    if (amount.currency !== 'EUR') continue;
    const bankReference = textAt(part, 'Refs', 'AcctSvcrRef') || textAt(entry, 'AcctSvcrRef') || textAt(entry, 'NtryRef') || textAt(part, 'Refs', 'TxId');
    const words = [...texts(part, 'RmtInf', 'Strd', 'CdtrRefInf', 'Ref'), ...texts(part, 'RmtInf', 'Ustrd'), textAt(part, 'Refs', 'EndToEndId')]
      .filter(Boolean)
      .join(' ');
    const name = [account, bankReference, direction, amount.cents, on, place, bankReference === '' ? words : ''].join('\n');
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    // Without the bank's reference two equal payments of one day are told apart by their number in the file.
    const movement = bankReference === '' && times > 1 ? `${name}\n${times}` : name;
    found.push({ id: createHash('sha256').update(movement).digest('hex'), amountCents: direction * amount.cents, on, words: words.slice(0, 1000) });
  }
  return found;
}

function isDay(text: string): boolean {
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' }).toString() === text;
  } catch {
    return false;
  }
}

function amountOf(element: XmlElement): { readonly cents: number; readonly currency: string } | undefined {
  const amount = all(element, 'Amt')[0] ?? all(element, 'AmtDtls', 'TxAmt', 'Amt')[0];
  const match = /^(\d{1,13})(?:\.(\d{1,5}))?$/.exec(amount?.content.trim() ?? '');
  if (amount === undefined || match === null || !/^0*$/.test((match[2] ?? '').slice(2))) return undefined;
  const cents = Number(match[1]) * 100 + Number((match[2] ?? '').slice(0, 2).padEnd(2, '0'));
  return cents === 0 ? undefined : { cents, currency: amount.attr('Ccy')?.value ?? '' };
}

/** Elements down the path of names. */
function all(from: XmlElement, ...path: readonly string[]): XmlElement[] {
  let level = [from];
  for (const name of path) level = level.flatMap((parent) => children(parent).filter((child) => child.name === name));
  return level;
}

function children(parent: XmlElement): XmlElement[] {
  const found: XmlElement[] = [];
  for (let node = parent.firstChild; node !== null; node = node.next) if (node instanceof XmlElement) found.push(node);
  return found;
}

const texts = (from: XmlElement, ...path: readonly string[]): string[] => all(from, ...path).map((element) => element.content.trim());
const textAt = (from: XmlElement, ...path: readonly string[]): string => texts(from, ...path)[0] ?? '';
