import type { Actor } from '../../../kernel/actor.ts';
import type { ModelOrder, ModelOrigin } from '../../../kernel/language-model.ts';
import { invalidFields, type Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { cleanText } from '../../../kernel/words.ts';
import { contentWords, relation, type ServicePackage } from '../../catalogue/public.ts';
import { finderIndex, findServices, subjectWords, type FinderIndex, type Found, type PartAnswer } from '../domain/find.ts';
import { catalogueData, FINDING_SHAPE, withModel } from '../domain/model-answer.ts';
import { questionProblems } from '../domain/question.ts';
import type { FinderService, Lang } from '../domain/service.ts';
import type { FinderContext } from './context.ts';
import { FINDER_USE } from './uses.ts';

/** A found Leistung as it is told: its name, what the catalogue says, and no judgement. */
export interface NamedService extends Found {
  readonly name: string;
  readonly byAuthority: boolean;
}

export interface FinderPart extends Omit<PartAnswer, 'sure' | 'perhaps'> {
  readonly sure: readonly NamedService[];
  readonly perhaps: readonly NamedService[];
}

export interface FinderAnswer {
  readonly question: string;
  /** Each wish of the question; none: nothing in it names a subject. */
  readonly parts: readonly FinderPart[];
  /** The model that had a say; absent: rules alone. */
  readonly origin?: ModelOrigin;
}

/** How long a person waits for a model before the rules answer alone. */
const PATIENCE_MS = 15_000;

const INSTRUCTION = `Ordnen Sie den Wünschen in der FRAGE die Leistungen zu, deren Texte Sie bekommen. Jede Leistung ist ein Text; sein Name ist ihr Schlüssel.
Antworten Sie nur mit dem JSON: items mit wish (wörtlich aus der FRAGE), service (Schlüssel) und quote (ein Satz, wörtlich aus dem Text der Leistung, der den Wunsch trifft); unknown mit den Wünschen, zu denen keine Leistung passt, wörtlich aus der FRAGE.
Nennen Sie keine Leistung, deren Text den Wunsch nicht trifft. Beurteilen Sie nicht, ob jemand etwas bekommt.`;

/** Answers a question from the catalogue alone. It is not kept. */
export async function askFinder(ctx: FinderContext, actor: Actor, typed: string, lang: Lang): Promise<Result<FinderAnswer, Problem>> {
  const question = cleanText(typed);
  const problems = questionProblems(question);
  if (problems.length > 0) return refuse(invalidFields(problems));
  const packages = ctx.services();
  const index = indexFor(packages);
  const parts = findServices(index, question, lang);
  const services = index.services.map(({ service }) => service);
  const asked = await ctx.models.object(actor, orderOf(question, services, lang), FINDING_SHAPE, AbortSignal.timeout(PATIENCE_MS));
  if (!asked.ok) return ok({ question, parts: named(parts, services, lang) });
  const { parts: both, dropped } = withModel(parts, asked.value.value, services, question, (text) => subjectWords(index.tools, text));
  if (dropped > 0) ctx.log.warn('finder.dropped', { model: asked.value.origin.model, dropped });
  return ok({ question, parts: named(both, services, lang), origin: asked.value.origin });
}

const orderOf = (question: string, services: readonly FinderService[], lang: Lang): ModelOrder => ({
  use: FINDER_USE,
  prompt: { id: 'finder.leistungen', version: '1' },
  instruction: INSTRUCTION,
  data: [...catalogueData(services, lang), { label: 'FRAGE', text: question }],
  dataClass: 'personal',
  parties: [],
  maxTokens: 1200,
});

function named(parts: readonly PartAnswer[], services: readonly FinderService[], lang: Lang): FinderPart[] {
  const told = (found: readonly Found[]): NamedService[] =>
    found.flatMap((one) => {
      const service = services.find(({ key }) => key === one.key);
      return service === undefined ? [] : [{ ...one, name: service.name[lang], byAuthority: service.byAuthority }];
    });
  return parts.map((part) => ({ text: part.text, sure: told(part.sure), perhaps: told(part.perhaps) }));
}

/** The last catalogue and its index: it changes only when a package is published. */
let known: { readonly versions: string; readonly index: FinderIndex } | undefined;

function indexFor(packages: readonly ServicePackage[]): FinderIndex {
  const versions = packages.map(({ hash }) => hash).join();
  if (known?.versions !== versions) known = { versions, index: finderIndex(packages.map(finderService), { contentWords, relation }) };
  return known.index;
}

export const finderService = ({ key, name, summary, description, needs, situations, initiator }: ServicePackage): FinderService => ({
  ...{ key, name, summary, description, needs, situations },
  byAuthority: initiator === 'amt',
});
