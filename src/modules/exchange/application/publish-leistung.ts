import { newId } from '../../../kernel/id.ts';
import type { Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { CITY_ZONE, type Clock } from '../../../kernel/time.ts';
import type { CatalogueEntry } from '../domain/catalogue-entry.ts';
import { xzufi, type XzufiHead } from '../domain/xzufi.ts';

/** Where the entries come from, and who says them. */
export interface PublishContext {
  readonly clock: Clock;
  /** The entry of a Leistung that is offered now. */
  readonly entry: (key: string) => CatalogueEntry | undefined;
  /** Those of all Leistungen that are offered now. */
  readonly entries: () => readonly CatalogueEntry[];
  /** Who publishes the catalogue, e.g. `Freie und Hansestadt Hamburg`. */
  readonly publisher: string;
  readonly product: string;
}

/** A file that anybody may take. */
export interface PublishedLeistung {
  readonly fileName: string;
  readonly xml: string;
}

/** The catalogue entry of a Leistung as XZuFi 2.2; public, as the entry itself is. */
export function publishLeistung(ctx: PublishContext, key: string): Result<PublishedLeistung, Problem<'not-found'>> {
  const entry = ctx.entry(key);
  if (entry === undefined) return refuse({ kind: 'not-found', detail: 'Diese Leistung gibt es nicht. Die Liste steht unter /leistungen.' });
  return ok({ fileName: `${entry.key}.xzufi.xml`, xml: xzufi(headOf(ctx), [entry]) });
}

/** Every entry of the catalogue in one transfer. */
export const publishCatalogue = (ctx: PublishContext): PublishedLeistung => ({ fileName: 'katalog.xzufi.xml', xml: xzufi(headOf(ctx), ctx.entries()) });

function headOf({ clock, publisher, product }: PublishContext): XzufiHead {
  const now = clock();
  const createdAt = now.round('second').toZonedDateTimeISO(CITY_ZONE).toString({ timeZoneName: 'never' });
  return { messageId: newId(now.epochMilliseconds), createdAt, sender: publisher, product };
}
