import type { Result } from '../../../kernel/result.ts';
import { readCotXml, type CotEvent } from './cot.ts';
import { readTakMessage, varintAt } from './tak-protobuf.ts';

/** One message of a stream: an event, or why it is none, with a look at what came. */
export type CotMessage = { readonly ok: true; readonly event: CotEvent } | { readonly ok: false; readonly reason: string; readonly raw: string };

/** No message is longer; what is, is passed over and counted. */
export const LONGEST_MESSAGE = 64 * 1024;
const MAGIC = 0xbf;
const MESH_VERSION = 1;
const END = Buffer.from('</event>');
const NOTHING = Buffer.alloc(0);
const UTF8 = new TextDecoder('utf-8', { fatal: true });
const LONGEST_RAW = 2000;

/**
 * Cuts a stream of bytes into CoT messages: XML events one after the other, and frames of TAK protocol 1
 * (0xbf, length as varint, message), told apart by their first byte. Holds at most one message.
 */
export class CotFrames {
  #held: Buffer = NOTHING;
  /** How much of what is held has been searched for an end. */
  #searched = 0;
  /** A message was too long: the rest of it is passed over. */
  #skipping = false;

  get heldBytes(): number {
    return this.#held.length;
  }

  push(bytes: Uint8Array): CotMessage[] {
    this.#held = this.#held.length === 0 ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength) : Buffer.concat([this.#held, bytes]);
    const messages: CotMessage[] = [];
    let at = 0;
    for (;;) {
      const next = this.#next(at, messages);
      if (next === undefined) break;
      at = next;
    }
    // a copy: what is held must not keep the whole chunk alive
    this.#held = at >= this.#held.length ? NOTHING : Buffer.from(this.#held.subarray(at));
    this.#searched = Math.max(0, this.#searched - at);
    return messages;
  }

  /** @returns where the next message begins; `undefined`: more bytes are needed */
  #next(from: number, messages: CotMessage[]): number | undefined {
    const held = this.#held;
    let at = from;
    while (at < held.length && isSpace(held[at]!)) at += 1;
    if (at >= held.length) return at > from ? at : undefined;
    if (this.#skipping || held[at] !== MAGIC) return this.#nextXml(at, messages);
    return this.#nextFrame(at, messages);
  }

  #nextXml(at: number, messages: CotMessage[]): number | undefined {
    const end = this.#held.indexOf(END, Math.max(at, this.#searched));
    if (end < 0) {
      this.#searched = Math.max(at, this.#held.length - END.length + 1);
      if (this.#held.length - at <= LONGEST_MESSAGE) return undefined;
      if (!this.#skipping) messages.push({ ok: false, reason: 'Die Meldung ist länger als 64 KiB.', raw: rawOf(this.#held.subarray(at)) });
      this.#skipping = true;
      const rest = this.#searched;
      return rest > at ? rest : undefined;
    }
    const next = end + END.length;
    this.#searched = next;
    if (this.#skipping) this.#skipping = false;
    else
      messages.push(
        next - at > LONGEST_MESSAGE
          ? { ok: false, reason: 'Die Meldung ist länger als 64 KiB.', raw: rawOf(this.#held.subarray(at)) }
          : readXmlBytes(this.#held.subarray(at, next)),
      );
    return next;
  }

  #nextFrame(at: number, messages: CotMessage[]): number | undefined {
    const length = lengthAt(this.#held, at + 1);
    if (length === undefined) return undefined;
    const end = length.next + length.value;
    if (length.value > LONGEST_MESSAGE) {
      messages.push({ ok: false, reason: 'Die TAK-Nachricht nennt eine Länge über 64 KiB.', raw: '' });
      // there is no telling where the next frame begins: the next XML event begins anew
      this.#skipping = true;
      return this.#held.length;
    }
    if (end > this.#held.length) return undefined;
    messages.push(messageOf(readTakMessage(this.#held.subarray(length.next, end)), this.#held.subarray(at, end)));
    return end;
  }
}

/** A whole message at once, as it comes in a datagram or a request: XML, a stream's frames, or a mesh packet (0xbf 0x01 0xbf). */
export function readCot(bytes: Uint8Array): CotMessage[] {
  if (bytes[0] === MAGIC && bytes[1] === MESH_VERSION && bytes[2] === MAGIC) return [messageOf(readTakMessage(bytes.subarray(3)), bytes)];
  const frames = new CotFrames();
  const messages = frames.push(bytes);
  if (frames.heldBytes > 0) messages.push({ ok: false, reason: 'Die Meldung endet zu früh.', raw: rawOf(bytes.subarray(bytes.length - frames.heldBytes)) });
  return messages;
}

/** `undefined`: not all of it is there yet. */
function lengthAt(bytes: Uint8Array, at: number): { readonly value: number; readonly next: number } | undefined {
  for (let end = at; end < bytes.length; end++) {
    if (bytes[end]! < 0x80) return varintAt(bytes, at);
    if (end - at >= 4) return { value: Infinity, next: end };
  }
  return undefined;
}

function readXmlBytes(bytes: Uint8Array): CotMessage {
  let text: string;
  try {
    text = UTF8.decode(bytes);
  } catch {
    return { ok: false, reason: 'Die Meldung ist nicht in UTF-8 geschrieben.', raw: rawOf(bytes) };
  }
  return messageOf(readCotXml(text), bytes);
}

const messageOf = (read: Result<CotEvent, string>, bytes: Uint8Array): CotMessage =>
  read.ok ? { ok: true, event: read.value } : { ok: false, reason: read.problem, raw: rawOf(bytes) };

const LENIENT = new TextDecoder();
/** What came, so that a person can look at it; bounded. */
const rawOf = (bytes: Uint8Array): string => LENIENT.decode(bytes.subarray(0, LONGEST_RAW));

const isSpace = (code: number): boolean => code === 32 || (code >= 9 && code <= 13) || code === 0;
