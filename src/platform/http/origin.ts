import { ORIGIN, ORIGIN_PARAMETER } from '../../kernel/usage.ts';

/** Where a reader came from, as the address says it; anything that is no such code is nothing. */
export function originIn(query: URLSearchParams): string | undefined {
  const said = query.get(ORIGIN_PARAMETER);
  return said !== null && ORIGIN.test(said) ? said : undefined;
}

/** The address with the origin carried on; as it is where there is none. @param href of this city, without a fragment */
export function withOrigin(href: string, origin: string | undefined): string {
  return origin === undefined ? href : `${href}${href.includes('?') ? '&' : '?'}${ORIGIN_PARAMETER}=${origin}`;
}
