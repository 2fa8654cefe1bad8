import { invalidFields, type FieldProblem } from '../../../kernel/problem.ts';
import type { Position } from '../../../kernel/geo.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { readSpans } from './opening.ts';
import { ACCESS_FACTS, OFFERS, PLACE_KINDS, type PlaceFacts, type Span } from './place.ts';
import type { GuideProblem } from './problems.ts';

/** What was typed of a place; days as ISO, hours as people write them. */
export interface TypedPlace {
  readonly key: string;
  readonly name: string;
  readonly kind: string;
  readonly address: string;
  readonly position: Position | undefined;
  readonly note: string;
  readonly offers: readonly string[];
  readonly access: readonly string[];
  /** By ISO weekday. */
  readonly hours: Readonly<Record<string, string>>;
  /** ISO days. */
  readonly closedOn: readonly string[];
  readonly startsOn: string;
  readonly endsOn: string;
  readonly slotMinutes: number;
  readonly desks: number;
}

/** Keys that are parts of addresses of their own. */
const TAKEN_KEYS = ['termin', 'nummer', 'neu'];
const MOST_DAYS_CLOSED = 100;

/** Reads a place, or says of each field what is wrong with it. @param inCity whether a position lies in the city */
export function readPlace(typed: TypedPlace, inCity: (position: Position) => boolean): Result<PlaceFacts, GuideProblem> {
  const faults: FieldProblem[] = [];
  const fault = (field: string, message: string): void => void faults.push({ field, message });
  const text = (field: 'name' | 'address' | 'note', most: number): string => {
    const value = typed[field].trim();
    if (field !== 'note' && value === '')
      fault(field, field === 'name' ? 'Geben Sie dem Ort einen Namen.' : 'Schreiben Sie die Anschrift, damit man den Ort findet.');
    if (value.length > most) fault(field, `Das ist zu lang. Kürzen Sie auf ${most} Zeichen.`);
    return value;
  };
  const facts = { name: text('name', 120), address: text('address', 200), note: text('note', 1000) };
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(typed.key) || typed.key.length > 60 || TAKEN_KEYS.includes(typed.key)) {
    fault('key', 'Der Kurzname steht in der Adresse: nur kleine Buchstaben, Ziffern und Bindestriche, etwa „einkaufspassage-altona“.');
  }
  const kind = PLACE_KINDS.find((one) => one === typed.kind);
  if (kind === undefined) fault('kind', 'Wählen Sie, was für ein Ort es ist.');
  if (typed.position === undefined) fault('position', 'Zeigen Sie auf der Karte, wo der Ort ist.');
  else if (!inCity(typed.position)) fault('position', 'Dieser Punkt liegt nicht in der Stadt. Wählen Sie einen Punkt innerhalb der Stadtgrenze.');
  const days = readDays(typed, fault);
  const hours = readHours(typed.hours, fault);
  if (!Number.isInteger(typed.slotMinutes) || typed.slotMinutes < 5 || typed.slotMinutes > 240)
    fault('slotMinutes', 'Ein Termin dauert 5 bis 240 Minuten. Schreiben Sie eine ganze Zahl.');
  if (!Number.isInteger(typed.desks) || typed.desks < 0 || typed.desks > 50)
    fault('desks', 'Schreiben Sie eine Zahl von 0 bis 50. Mit 0 vergibt der Ort keine Termine.');
  const offers = OFFERS.filter((one) => typed.offers.includes(one));
  if (offers.length === 0) fault('offers', 'Wählen Sie mindestens eine Hilfe, die es dort gibt.');
  if (faults.length > 0) return refuse(invalidFields(faults));
  const access = ACCESS_FACTS.filter((one) => typed.access.includes(one));
  return ok({
    ...facts,
    ...days!,
    key: typed.key,
    kind: kind!,
    position: typed.position!,
    offers,
    access,
    hours,
    slotMinutes: typed.slotMinutes,
    desks: typed.desks,
  });
}

type Fault = (field: string, message: string) => void;

function readHours(typed: TypedPlace['hours'], fault: Fault): Record<string, readonly Span[]> {
  const hours: Record<string, readonly Span[]> = {};
  let faulty = false;
  for (const day of ['1', '2', '3', '4', '5', '6', '7']) {
    const read = readSpans(typed[day] ?? '');
    if ('complaint' in read) fault(`hours.${day}`, read.complaint);
    else if (read.spans.length > 0) hours[day] = read.spans;
    faulty ||= 'complaint' in read;
  }
  if (!faulty && Object.keys(hours).length === 0)
    fault('hours.1', 'Der Ort hat an keinem Tag geöffnet. Schreiben Sie mindestens eine Öffnungszeit, etwa 10:00-19:00.');
  return hours;
}

const dayOf = (text: string): Temporal.PlainDate | undefined => {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return undefined;
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' });
  } catch {
    return undefined;
  }
};

function readDays(typed: TypedPlace, fault: Fault): Pick<PlaceFacts, 'startsOn' | 'endsOn' | 'closedOn'> | undefined {
  const startsOn = dayOf(typed.startsOn);
  if (startsOn === undefined) fault('startsOn', 'Schreiben Sie den ersten Tag als Datum, etwa 01.12.2026.');
  const endsOn = typed.endsOn === '' ? null : dayOf(typed.endsOn);
  if (endsOn === undefined) fault('endsOn', 'Schreiben Sie den letzten Tag als Datum, oder lassen Sie ihn leer, wenn der Ort bleibt.');
  if (startsOn !== undefined && endsOn instanceof Temporal.PlainDate && Temporal.PlainDate.compare(endsOn, startsOn) < 0) {
    fault('endsOn', 'Der letzte Tag liegt vor dem ersten. Prüfen Sie beide.');
  }
  const closed = typed.closedOn.map(dayOf);
  if (closed.includes(undefined) || closed.length > MOST_DAYS_CLOSED)
    fault('closedOn', 'Schreiben Sie jeden geschlossenen Tag in eine eigene Zeile, etwa 24.12.2026; höchstens 100.');
  if (startsOn === undefined || endsOn === undefined) return undefined;
  return { startsOn, endsOn, closedOn: closed.flatMap((day) => (day === undefined ? [] : [day.toString()])).toSorted() };
}
