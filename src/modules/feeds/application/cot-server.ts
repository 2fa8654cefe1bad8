import { readFile } from 'node:fs/promises';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TLSSocket } from 'node:tls';
import { openLagen } from '../../situation/public.ts';
import { CotFrames, type CotMessage } from '../domain/cot-frames.ts';
import type { CotDeclaration } from '../domain/declaration.ts';
import { Pace, type Source } from '../domain/source.ts';
import { activeSources } from '../store/sources.ts';
import type { FeedsContext } from './context.ts';
import type { CotIntake } from './cot-intake.ts';

export interface CotTls {
  /** PEM files: our certificate and key, and the authorities that issue the clients' certificates. */
  readonly cert: string;
  readonly key: string;
  readonly ca: string;
}

export interface CotPort {
  readonly port: number;
  readonly host: string;
  /** Absent: plain TCP. */
  readonly tls?: CotTls;
}

const MOST_CONNECTIONS = 500;
const MOST_OF_ADDRESS = 50;
const PER_SECOND = 5000;
const BURST = 20_000;
const MOST_UNREAD_BYTES = 64 * 1024;
const SOURCES_EVERY_MS = 2000;
const SILENT_MS = 10 * 60_000;
/** Who may come without a certificate. */
const ANYBODY = '*';
const VERSION_OFFER =
  '<event version="2.0" uid="protouid" type="t-x-takp-v" how="m-g" time="TIME" start="TIME" stale="STALE"><point lat="0" lon="0" hae="0" ce="9999999" le="9999999"/><detail><TakControl><TakProtocolSupport version="1"/></TakControl></detail></event>';

/**
 * Listens for CoT by TCP and TLS. Who connects is known by the name in their certificate; a source of an open Lage
 * that names it takes what they send. Loaded when a port is wanted.
 */
export class CotServer {
  readonly #ctx: FeedsContext;
  readonly #intake: CotIntake;
  readonly #sockets = new Set<Socket>();
  readonly #byAddress = new Map<string, number>();
  #servers: Server[] = [];
  #sources: readonly Source[] = [];
  #reading: Promise<void> | undefined;
  #sourcesAtMs = -Infinity;

  constructor(ctx: FeedsContext, intake: CotIntake) {
    this.#ctx = ctx;
    this.#intake = intake;
  }

