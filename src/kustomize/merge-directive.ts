import { MergeError } from './merge-error';
import { setItem } from './merge-items';
import { fieldOf, isDraft, textOf } from './value';

/** What `$patch` may say. kustomize follows none of the other directives of Kubernetes: it copies them like any field. */
export type Directive = 'merge' | 'replace' | 'delete';

const FIELD = '$patch';

/**
 * What a patch's mapping says of itself; the field is taken out of it.
 *
 * @param lenient leave what is no directive where it is, as kustomize does in what is new to the object
 * @throws MergeError
 */
export function takeDirective(patch: unknown, lenient: boolean): Directive {
  if (!isDraft(patch) || fieldOf(patch, FIELD) === undefined) return 'merge';
  const directive = directiveFrom(textOf(patch, FIELD));
  if (directive === undefined) {
    if (lenient) return 'merge';
    throw new MergeError(`${FIELD} is ${JSON.stringify(textOf(patch, FIELD))}, and not merge, replace or delete`);
  }
  delete patch[FIELD];
  return directive;
}

/**
 * What a patch's list says of itself: an item that holds nothing else. Such items are taken out of it.
 *
 * @throws MergeError
 */
export function takeListDirective(patch: unknown[]): Directive {
  const item = patch.find((each) => fieldOf(each, FIELD) !== undefined);
  if (!isDraft(item) || Object.keys(item).length > 1) return 'merge';
  const text = textOf(item, FIELD);
  const directive = directiveFrom(text);
  if (directive === undefined) throw new MergeError(`${FIELD} is ${JSON.stringify(text)}, and not merge, replace or delete`);
  setItem(patch, undefined, [FIELD], [text]);
  return directive;
}

function directiveFrom(text: string): Directive | undefined {
  return text === 'merge' || text === 'replace' || text === 'delete' ? text : undefined;
}
