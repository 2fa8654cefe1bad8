import type { Actor, StaffRole } from './kernel/actor.ts';
import { defineTexts, type Lang } from './platform/ui/html.ts';
import type { NavItem } from './platform/ui/view.ts';

const texts = defineTexts({
  de: {
    services: 'Leistungen',
    mine: 'Meine Anträge',
    mailbox: 'Postfach',
    account: 'Konto',
    inbox: 'Eingang',
    administration: 'Verwaltung',
    plans: 'Pläne',
    twin: 'Stadtdaten',
    takePart: 'Mitreden',
    statistics: 'Statistik',
    payments: 'Zahlungen',
    desk: 'Kasse',
    lagen: 'Lagen',
    assistant: 'Assistent',
    warnings: 'Warnungen',
    questions: 'Fragen',
    guides: 'Lotsen',
    campaigns: 'Kampagnen',
    strategy: 'Strategie',
    count: 'Zählen',
    use: 'Nutzung',
  },
  en: {
    services: 'Services',
    mine: 'My applications',
    mailbox: 'Mailbox',
    account: 'Account',
    inbox: 'Inbox',
    administration: 'Administration',
    plans: 'Plans',
    twin: 'City data',
    takePart: 'Have your say',
    statistics: 'Statistics',
    payments: 'Payments',
    desk: 'Cash desk',
    lagen: 'Situations',
    assistant: 'Assistant',
    warnings: 'Warnings',
    questions: 'Questions',
    guides: 'Guides',
    campaigns: 'Campaigns',
    strategy: 'Strategy',
    count: 'Count',
    use: 'Use',
  },
  leicht: {
    services: 'Anträge stellen',
    mine: 'Meine Anträge',
    mailbox: 'Postfach',
    account: 'Konto',
    inbox: 'Eingang',
    administration: 'Verwaltung',
    plans: 'Pläne',
    twin: 'Stadt in Zahlen',
    takePart: 'Mitreden',
    statistics: 'Statistik',
    payments: 'Zahlungen',
    desk: 'Kasse',
    lagen: 'Lagen',
    assistant: 'Assistent',
    warnings: 'Warnungen',
    questions: 'Fragen',
    guides: 'Lotsen',
    campaigns: 'Werbung',
    strategy: 'Strategie',
    count: 'Zählen',
    use: 'Nutzung',
  },
});

/** Who works on cases or watches those who do. */
const DECIDES: readonly StaffRole[] = ['sachbearbeitung', 'leitung', 'revision'];

/** The main menu of each kind of reader. */
export function navigation({ actor, lang, unread }: { readonly actor: Actor; readonly lang: Lang; readonly unread?: number }): NavItem[] {
  const t = texts(lang);
  const services = { label: t.services, href: '/leistungen' };
  const takePart = { label: t.takePart, href: '/beteiligung' };
  const twin = { label: t.twin, href: '/zwilling' };
  const warnings = { label: t.warnings, href: '/lage' };
  if (actor.kind === 'citizen') {
    const mailbox = { label: t.mailbox, href: '/postfach', ...(unread !== undefined && { count: unread }) };
    return [
      services,
      { label: t.mine, href: '/antraege' },
      mailbox,
      { label: t.payments, href: '/zahlungen' },
      takePart,
      twin,
      warnings,
      { label: t.account, href: '/konto' },
    ];
  }
  if (actor.kind === 'guest') return [{ label: t.lagen, href: '/lagen' }, warnings];
  if (actor.kind !== 'staff') return [services, takePart, { label: t.plans, href: '/plaene' }, twin, warnings];
  const decides = actor.roles.some((role) => DECIDES.includes(role));
  const answers = actor.roles.some((role) => role === 'sachbearbeitung' || role === 'leitung');
  const watches = actor.roles.some((role) => role === 'administration' || role === 'revision');
  return [
    ...(decides
      ? [
          { label: t.inbox, href: '/eingang' },
          { label: t.statistics, href: '/statistik' },
          { label: t.desk, href: '/amt/kasse' },
          { label: t.takePart, href: '/amt/beteiligung' },
          ...(answers ? [{ label: t.questions, href: '/amt/fragen' }] : []),
        ]
      : []),
    ...(actor.roles.includes('krisenstab') ? [{ label: t.lagen, href: '/lagen' }] : []),
    ...(answers || actor.roles.includes('lotse') ? [{ label: t.count, href: '/amt/zaehlen' }] : []),
    ...(actor.roles.includes('lotse') ? [{ label: t.guides, href: '/lotsen' }] : []),
    ...(actor.roles.includes('presse') ? [{ label: t.campaigns, href: '/kampagnen' }] : []),
    ...(actor.roles.some((role) => role === 'presse' || role === 'strategie') ? [{ label: t.use, href: '/amt/nutzung' }] : []),
    ...(actor.roles.includes('strategie') ? [{ label: t.strategy, href: '/strategie' }] : []),
    { label: t.assistant, href: '/assistent' },
    twin,
    ...(watches ? [{ label: t.administration, href: '/verwaltung' }] : []),
  ];
}
