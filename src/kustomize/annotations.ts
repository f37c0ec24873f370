import { withField, withoutField } from './field-path';
import { textsOf } from './resource';
import { fieldOf, isMapping, type Mapping, spellingOf } from './value';

/** Annotations as kustomize leaves them: all of them text, and none of the field where there are none. */
export function withPlainAnnotations(object: Mapping): Mapping {
  const metadata = fieldOf(object, 'metadata');
  if (!isMapping(metadata)) return object;
  const annotations = fieldOf(metadata, 'annotations');
  if (annotations === undefined) return object;
  const texts = textsOf(annotations);
  if (texts.size === 0) return withField(object, 'metadata', withoutField(metadata, 'annotations'));
  const isPlain = isMapping(annotations) && Object.keys(annotations).every((key) => isText(annotations, key));
  return isPlain ? object : withField(object, 'metadata', withField(metadata, 'annotations', Object.fromEntries(texts)));
}

/** An annotation more. */
export function annotated(object: Mapping, key: string, text: string): Mapping {
  const metadata = fieldOf(object, 'metadata');
  const annotations = fieldOf(metadata, 'annotations');
  const more = { ...(isMapping(annotations) ? annotations : {}), [key]: text };
  return withField(object, 'metadata', { ...(isMapping(metadata) ? metadata : {}), annotations: more });
}

function isText(annotations: Mapping, key: string): boolean {
  return typeof annotations[key] === 'string' && spellingOf(annotations, key) === undefined;
}
