import { inOwnName, type CitizenActor, type TrustLevel } from '../../../kernel/actor.ts';
import { alert } from '../../../platform/ui/alert.ts';
import { buttonRow, linkButton } from '../../../platform/ui/form-frame.ts';
import { defineTexts, html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { trustSuffices } from '../application/drafts.ts';

const trustTexts = defineTexts({
  de: {
    title: 'Für diese Leistung brauchen Sie den Online-Ausweis',
    why: 'Hier müssen wir sicher wissen, wer Sie sind: Der Bescheid gilt für genau diese Person. Für andere Leistungen reicht Ihre Anmeldung.',
    kept: 'Danach geht es hier weiter. Was Sie schon eingegeben haben, bleibt gespeichert.',
    raise: 'Weiter mit dem Online-Ausweis',
    help: 'Online-Ausweis einrichten: Hilfe Schritt für Schritt',
  },
  en: {
    title: 'This service needs your eID',
    why: 'Here we must be sure who you are: the decision is for exactly this person. For other services your sign-in is enough.',
    kept: 'Afterwards you continue here. What you have typed already stays saved.',
    raise: 'Continue with eID',
    help: 'Set up your eID: help step by step',
  },
  leicht: {
    title: 'Sie brauchen den Online-Ausweis',
    why: 'Wir müssen sicher wissen, wer Sie sind. Nur dann geht dieser Antrag. Bei anderen Anträgen brauchen Sie das nicht.',
    kept: 'Danach geht es hier weiter. Ihre Angaben sind noch da.',
    raise: 'Weiter mit dem Online-Ausweis',
    help: 'So geht der Online-Ausweis: Wir helfen Ihnen.',
  },
});

/**
 * What stands in place of the button that begins an application when the sign-in is too weak for this service: why, the
 * way to raise it, and help for who cannot yet. `undefined` where the sign-in suffices, so that nobody is asked early.
 * Whoever acts for somebody else raises their own sign-in.
 * @param next where the person goes on, with what the address carries
 */
export function trustPart(actor: CitizenActor, needed: TrustLevel, next: string, lang: Lang): Html | undefined {
  if (trustSuffices(inOwnName(actor).trust, needed)) return undefined;
  const t = trustTexts(lang);
  const back = `?weiter=${encodeURIComponent(next)}`;
  return html`${alert('info', t.title, html`<p class="kern-body">${t.why}</p><p class="kern-body">${t.kept}</p>`)}
${buttonRow(linkButton({ label: t.raise, href: `/anmelden/eid${back}` }), linkButton({ label: t.help, href: `/online-ausweis${back}`, kind: 'secondary' }))}`;
}
