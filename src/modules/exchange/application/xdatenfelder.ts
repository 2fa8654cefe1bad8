import { newId } from '../../../kernel/id.ts';
import type { Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { CITY_ZONE, type Clock } from '../../../kernel/time.ts';
import { formFrom, type FormDraft } from '../domain/xdatenfelder-form.ts';
import type { FormSource } from '../domain/xdatenfelder-model.ts';
import { wishedId } from '../domain/xdatenfelder-names.ts';
import { readXdatenfelder } from '../domain/xdatenfelder-read.ts';
import { xdatenfelder } from '../domain/xdatenfelder-write.ts';
import type { XmlProblem } from '../domain/xml-tree.ts';
import type { PublishedLeistung } from './publish-leistung.ts';
import { readXml } from './xml-read.ts';

/** What a schema of others says of a package of ours. */
export interface SchemaDraft extends FormDraft {
  /** Name of the folder, where the schema comes from a city like this one. */
  readonly key?: string;
  readonly name: string;
  readonly description?: string;
  readonly leistungsschluessel?: string;
  readonly legalBases: readonly string[];
}

/** The form in an XDatenfelder file, or every mistake in the file with its line. Never throws, whatever the bytes. */
export function draftFromXdatenfelder(bytes: Uint8Array): Result<SchemaDraft, XmlProblem> {
  const root = readXml(bytes);
  const found = root.ok ? readXdatenfelder(root.value) : root;
  if (!found.ok) return found;
  const { name, description, legalBases, marks } = found.value;
  const schluessel = marks.get('leistungsschluessel');
  const key = wishedId(marks.get('key'));
  return ok({
    name,
    ...(description !== undefined && { description }),
    ...(key !== undefined && { key }),
    ...(schluessel !== undefined && /^\d{14}$/.test(schluessel) && { leistungsschluessel: schluessel }),
    legalBases,
    ...formFrom(found.value),
  });
}

/** Where the forms come from, and who answers for them. */
export interface FormPublishContext {
  readonly clock: Clock;
  /** The package of a Leistung that is offered now. */
  readonly source: (key: string) => FormSource | undefined;
  readonly publisher: string;
}

/** The form of a Leistung as XDatenfelder 3.0.0; public, as the form itself is. */
export function publishForm({ clock, source, publisher }: FormPublishContext, key: string): Result<PublishedLeistung, Problem<'not-found'>> {
  const found = source(key);
  if (found === undefined) return refuse({ kind: 'not-found', detail: 'Diese Leistung gibt es nicht. Die Liste steht unter /leistungen.' });
  const now = clock();
  const createdAt = now.round('second').toZonedDateTimeISO(CITY_ZONE).toString({ timeZoneName: 'never' });
  return ok({ fileName: `${found.key}.xdatenfelder.xml`, xml: xdatenfelder({ messageId: newId(now.epochMilliseconds), createdAt, publisher }, found) });
}
