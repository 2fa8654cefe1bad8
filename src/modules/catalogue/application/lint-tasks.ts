import type { ServicePackage } from '../domain/package.ts';
import { taskKey } from '../domain/service.ts';
import type { Finding } from './lint-finding.ts';
import type { PackageSource } from './lint-source.ts';

/** Steps of the examination: each known by one name, and those that a decision waits for can be ticked off. */
export function lintTasks({ process: { tasks, offered }, automation }: ServicePackage, source: PackageSource): Finding[] {
  const found: Finding[] = [];
  const keys = tasks.map(taskKey);
  for (const [index, task] of tasks.entries()) {
    if (keys.indexOf(keys[index]!) !== index) {
      found.push(source.at('error', 'process.yaml', ['tasks', index], `Den Prüfschritt «${keys[index]}» gibt es zweimal. Geben Sie jedem eine eigene id.`));
    }
    if (!task.required) continue;
    if (automation !== undefined) {
      const message = 'Eine vollautomatische Entscheidung wartet auf keinen Prüfschritt. Streichen Sie «required» oder die Automation.';
      found.push(source.at('error', 'process.yaml', ['tasks', index, 'required'], message));
    }
    if (![...(offered.eingegangen ?? []), ...(offered.in_pruefung ?? [])].includes('note')) {
      const message = 'Auf diesen Prüfschritt wartet die Entscheidung, aber abhaken kann ihn niemand. Bieten Sie «note» in «in_pruefung» an.';
      found.push(source.at('error', 'process.yaml', ['tasks', index, 'required'], message));
    }
  }
  return found;
}
