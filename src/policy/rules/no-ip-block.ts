import { at, defineRule, leaves, ofKind } from '../rule';

/** Source: specification, "Cilium + CiliumNetworkPolicy Patterns". */
export const noIpBlock = defineRule({
  name: 'no-ip-block',
  claim: 'no NetworkPolicy uses ipBlock',
  because: 'behind Cilium an address range never matches pods or nodes, so the API server is cut off',

  *check(manifests) {
    for (const manifest of ofKind(manifests, 'NetworkPolicy')) {
      for (const [path] of leaves(at(manifest.object, 'spec'))) {
        if (!path.endsWith('.ipBlock.cidr')) continue;
        yield {
          manifest,
          at: `spec.${path}`,
          found: 'a NetworkPolicy with ipBlock',
          fix: 'write a CiliumNetworkPolicy with toKubeApi(), toEntities() or toNamespace()',
        };
      }
    }
  },
});
