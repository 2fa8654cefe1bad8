import type { Actor } from '../../../kernel/actor.ts';
import { canonicalJson } from '../../../kernel/canonical-json.ts';
import type { PictureObject } from '../../../kernel/picture.ts';
import { sha256Hex } from '../../../kernel/token.ts';
import type { Tx } from '../../../platform/database/port.ts';
import type { NewEntry } from '../../../platform/journal/port.ts';
import { writeLogEntry, type LogKind } from '../../logbook/public.ts';
import { changePicture, lageStream, type LageView } from '../../situation/public.ts';
import type { Bodies, ForceRecord, RecordKind } from '../domain/records.ts';
import { RULES, type KindRules } from '../domain/rules.ts';
import { keepRecord } from '../store/records.ts';
import type { ForcesContext } from './context.ts';

/** Rules of a kind, for code that takes any: the record carries its kind with its body. */
export const rulesOf = (kind: RecordKind): KindRules<RecordKind> => RULES[kind] as unknown as KindRules<RecordKind>;

export const objectId = ({ kind, id }: Pick<ForceRecord, 'kind' | 'id'>): string => `${kind}:${id}`;

/** Keeps a version of a thing, tells the log what a staff must find there, and shows it: one transaction, the journal last. */
export async function keepChange(
  ctx: Pick<ForcesContext, 'journal'>,
  tx: Tx,
  actor: Actor,
  view: LageView,
  record: ForceRecord,
  { step, changeId }: { readonly step: string; readonly changeId: string | null },
  now: Temporal.Instant,
): Promise<void> {
  const rules = rulesOf(record.kind);
  const open = rules.isOpen(record.body);
  await keepRecord(tx, record, { changeId, step, memberId: view.member.id, name: rules.nameOf(record.body), open });
  const entries: NewEntry[] = [];
  const words = logWords(record, step);
  if (words !== undefined) {
    const refs = [objectId(record), ...(record.kind === 'task' ? (record.body as Bodies['task']).refs : [])];
    entries.push((await writeLogEntry(tx, view, { ...words, refs }, now)).journal);
  }
  if (rules.inPicture) {
    const change = open ? { shown: [objectOf(record, view.member, now)], ended: [] } : { shown: [], ended: [objectId(record)] };
    entries.push(await changePicture(tx, view.lage.id, change, now));
  }
  const payload = {
    recordId: record.id,
    recordKind: record.kind,
    number: record.number,
    version: record.version,
    step,
    sha256: sha256Hex(canonicalJson(record.body)),
  };
  await ctx.journal.append(tx, actor, now, [{ stream: lageStream(view.lage.id), kind: `forces.${record.kind}-changed`, payload }, ...entries]);
}

/** A thing as the picture shows it. */
export function objectOf(record: ForceRecord, by: { readonly name: string; readonly organisation: string }, now: Temporal.Instant): PictureObject {
  const rules = rulesOf(record.kind);
  const place = rules.placeOf(record);
  const { body, position } = record;
  const symbol = 'symbol' in body && Object.keys(body.symbol).length > 0 ? { symbol: body.symbol } : {};
  return {
    id: objectId(record),
    kind: record.kind as PictureObject['kind'],
    layer: rules.layer,
    title: rules.nameOf(body).slice(0, 80),
    geometry: place === null ? null : { type: 'Point', coordinates: [place.lon, place.lat] },
    ...(position?.accuracyMetres == null ? {} : { uncertaintyMetres: position.accuracyMetres }),
    ...symbol,
    facts: { nummer: record.number, ...rules.facts(body) },
    source: { kind: 'person', name: by.name, organisation: by.organisation },
    eventAt: position?.at ?? now,
    receivedAt: now,
    ...(body.sectionId === null ? {} : { sectionId: body.sectionId }),
  };
}

const TASK_WORDS: Readonly<Record<string, string>> = {
  acknowledge: 'bestätigt',
  start: 'begonnen',
  done: 'erledigt',
  cannot: 'nicht ausführbar',
  withdraw: 'zurückgezogen',
};
const UNIT_WORDS: Readonly<Record<string, string>> = {
  bereit: 'einsatzbereit',
  anfahrt: 'auf Anfahrt',
  einsatz: 'im Einsatz',
  ruhe: 'in Ruhe',
  'nicht-bereit': 'nicht einsatzbereit',
  entlassen: 'entlassen',
};
const REQUEST_WORDS: Readonly<Record<string, string>> = {
  made: 'gestellt',
  offer: 'Angebot erhalten',
  fulfil: 'Kräfte oder Mittel zugeführt',
  refuse: 'abgelehnt',
};

/** What the log says of a change; corrections of details are in the history of the thing alone. */
function logWords({ kind, number, body }: ForceRecord, step: string): { readonly kind: LogKind; readonly text: string } | undefined {
  if (step === 'edited') return undefined;
  const name = rulesOf(kind).nameOf(body);
  switch (kind) {
    case 'task': {
      const { reason, text } = body as Bodies['task'];
      if (step === 'made') return { kind: 'befehl', text: `Auftrag ${number}: ${name}${text === '' ? '' : `. ${text}`}` };
      return { kind: 'massnahme', text: `Auftrag ${number} ${TASK_WORDS[step] ?? step}: ${name}${reason === '' ? '' : `. ${reason}`}` };
    }
    case 'unit':
      return { kind: 'meldung', text: `${name}: ${step === 'made' ? 'in der Lage, ' : ''}${UNIT_WORDS[(body as Bodies['unit']).status]}` };
    case 'request': {
      const { quantity, fulfilled, reason } = body as Bodies['request'];
      return {
        kind: 'massnahme',
        text: `Anforderung ${number} ${REQUEST_WORDS[step] ?? step}: ${name}, ${fulfilled} von ${quantity}${reason === '' ? '' : `. ${reason}`}`,
      };
    }
    case 'shelter': {
      const { occupancy, capacity } = body as Bodies['shelter'];
      return { kind: 'meldung', text: `Notunterkunft ${name}: ${occupancy} von ${capacity} Plätzen belegt` };
    }
    case 'material': {
      const { stock, unitOfCount } = body as Bodies['material'];
      return { kind: 'massnahme', text: `Material ${name}: jetzt ${stock} ${unitOfCount}` };
    }
  }
}
