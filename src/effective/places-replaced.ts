import type { KubernetesObject } from '../flux';
import { evaluate, NotSet } from './envsubst';
import { type Part, SyntaxProblem } from './envsubst-parse';
import { isMap } from './fields';
import { analyze } from './go-yaml-looks';
import { resolve, type Scalar } from './go-yaml-resolve';
import type { Place, Template } from './templates';

/** Text that means nothing to YAML wherever it stands, however it is quoted and wherever a line is broken. */
const TAME = /^[A-Za-z0-9._/@+-]+(:[A-Za-z0-9._/@+-]+)*$/;

/**
 * What most objects become, without writing them out: each string by itself, where no value and no default could change what stands around
 * it. The result is the same as that of the whole text.
 *
 * @returns undefined where the whole text has to be looked at
 */
export function placesReplaced(
  object: KubernetesObject,
  { places, odd }: Template,
  lookup: (name: string) => string | undefined,
): KubernetesObject | undefined {
  if (odd) return undefined;
  let made = object;
  for (const place of places) {
    const found = replaced(place, lookup);
    if (!found || !place.steps) return undefined;
    const changed = withValue(made, place.steps, found.value);
    if (!isManifest(changed)) return undefined;
    made = changed;
  }
  return isManifest(made) ? made : undefined;
}

function replaced({ parts, text }: Place, lookup: (name: string) => string | undefined): { readonly value: Scalar } | undefined {
  if (!parts?.every((part) => typeof part === 'string' || part.operands.every(isTame))) return undefined;
  let value: string;
  try {
    const pieces = parts.map((part) => (typeof part === 'string' ? part : evaluate([part], lookup)));
    if (!pieces.every((piece, place) => typeof parts[place] === 'string' || TAME.test(piece))) return undefined;
    value = pieces.join('');
  } catch (error) {
    if (error instanceof NotSet || error instanceof SyntaxProblem) return undefined;
    throw error;
  }
  const isPlain = !text.includes('\n') && analyze(text).plainAllowed;
  if (!isPlain) return { value };
  if (!analyze(value).plainAllowed) return undefined;
  const read = resolve(value, '');
  return typeof read === 'number' && !Number.isFinite(read) ? undefined : { value: read };
}

function isTame(operand: Part): boolean {
  return typeof operand === 'string' && TAME.test(operand);
}

function isManifest(node: unknown): node is KubernetesObject {
  if (!isMap(node) || !isMap(node['metadata'])) return false;
  return [node['apiVersion'], node['kind'], node['metadata']['name']].every((text) => typeof text === 'string' && text !== '');
}

/** A copy with one value changed; what lies beside the way is shared. */
function withValue(node: unknown, steps: readonly string[], value: unknown): unknown {
  const [step, ...rest] = steps;
  if (step === undefined) return value;
  if (Array.isArray(node)) return node.map((item: unknown, index) => (String(index) === step ? withValue(item, rest, value) : item));
  return isMap(node) ? { ...node, [step]: withValue(node[step], rest, value) } : node;
}
