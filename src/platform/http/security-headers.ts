export interface SecurityOptions {
  readonly production: boolean;
  /** Origins a form may lead to besides our own: identity providers we redirect to. */
  readonly formActionOrigins?: readonly string[];
  /** Origins map tiles may come from. */
  readonly mapOrigins?: readonly string[];
}

/** Of a bare page that other sites may frame: it loads our own styles and nothing else, sends nothing, and knows nobody. */
const FRAMED_POLICY = "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors *";
export const FRAMED_HEADERS = { 'content-security-policy': FRAMED_POLICY, 'cross-origin-resource-policy': 'cross-origin' } as const;

/** Whether an answer may stand in a frame: then the header of old browsers must not say otherwise. */
export const mayBeFramed = (headers: Headers): boolean => headers.get('content-security-policy') === FRAMED_POLICY;

/** Headers every answer carries. No inline script or style: all of it comes from our own files. */
export function securityHeaders(options: SecurityOptions): readonly (readonly [string, string])[] {
  const maps = (options.mapOrigins ?? []).map((origin) => ` ${origin}`).join('');
  const forms = (options.formActionOrigins ?? []).map((origin) => ` ${origin}`).join('');
  const policy = [
    "default-src 'self'",
    `img-src 'self' data: blob:${maps}`,
    "worker-src 'self'",
    `connect-src 'self'${maps}`,
    "object-src 'none'",
    "base-uri 'none'",
    // Browsers hold redirects after a form to this too, so providers we send people to stand here.
    `form-action 'self'${forms}`,
    "frame-ancestors 'none'",
  ];
  return [
    ['content-security-policy', policy.join('; ')],
    ['x-content-type-options', 'nosniff'],
    // Not `no-referrer`: with it browsers post forms with `Origin: null`, which the origin check refuses.
    ['referrer-policy', 'same-origin'],
    ['permissions-policy', 'camera=(self), geolocation=(self), microphone=(), payment=(), usb=()'],
    ['cross-origin-opener-policy', 'same-origin'],
    ['cross-origin-resource-policy', 'same-origin'],
    ['x-frame-options', 'DENY'],
    ...(options.production ? [['strict-transport-security', 'max-age=63072000; includeSubDomains'] as const] : []),
  ];
}
