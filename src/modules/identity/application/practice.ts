import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { readEidClaims } from '../domain/claims.ts';
import type { IdentityProblem } from '../domain/problems.ts';
import { ACR_SUBSTANTIAL, trustOfAcr } from '../domain/trust.ts';
import { openIdProvider, type LoginChecks, type OpenIdSettings } from './openid.ts';

/** A part of what a card said. */
interface CardDatum {
  readonly field: 'givenName' | 'familyName' | 'birthDate' | 'address' | 'level';
  readonly value: string;
}

/** Signing in for practice: all checks of a sign-in, and no account and no session behind it. */
export interface CardPractice {
  begin(): Promise<Result<LoginChecks & { readonly url: string }, IdentityProblem>>;
  finish(answer: URL, checks: LoginChecks): Promise<Result<readonly CardDatum[], IdentityProblem>>;
}

const unreadable: IdentityProblem = {
  kind: 'not-allowed',
  detail: 'Der Anmeldedienst hat keinen Namen genannt. Beginnen Sie die Übung noch einmal und geben Sie den Namen zur Weitergabe frei.',
};

/** A practice run at a provider that is made for trying; its `redirectUri` must be registered there. */
export function cardPractice(settings: OpenIdSettings, report: (reason: string) => void): CardPractice {
  const provider = openIdProvider(settings, report);
  return {
    begin: () => provider.begin({ acr: ACR_SUBSTANTIAL, reauthenticate: true }),
    async finish(answer, checks) {
      const claims = await provider.finish(answer, checks);
      if (!claims.ok) return claims;
      const card = readEidClaims(claims.value);
      if (card === undefined) return refuse(unreadable);
      const { givenName, familyName, birthDate, address } = card;
      const said: readonly (CardDatum | undefined)[] = [
        { field: 'givenName', value: givenName },
        { field: 'familyName', value: familyName },
        birthDate && { field: 'birthDate', value: birthDate.toString() },
        address && { field: 'address', value: `${address.street} ${address.houseNumber}, ${address.postcode} ${address.place}` },
        { field: 'level', value: trustOfAcr(claims.value['acr']) ?? '' },
      ];
      return ok(said.filter((one) => one !== undefined && one.value !== '') as CardDatum[]);
    },
  };
}