  /** @returns the port; `undefined` when it is taken or not allowed */
  async listen({ port, host, tls }: CotPort): Promise<number | undefined> {
    const server = tls === undefined ? createServer((socket) => void this.#serve(socket, ANYBODY)) : await this.#tlsServer(tls);
    server.maxConnections = MOST_CONNECTIONS;
    const opened = await new Promise<boolean>((done, failed) => {
      server.once('error', (error: NodeJS.ErrnoException) => (error.code === 'EADDRINUSE' || error.code === 'EACCES' ? done(false) : failed(error)));
      server.listen(port, host, () => done(true));
    });
    if (!opened) return undefined;
    server.on('error', (error) => this.#ctx.log.error('feeds.cot-port-failed', { error: String(error) }));
    this.#servers.push(server);
    return (server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    const closed = this.#servers.map((server) => new Promise<void>((done) => server.close(() => done())));
    for (const socket of this.#sockets) socket.destroy();
    this.#servers = [];
    await Promise.all(closed);
  }

  async #tlsServer({ cert, key, ca }: CotTls): Promise<Server> {
    const [tls, ...pem] = [await import('node:tls'), await readFile(cert), await readFile(key), await readFile(ca)] as const;
    const server = tls.createServer(
      { cert: pem[0], key: pem[1], ca: pem[2], requestCert: true, rejectUnauthorized: true, minVersion: 'TLSv1.2', handshakeTimeout: 10_000 },
      (socket) => void this.#serve(socket, nameOf(socket)),
    );
    server.on('tlsClientError', (error) => this.#ctx.log.warn('feeds.cot-certificate-refused', { error: error.message.slice(0, 200) }));
    return server;
  }

  async #serve(socket: Socket, client: string | undefined): Promise<void> {
    const address = socket.remoteAddress ?? '';
    const of = (this.#byAddress.get(address) ?? 0) + 1;
    socket.on('error', () => socket.destroy());
    if (of > MOST_OF_ADDRESS || client === undefined) return void socket.destroy();
    this.#byAddress.set(address, of);
    this.#sockets.add(socket);
    socket.setTimeout(SILENT_MS, () => socket.destroy());
    socket.once('close', () => {
      this.#sockets.delete(socket);
      const left = (this.#byAddress.get(address) ?? 1) - 1;
      if (left === 0) this.#byAddress.delete(address);
      else this.#byAddress.set(address, left);
    });
    offerVersion(socket, this.#ctx.clock());
    try {
      await this.#read(socket, client);
    } catch (error) {
      if (!socket.destroyed) this.#ctx.log.error('feeds.cot-connection-failed', { error: String(error) });
    }
    socket.destroy();
  }

  async #read(socket: Socket, client: string): Promise<void> {
    const frames = new CotFrames();
    const pace = new Pace(PER_SECOND * this.#ctx.paceFactor, BURST * this.#ctx.paceFactor, this.#ctx.clock().epochMilliseconds);
    for await (const chunk of socket as AsyncIterable<Buffer>) {
      const messages = frames.push(chunk);
      // whoever asks and never reads the answers is let go
      if (socket.writableLength > MOST_UNREAD_BYTES) return;
      for (const message of messages) answer(socket, message, this.#ctx.clock());
      const kept = messages.filter((message) => !isControl(message));
      if (kept.length === 0) continue;
      const sources = await this.#sourcesFor(client);
      if (sources.length === 0) return this.#ctx.log.warn('feeds.cot-nobody-listens', { client: client.slice(0, 100) });
      // who sends faster than that waits: the line fills up at their end
      while (this.#ctx.paceFactor > 0 && !pace.admits(kept.length, this.#ctx.clock().epochMilliseconds)) await sleep(100, undefined, { ref: false });
      await this.#hand(sources, kept);
    }
  }

  /** Two batches may be on their way, the next waits. */
  async #hand(sources: readonly Source[], messages: readonly CotMessage[]): Promise<void> {
    for (const source of sources) {
      const kept = this.#intake.keep(
        source.lageId,
        messages.map((message) => ({ source, message })),
      );
      kept.catch(() => {});
      if (this.#intake.isFull(source.lageId)) await kept.catch(() => {});
    }
  }

  async #sourcesFor(client: string): Promise<readonly Source[]> {
    this.#reading ??= this.#readSources().finally(() => (this.#reading = undefined));
    await this.#reading;
    return this.#sources.filter(({ config }) => (config as Partial<CotDeclaration>).certificate === client);
  }

  /** Everybody who asks meanwhile waits for the same answer. */
  async #readSources(): Promise<void> {
    const nowMs = performance.now();
    if (nowMs - this.#sourcesAtMs > SOURCES_EVERY_MS) {
      const lagen = await openLagen(this.#ctx.database.read);
      this.#sources = await activeSources(
        this.#ctx.database.read,
        'cot',
        lagen.map(({ id }) => id),
      );
      this.#sourcesAtMs = nowMs;
    }
  }
}

/** The name in a certificate that an authority of ours has issued. */
function nameOf(socket: TLSSocket): string | undefined {
  const name = socket.authorized ? socket.getPeerCertificate().subject?.CN : undefined;
  return typeof name === 'string' && name !== ANYBODY ? name : undefined;
}

const isControl = (message: CotMessage): boolean => message.ok && (message.event.type.startsWith('t-x-takp-') || message.event.type.startsWith('t-x-c-t'));

function timed(xml: string, now: Temporal.Instant): string {
  return xml.replaceAll('TIME', now.round('millisecond').toString()).replaceAll('STALE', now.add({ minutes: 1 }).round('millisecond').toString());
}

function offerVersion(socket: Socket, now: Temporal.Instant): void {
  socket.write(timed(VERSION_OFFER, now));
}

/** A client asks to change to protobuf, which is read anyway, or whether anybody is there. */
function answer(socket: Socket, message: CotMessage, now: Temporal.Instant): void {
  if (!message.ok) return;
  const { type } = message.event;
  if (type === 't-x-takp-q')
    socket.write(timed(VERSION_OFFER.replace('t-x-takp-v', 't-x-takp-r').replace('<TakProtocolSupport version="1"/>', '<TakResponse status="true"/>'), now));
  else if (type === 't-x-c-t') socket.write(timed(VERSION_OFFER.replace('t-x-takp-v', 't-x-c-t-r').replace(/<detail>.*<\/detail>/, '<detail/>'), now));
}
