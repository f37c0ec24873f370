import type { Repository } from '../effective';
import { ANNOTATION, type Annotated } from './acceptance';
import { mapAt, nameOf } from './rule';

/** Every object that accepts something by an annotation, Flux Kustomizations among them, once for each cluster. */
export function annotatedIn({ clusters }: Repository): readonly Annotated[] {
  return clusters.flatMap(({ kustomizations }) =>
    kustomizations.flatMap((kustomization) =>
      [kustomization, ...kustomization.objects].flatMap(({ object, origin }) => {
        const annotations = mapAt(object, 'metadata', 'annotations');
        if (!Object.keys(annotations).some((key) => key.startsWith(ANNOTATION))) return [];
        return [{ annotations, file: origin.path, name: nameOf(object), kustomization: kustomization.id }];
      }),
    ),
  );
}
