import { inOwnName, type CitizenActor, type TrustLevel } from '../../../kernel/actor.ts';
import { alert } from '../../../platform/ui/alert.ts';
import { buttonRow, linkButton } from '../../../platform/ui/form-frame.ts';
import { defineTexts, html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { trustSuffices } from '../application/drafts.ts';

const trustTexts = defineTexts({
  de: {
    title: 'Für diese Leistung brauchen Sie den Online-Ausweis',
    why: 'Hier müssen wir sicher wissen, wer Sie sind: Der Bescheid gilt für genau diese Person. Für andere Leistungen reicht Ihre Anmeldung.',
    later: 'Ausfüllen können Sie den Antrag schon jetzt, auch mit Hilfe. Den Ausweis brauchen Sie erst zum Absenden. Bis dahin bleibt alles gespeichert.',
    kept: 'Danach geht es hier weiter. Ihre Angaben bleiben gespeichert.',
    mandate: 'Zum Absenden reicht Ihre Vertretung nicht',
    mandateWeak:
      'Sie wurde ohne Online-Ausweis erteilt. Ausfüllen können Sie den Antrag. Zum Absenden muss die Vertretung mit dem Online-Ausweis neu erteilt werden, oder die Person sendet selbst ab.',
    raise: 'Weiter mit dem Online-Ausweis',
    help: 'Online-Ausweis einrichten: Hilfe Schritt für Schritt',
  },
  en: {
    title: 'This service needs your eID',
    why: 'Here we must be sure who you are: the decision is for exactly this person. For other services your sign-in is enough.',
    later: 'You can fill in the application now, with help too. You need the card only to send it. Until then everything stays saved.',
    kept: 'Afterwards you continue here. What you have typed stays saved.',
    mandate: 'Your authority to act is not enough to send this',
    mandateWeak:
      'It was given without eID. You can fill in the application. To send it, the authority must be given anew with eID, or the person sends it themselves.',
    raise: 'Continue with eID',
    help: 'Set up your eID: help step by step',
  },
  leicht: {
    title: 'Sie brauchen den Online-Ausweis',
    why: 'Wir müssen sicher wissen, wer Sie sind. Nur dann geht dieser Antrag. Bei anderen Anträgen brauchen Sie das nicht.',
    later: 'Den Antrag ausfüllen können Sie schon jetzt. Den Ausweis brauchen Sie erst am Ende, beim Absenden. Wir speichern alles.',
    kept: 'Danach geht es hier weiter. Ihre Angaben sind noch da.',
    mandate: 'Sie dürfen diesen Antrag nicht absenden',
    mandateWeak:
      'Ihre Vollmacht ist ohne Online-Ausweis gemacht. Ausfüllen dürfen Sie den Antrag. Absenden muss ihn der andere Mensch. Oder er gibt Ihnen eine neue Vollmacht mit dem Online-Ausweis.',
    raise: 'Weiter mit dem Online-Ausweis',
    help: 'So geht der Online-Ausweis: Wir helfen Ihnen.',
  },
});

/**
 * Where the sign-in is too weak for this service: why, the way to raise it, and help for who cannot yet. `undefined` where
 * it suffices, so that nobody is asked early. Whoever acts for somebody else raises their own sign-in; a mandate that is
 * too weak no sign-in raises.
 * @param next where the person goes on, with what the address carries
 * @param begin the button that begins: the application is filled in first, and the sign-in raised before it is sent
 */
export function trustPart(actor: CitizenActor, needed: TrustLevel, next: string, lang: Lang, begin?: Html): Html | undefined {
  if (trustSuffices(actor.trust, needed)) return undefined;
  const t = trustTexts(lang);
  if (trustSuffices(inOwnName(actor).trust, needed)) return html`${alert('info', t.mandate, html`<p class="kern-body">${t.mandateWeak}</p>`)}${begin ?? ''}`;
  const back = `?weiter=${encodeURIComponent(next)}`;
  const raise = linkButton({ label: t.raise, href: `/anmelden/eid${back}`, ...(begin === undefined ? {} : { kind: 'secondary' as const }) });
  return html`${alert('info', t.title, html`<p class="kern-body">${t.why}</p><p class="kern-body">${begin === undefined ? t.kept : t.later}</p>`)}
${buttonRow(begin, raise, linkButton({ label: t.help, href: `/online-ausweis${back}`, kind: begin === undefined ? 'secondary' : 'tertiary' }))}`;
}
