/** What a device says of itself in Cursor on Target. */
export interface CotWords {
  readonly uid: string;
  readonly type: string;
  readonly timeMs: number;
  readonly staleMs?: number;
  readonly lat: number;
  readonly lon: number;
  readonly ceMetres?: number;
  readonly haeMetres?: number;
  readonly callsign?: string;
  readonly group?: string;
  readonly role?: string;
  readonly batteryPercent?: number;
  readonly speedMetresPerSecond?: number;
  readonly courseDegrees?: number;
  readonly remarks?: string;
  readonly linkUid?: string;
  readonly detailXml?: string;
}

const UNKNOWN = 9_999_999;
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
const iso = (ms: number): string => new Date(ms).toISOString();

export function cotXml(one: CotWords): string {
  const { staleMs = one.timeMs + 300_000, ceMetres = UNKNOWN, haeMetres = UNKNOWN } = one;
  const contact = one.callsign === undefined ? '' : `<contact callsign="${escaped(one.callsign)}" endpoint="*:-1:stcp"/>`;
  const group = one.group === undefined ? '' : `<__group name="${escaped(one.group)}" role="${escaped(one.role ?? '')}"/>`;
  const status = one.batteryPercent === undefined ? '' : `<status battery="${one.batteryPercent}"/>`;
  const track = one.speedMetresPerSecond === undefined ? '' : `<track speed="${one.speedMetresPerSecond}" course="${one.courseDegrees ?? 0}"/>`;
  const remarks = one.remarks === undefined ? '' : `<remarks>${escaped(one.remarks)}</remarks>`;
  const link = one.linkUid === undefined ? '' : `<link uid="${escaped(one.linkUid)}" relation="p-p"/>`;
  return `<?xml version="1.0" encoding="UTF-8"?><event version="2.0" uid="${escaped(one.uid)}" type="${escaped(one.type)}" how="m-g" time="${iso(one.timeMs)}" start="${iso(one.timeMs)}" stale="${iso(staleMs)}"><point lat="${one.lat}" lon="${one.lon}" hae="${haeMetres}" ce="${ceMetres}" le="${UNKNOWN}"/><detail>${contact}${group}${status}${track}${remarks}${link}${one.detailXml ?? ''}</detail></event>`;
}

/** The same as a message of TAK protocol 1, in a stream's frame or a datagram's. */
export function takFrame(one: CotWords, frame: 'stream' | 'mesh' = 'stream'): Buffer {
  const { staleMs = one.timeMs + 300_000, ceMetres = UNKNOWN, haeMetres = UNKNOWN } = one;
  const xml = `${one.remarks === undefined ? '' : `<remarks>${escaped(one.remarks)}</remarks>`}${one.linkUid === undefined ? '' : `<link uid="${escaped(one.linkUid)}"/>`}${one.detailXml ?? ''}`;
  const detail = [
    xml === '' ? [] : [text(1, xml)],
    one.callsign === undefined ? [] : [bytes(2, text(2, one.callsign))],
    one.group === undefined ? [] : [bytes(3, Buffer.concat([text(1, one.group), text(2, one.role ?? '')]))],
    one.batteryPercent === undefined ? [] : [bytes(5, number(1, one.batteryPercent))],
    one.speedMetresPerSecond === undefined ? [] : [bytes(7, Buffer.concat([double(1, one.speedMetresPerSecond), double(2, one.courseDegrees ?? 0)]))],
  ].flat();
  const event = Buffer.concat([
    text(1, one.type),
    text(5, one.uid),
    number(6, one.timeMs),
    number(7, one.timeMs),
    number(8, staleMs),
    text(9, 'm-g'),
    double(10, one.lat),
    double(11, one.lon),
    double(12, haeMetres),
    double(13, ceMetres),
    bytes(15, Buffer.concat(detail)),
  ]);
  const message = bytes(2, event);
  return Buffer.concat([frame === 'mesh' ? Buffer.from([0xbf, 0x01, 0xbf]) : Buffer.concat([Buffer.from([0xbf]), varint(message.length)]), message]);
}

function varint(value: number): Buffer {
  const out: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Buffer.from([...out, rest]);
    out.push((rest % 128) + 128);
  }
}

const number = (field: number, value: number): Buffer => Buffer.concat([varint(field * 8), varint(value)]);
const bytes = (field: number, value: Uint8Array): Buffer => Buffer.concat([varint(field * 8 + 2), varint(value.length), value]);
const text = (field: number, value: string): Buffer => bytes(field, Buffer.from(value));

function double(field: number, value: number): Buffer {
  const out = Buffer.alloc(8);
  out.writeDoubleLE(value);
  return Buffer.concat([varint(field * 8 + 1), out]);
}
