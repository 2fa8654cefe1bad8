import { once } from 'node:events';
import type { Server } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { AddressInfo } from 'node:net';

/**
 * Says that a handler answered on Node's own response. Made here, before `createAdaptorServer` puts
 * its own class in place of the global `Response`: made later, it would be sent as an answer itself.
 */
export const ALREADY_ANSWERED: Response = RESPONSE_ALREADY_SENT;

/** A listening port. */
export interface Listener {
  readonly port: number;
  /** Takes no new requests, waits for those at work, at most `graceMs`, then closes what is left. */
  close(graceMs?: number): Promise<void>;
}

/** Opens the port. @throws Error in plain German when it is taken */
export async function listen(
  fetch: (request: Request, env: object) => Response | Promise<Response>,
  at: { readonly host: string; readonly port: number },
): Promise<Listener> {
  const server = createAdaptorServer({ fetch: (request, env) => fetch(request, env) }) as Server;
  // Uploads from slow lines take their time; a client that sends nothing at all does not stay.
  server.requestTimeout = 10 * 60_000;
  server.headersTimeout = 30_000;
  server.keepAliveTimeout = 15_000;
  server.listen(at.port, at.host);
  try {
    await once(server, 'listening');
  } catch (error) {
    throw plainError(error, at);
  }
  return {
    port: (server.address() as AddressInfo).port,
    async close(graceMs = 10_000) {
      const closed = once(server, 'close');
      server.close();
      server.closeIdleConnections();
      const force = setTimeout(() => server.closeAllConnections(), graceMs);
      await closed;
      clearTimeout(force);
    },
  };
}

function plainError(error: unknown, { host, port }: { host: string; port: number }): unknown {
  if (!(error instanceof Error && 'code' in error)) return error;
  if (error.code === 'EADDRINUSE') {
    return new Error(`Der Port ${port} ist schon belegt. Beenden Sie das andere Programm oder wählen Sie einen anderen, etwa PORT=${port + 1}.`, {
      cause: error,
    });
  }
  if (error.code === 'EACCES') return new Error(`Der Port ${port} ist dem System vorbehalten. Wählen Sie einen ab 1024.`, { cause: error });
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND') {
    return new Error(`Die Adresse ${host} gehört nicht zu diesem Rechner. Prüfen Sie KONTOR_HOST.`, { cause: error });
  }
  return error;
}
