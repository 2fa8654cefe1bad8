import { FIRST, QUESTION_OF, type EndId, type QuestionId } from '../domain/tree.ts';
import { guide, helperLanguage, stepAddress, type EndStep } from './guide.ts';

type Words = Readonly<Record<'de' | 'en' | 'leicht', string>>;

/** An end in the city's languages, with the shortest path that leads to it. */
export interface AdvisedEnd {
  readonly key: EndId;
  readonly title: Words;
  readonly lead: Words;
  readonly steps: readonly Words[];
  /** Path with query, so that a code leads right there. */
  readonly path: string;
}

/** Every end of the helper, for whoever prints it for somebody else. Where cards differ, it is that of the Personalausweis. */
export function advisedEnds(today: Temporal.PlainDate): readonly AdvisedEnd[] {
  return [...shortestPaths()].map(([key, path]) => {
    const said = (lang: string): EndStep => endAt(path, lang, today);
    const [de, en, leicht] = [said('de'), said('en'), said('leicht')];
    return {
      key,
      title: { de: de.title, en: en.title, leicht: leicht.title },
      lead: { de: de.lead, en: en.lead, leicht: leicht.lead },
      steps: de.steps.map((step, index) => ({ de: step, en: en.steps[index]!, leicht: leicht.steps[index]! })),
      path: stepAddress(path),
    };
  });
}

function endAt(path: string, lang: string, today: Temporal.PlainDate): EndStep {
  const step = guide(path, helperLanguage(lang, { wishes: [], lang: 'de' }), today);
  if (!step.ok || step.value.at.kind !== 'end') throw new Error(`the path ${path} leads to no end`);
  return step.value.at;
}

/** Breadth first, in the order of the answers: the first path that reaches an end is a shortest one. */
function shortestPaths(): ReadonlyMap<EndId, string> {
  const found = new Map<EndId, string>();
  let level: readonly (readonly [QuestionId, string])[] = [[FIRST, '']];
  while (level.length > 0) {
    const next: (readonly [QuestionId, string])[] = [];
    for (const [question, path] of level) {
      for (const [letter, target] of Object.entries(QUESTION_OF[question].answers)) {
        if ('question' in target) next.push([target.question, path + letter]);
        else if (!found.has(target.end)) found.set(target.end, path + letter);
      }
    }
    level = next;
  }
  return found;
}
