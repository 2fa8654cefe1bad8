import type { Actor } from '../../../kernel/actor.ts';
import { newId } from '../../../kernel/id.ts';
import type { Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { CITY_ZONE } from '../../../kernel/time.ts';
import { abgabe, aussonderung, type TransferPackage } from '../domain/xdomea.ts';
import { zip } from '../../../platform/files/zip.ts';
import type { ExchangeContext } from './context.ts';

/** A file to be taken along. */
export interface HandedOn {
  readonly fileName: string;
  readonly bytes: Uint8Array;
}

const STILL_OPEN: Problem = {
  kind: 'wrong-state',
  detail: 'Dieser Vorgang läuft noch. Ins Archiv geht nur, was abgeschlossen ist. Einer anderen Behörde können Sie ihn abgeben.',
};
const NO_AUTHORITY: Problem = {
  kind: 'invalid-input',
  detail: 'Diese Behörde gibt es nicht. Wählen Sie eine aus der Liste.',
  fields: [{ field: 'to', message: 'Wählen Sie eine Behörde aus der Liste.' }],
};

/** xdomea 0503: a closed case with its documents for the archive. */
export async function forArchive(ctx: ExchangeContext, actor: Actor, caseId: string): Promise<Result<HandedOn, Problem>> {
  const record = await ctx.records.read(actor, caseId);
  if (!record.ok) return record;
  if (record.value.closedOn === undefined) return refuse(STILL_OPEN);
  return ok(packed(aussonderung(headOf(ctx, record.value.authority, ctx.archive), record.value), record.value.fileNumber));
}

/** xdomea 0401: a case with its documents for another authority. */
export async function forAuthority(ctx: ExchangeContext, actor: Actor, caseId: string, to: string): Promise<Result<HandedOn, Problem>> {
  const name = ctx.authorityName(to);
  if (name === undefined) return refuse(NO_AUTHORITY);
  const record = await ctx.records.read(actor, caseId);
  if (!record.ok) return record;
  return ok(packed(abgabe(headOf(ctx, record.value.authority, name), record.value), record.value.fileNumber));
}

function headOf(ctx: ExchangeContext, sender: Parameters<typeof aussonderung>[0]['sender'], recipient: string) {
  const now = ctx.clock();
  const createdAt = now.round('second').toZonedDateTimeISO(CITY_ZONE).toString({ timeZoneName: 'never' });
  return { processId: newId(now.epochMilliseconds), createdAt, sender, recipient: { name: recipient }, product: ctx.product };
}

const packed = ({ messageName, xml, files }: TransferPackage, fileNumber: string): HandedOn => ({
  fileName: `${messageName.replace(/\.xml$/, '')}_${fileNumber}.zip`,
  bytes: zip([{ name: messageName, bytes: Buffer.from(xml, 'utf8') }, ...files]),
});
