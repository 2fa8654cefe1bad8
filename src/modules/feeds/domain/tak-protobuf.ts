import { refuse, type Result } from '../../../kernel/result.ts';
import { checkedEvent, presentDetail, readDetailXml, type CotBase, type CotEvent } from './cot.ts';

/**
 * TAK protocol version 1: TakMessage { takControl = 1, cotEvent = 2 }. Unknown fields are passed over, as protobuf
 * asks; what points outside of the message is refused. @returns a German sentence when it is no event
 */
export function readTakMessage(bytes: Uint8Array): Result<CotEvent, string> {
  try {
    const event = fieldsOf(bytes).get(2);
    if (event === undefined || !(event instanceof Uint8Array)) return refuse('In der TAK-Nachricht ist keine CoT-Meldung.');
    return readEvent(event);
  } catch (error) {
    if (error instanceof ProtobufMistake) return refuse('Die TAK-Nachricht ist beschädigt: sie endet zu früh oder hat eine unbekannte Form.');
    throw error;
  }
}

class ProtobufMistake extends Error {}

type Value = number | Uint8Array;

/** Fields of a message by number; of repeated ones the last, as protobuf asks of single fields. */
function fieldsOf(bytes: Uint8Array): Map<number, Value> {
  const fields = new Map<number, Value>();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at < bytes.length;) {
    const tag = varintAt(bytes, at);
    at = tag.next;
    const number = Math.floor(tag.value / 8);
    if (number === 0) throw new ProtobufMistake();
    const wire = tag.value % 8;
    if (wire === 0) {
      const read = varintAt(bytes, at);
      fields.set(number, read.value);
      at = read.next;
    } else if (wire === 1) {
      if (at + 8 > bytes.length) throw new ProtobufMistake();
      fields.set(number, view.getFloat64(at, true));
      at += 8;
    } else if (wire === 2) {
      const length = varintAt(bytes, at);
      at = length.next + length.value;
      if (at > bytes.length) throw new ProtobufMistake();
      fields.set(number, bytes.subarray(length.next, at));
    } else if (wire === 5) {
      if (at + 4 > bytes.length) throw new ProtobufMistake();
      fields.set(number, view.getFloat32(at, true));
      at += 4;
    } else throw new ProtobufMistake();
  }
  return fields;
}

/** A varint of at most 64 bits; times in milliseconds fit into a double. */
export function varintAt(bytes: Uint8Array, from: number): { readonly value: number; readonly next: number } {
  let value = 0;
  let factor = 1;
  for (let at = from; at < bytes.length && at < from + 10; at++) {
    const byte = bytes[at]!;
    value += (byte & 0x7f) * factor;
    if (byte < 0x80) return { value, next: at + 1 };
    factor *= 128;
  }
  throw new ProtobufMistake();
}

const DECODER = new TextDecoder('utf-8');
const textOf = (value: Value | undefined): string => (value instanceof Uint8Array ? DECODER.decode(value) : '');
const numberOf = (value: Value | undefined, absent: number): number => (typeof value === 'number' ? value : value === undefined ? absent : Number.NaN);
const messageOf = (value: Value | undefined): Map<number, Value> => (value instanceof Uint8Array ? fieldsOf(value) : new Map<number, Value>());

/** CotEvent: type 1, uid 5, sendTime 6, startTime 7, staleTime 8, how 9, lat 10, lon 11, hae 12, ce 13, le 14, detail 15. */
function readEvent(bytes: Uint8Array): Result<CotEvent, string> {
  const event = fieldsOf(bytes);
  const base: CotBase = {
    type: textOf(event.get(1)),
    uid: textOf(event.get(5)),
    timeMs: numberOf(event.get(6), Number.NaN),
    startMs: numberOf(event.get(7), Number.NaN),
    staleMs: numberOf(event.get(8), Number.NaN),
    how: textOf(event.get(9)),
    // proto3 leaves out zeros
    lat: numberOf(event.get(10), 0),
    lon: numberOf(event.get(11), 0),
    haeMetres: numberOf(event.get(12), 0),
    ceMetres: numberOf(event.get(13), 0),
  };
  return checkedEvent(base, detailOf(messageOf(event.get(15))));
}

/** Detail: xmlDetail 1, contact 2 (callsign 2), group 3 (name 1, role 2), status 5 (battery 1), track 7 (speed 1, course 2). */
function detailOf(detail: ReadonlyMap<number, Value>) {
  const [contact, group, status, track] = [2, 3, 5, 7].map((field) => messageOf(detail.get(field))) as [
    Map<number, Value>,
    Map<number, Value>,
    Map<number, Value>,
    Map<number, Value>,
  ];
  const written = readDetailXml(textOf(detail.get(1)));
  const typed = presentDetail({
    callsign: textOf(contact.get(2)),
    group: textOf(group.get(1)),
    role: textOf(group.get(2)),
    batteryPercent: status.size === 0 ? undefined : numberOf(status.get(1), 0),
    speedMetresPerSecond: track.size === 0 ? undefined : numberOf(track.get(1), 0),
    courseDegrees: track.size === 0 ? undefined : numberOf(track.get(2), 0),
  });
  // a typed field stands above what the XML says of the same thing
  return { ...written, ...typed, detail: written?.detail ?? '' };
}
