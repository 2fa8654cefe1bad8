declare module 'oidc-provider' {
  import type { IncomingMessage, ServerResponse } from 'node:http';

  /** The part of oidc-provider that we use; it ships no types of its own. */
  export class Provider {
    constructor(issuer: string, configuration: Readonly<Record<string, unknown>>);
    proxy: boolean;
    use(middleware: (ctx: Ctx, next: () => Promise<void>) => Promise<void>): void;
    callback(): (req: IncomingMessage, res: ServerResponse) => Promise<void>;
    interactionDetails(req: IncomingMessage, res: ServerResponse): Promise<Interaction>;
    interactionFinished(req: IncomingMessage, res: ServerResponse, result: InteractionResult, options?: { mergeWithLastSubmission?: boolean }): Promise<void>;
    on(event: 'server_error', listener: (ctx: unknown, error: Error) => void): this;
  }

  export const interactionPolicy: {
    base(): { get(prompt: string): { readonly checks: { add(check: unknown): void } } };
    readonly Check: new (reason: string, description: string, check: (ctx: Ctx) => boolean) => object;
  };

  export interface Interaction {
    readonly uid: string;
    readonly prompt: { readonly name: string };
    readonly params: { readonly client_id: string };
    /** Seconds since 1970. */
    readonly exp: number;
    /** The provider's session at the time of asking. */
    readonly session?: { uid?: string; readonly accountId?: string };
    save(ttlSeconds: number): Promise<unknown>;
  }

  export type InteractionResult =
    | { readonly login: { readonly accountId: string; readonly acr?: string; readonly amr?: readonly string[]; readonly remember: boolean } }
    | { readonly error: string; readonly error_description: string };

  export class Grant {
    constructor(of: { readonly clientId: string; readonly accountId: string });
    addOIDCScope(scope: string): void;
    addOIDCClaims(claims: readonly string[]): void;
    save(ttlSeconds: number): Promise<string>;
  }

  /** Koa's context with what the provider adds. */
  export interface Ctx {
    type: string;
    body: string;
    status: number;
    set(name: string, value: string): void;
    readonly oidc: {
      readonly provider: { readonly Grant: typeof Grant };
      readonly client: { readonly clientId: string };
      readonly session: { readonly accountId?: string };
    };
  }
}
