import { evaluateFeel } from '../modules/rules/public.ts';
import type { ServicePackage } from '../modules/catalogue/public.ts';
import { WalkClient } from './walk-client.ts';

interface Participation {
  readonly rounds: readonly { readonly id: string }[];
}
interface Statement {
  readonly id: string;
  readonly number: string;
}

/** What a walk through the Beteiligung needs of the walk around it. */
export interface Consulting {
  readonly url: string;
  readonly pkg: ServicePackage;
  readonly officer: WalkClient;
  readonly caseId: string;
  readonly step: (text: string) => void;
}

/**
 * The Beteiligung of a package that plans one: the planned offices are asked, answer through their
 * personal links from the mails, the officer confirms, weighs and closes.
 */
export async function consult({ url, pkg, officer, caseId, step }: Consulting): Promise<void> {
  const planned = (pkg.process.participation?.consultees ?? []).filter((one) => one.email !== undefined && evaluateFeel(one.when, pkg.walk.answers) === true);
  if (planned.length === 0) return;
  const wish = (command: object) => officer.call<Participation>('POST', `/api/cases/${caseId}/participation/actions`, { wish: command });
  const { rounds } = await wish({
    action: 'open-round',
    kind: 'stellen',
    title: 'Beteiligung der Stellen',
    request: 'Bitte nehmen Sie zu dem Vorhaben Stellung.',
    legalBasis: planned[0]!.legalBasis,
    period: { length: 1, unit: 'months' },
  });
  const roundId = rounds.at(-1)!.id;
  await wish({ action: 'ask-planned', roundId, planIds: planned.map((one) => one.id) });
  step(`gefragt: ${planned.map((one) => one.name.de).join(', ')}`);
  for (const [index, { email, name }] of planned.entries()) {
    const key = await linkFor(url, email!);
    const answer: Record<string, string> =
      index === 0
        ? { answer: 'no-objection' }
        : { answer: 'conditions', text: 'Keine Bedenken unter Bedingungen.', conditions: 'Wurzelbereich mit einem festen Zaun schützen.' };
    await new WalkClient(url).form(`/api/consultations/${key}/answer`, answer);
    step(`geantwortet über den Link: ${name.de}`);
  }
  const { items } = await officer.call<{ items: readonly Statement[] }>('GET', `/api/cases/${caseId}/participation/statements`);
  for (const { id } of items) {
    const does = (command: object) => officer.call('POST', `/api/cases/${caseId}/participation/statements/${id}/actions`, { command });
    await does({ action: 'release' });
    await does({ action: 'weigh', result: 'gefolgt', reasons: 'Die Stellungnahme ist berücksichtigt.', reply: 'Wir sind Ihrer Stellungnahme gefolgt.' });
  }
  await wish({ action: 'close-round', roundId });
  step(`${items.length} Stellungnahmen bestätigt und abgewogen, Beteiligung geschlossen`);
}

/** The personal link in the newest mail to this address that was not seen before, from the page that shows a demo's mails. */
export async function linkFor(url: string, email: string, seen: ReadonlySet<string> = new Set()): Promise<string> {
  const reader = new WalkClient(url);
  for (let tries = 0; tries < 100; tries++) {
    const items = await reader.call<readonly { readonly to: string; readonly text: string }[]>('GET', `/api/demo/post?an=${encodeURIComponent(email)}`);
    const key = items.map((mail) => /\/stellungnahme\/([A-Za-z0-9_-]{43})/.exec(mail.text)?.[1]).find((one) => one !== undefined && !seen.has(one));
    if (key !== undefined) return key;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`keine Mail an ${email}`);
}
