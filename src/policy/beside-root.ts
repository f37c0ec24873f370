import type { EffectiveCluster } from '../effective';

/**
 * What the root of a cluster waits for and does not apply: somebody applies it by hand, from a template or another repository, and with it
 * perhaps more. A root that `flux bootstrap` has made waits for nothing.
 *
 * @returns `what is applied beside kube-system/apps, which waits for kube-system/secrets`; undefined where the root stands alone
 */
export function besideRoot({ root }: EffectiveCluster): string | undefined {
  const absent = root.dependsOn.find(({ found }) => !found);
  return absent && `what is applied beside ${root.id}, which waits for ${absent.id}`;
}
