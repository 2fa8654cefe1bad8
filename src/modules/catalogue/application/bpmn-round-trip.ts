import { BpmnModdle } from 'bpmn-moddle';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { readBpmn, type BpmnProblem } from './bpmn-read.ts';
import { completed, losses, treeOf, writeTree, type XmlTree } from './bpmn-tree.ts';

export interface RoundTrip {
  /** The file as we write it. */
  readonly xml: string;
  /** What the model of BPMN does not know or leaves out as a default; carried over from the file as it was. */
  readonly carried: readonly string[];
  /** What is missing in `xml`, read again; nothing, unless the writer errs. */
  readonly lost: readonly string[];
  /** What `xml` has and the file had not; nothing, unless the writer errs. */
  readonly added: readonly string[];
}

/**
 * Reads a BPMN 2.0 file into the model and writes it again. Compared are trees, not texts: every element, attribute,
 * word and number, of BPMN, of its drawing and of vendors' extensions. Comments and processing instructions are not.
 */
export async function roundTrip(xml: string): Promise<Result<RoundTrip, BpmnProblem>> {
  const model = await readBpmn(xml);
  if (!model.ok) return model;
  let before: XmlTree;
  try {
    before = treeOf(xml);
  } catch (error) {
    const [reason = ''] = error instanceof Error ? error.message.split('\n') : [];
    return refuse({ kind: 'invalid-input', detail: `Die Datei ist kein wohlgeformtes XML (${reason}). Exportieren Sie den Prozess noch einmal.` });
  }
  const written = treeOf((await new BpmnModdle().toXML(model.value.definitions, { format: true })).xml);
  const carried = losses(before, written);
  const whole = writeTree(completed(before, written));
  const again = treeOf(whole);
  return ok({ xml: whole, carried, lost: losses(before, again), added: losses(again, before) });
}
