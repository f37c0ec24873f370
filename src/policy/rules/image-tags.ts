import type { EffectiveObject } from '../../effective';
import { objectsOf } from '../../effective';
import { listed } from '../phrase';
import { containersOf, podSpecOf } from '../pod-spec';
import { at, defineRule, leaves, textAt, type Violation } from '../rule';

/** Source: a tag that moves is another image at the next start of a pod, and no commit shows it. */
export const imageTags = defineRule({
  name: 'image-tags',
  ids: ['F100'],
  claim: 'every image states which one it is',
  because: 'two pods of one workload may run different images, and no commit says since when',
  evidence: 'Kubernetes, "Images": avoid the :latest tag',
  severity: 'info',
  fix: 'state a tag that does not move, or a digest',
  local: true,

  *check(repository) {
    for (const on of objectsOf(repository)) {
      if (on.object.kind === 'HelmRelease') yield* inValues(on);
      else yield* inPods(on);
    }
  },
});

function* inPods(on: EffectiveObject): Iterable<Violation> {
  const pod = podSpecOf(on.object);
  if (!pod) return;
  const moving = containersOf(pod).flatMap(({ at: place, container }) => {
    const image = textAt(container, 'image');
    return image !== undefined && isMoving(image) ? [{ at: `${place}.image`, image }] : [];
  });
  const [first] = moving;
  if (!first) return;
  const images = listed([...new Set(moving.map(({ image }) => image))]);
  yield { on, at: first.at, found: `${images}: no tag, or one that moves`, fix: 'state a tag that does not move, or a digest' };
}

/** Values of charts: `tag: latest` beside an image, whatever the chart calls the rest. */
function* inValues(on: EffectiveObject): Iterable<Violation> {
  for (const [path, value] of leaves(at(on.object, 'spec', 'values'))) {
    if (value !== 'latest' || !/(^|\.)(tag|imageTag|image_tag)$/.test(path)) continue;
    yield { on, at: `spec.values.${path}`, found: 'tag latest', fix: 'state a tag that does not move, or a digest' };
  }
}

/** `nginx`, `nginx:latest`; a registry's port is no tag, and a digest says all. */
function isMoving(image: string): boolean {
  if (image.includes('@') || image.includes('${') || image === '') return false;
  const name = image.slice(image.lastIndexOf('/') + 1);
  return !name.includes(':') || name.endsWith(':latest');
}
